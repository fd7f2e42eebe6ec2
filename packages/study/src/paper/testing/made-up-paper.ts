import { exp, log, type Random } from '@sentinode/core';
import { chiSquare, fisherExact, normalQuantile, normalTwoSided, tTwoSided } from '@sentinode/statistics';

/** Cells of the files of a paper, changed in place by planted errors. */
export interface MadeUpPaper {
  readonly table1: string[][];
  readonly table2: string[][];
  readonly table2Counts: string[][];
  readonly table3: string[][];
  readonly printed: string[][];
}

const Z = normalQuantile(0.975);
const models = ['clinical', 'radiomics', 'combined'];
const names = ['grade', 'smoking', 'site', 'stage', 'receptor'];

const fixed = (value: number, digits: number): string => value.toFixed(digits);
const printedP = (p: number): string => (p < 0.001 ? '<0.001' : fixed(p, 3));

/** A paper of invented patients whose figures belong together, as a careful author would print them. */
export function madeUpPaper(random: Random): MadeUpPaper {
  const n = 150 + random.integer(400);
  const events = Math.round(n * (0.25 + 0.5 * random.uniform()));
  const trainingN = Math.round(n * (0.6 + 0.2 * random.uniform()));
  const trainingEvents = Math.round((trainingN * events) / n);
  const cohorts = {
    training: { n: trainingN, events: trainingEvents },
    validation: { n: n - trainingN, events: events - trainingEvents },
  };
  const predictors = 3 + random.integer(4);
  const table3 = modelTable(cohorts, random);
  return {
    table1: baselineTable(n, events, random),
    ...regressionTables(cohorts.training, random),
    table3,
    printed: prose({ n, events }, cohorts, predictors, table3),
  };
}

interface Size {
  readonly n: number;
  readonly events: number;
}

/** Divides so many among levels, at least four in each. */
function divided(total: number, levels: number, random: Random): number[] {
  const weights = Array.from({ length: levels }, () => 0.3 + random.uniform());
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.max(4, Math.floor((weight / sum) * total)));
  counts[0]! += total - counts.reduce((a, b) => a + b, 0);
  return counts;
}

function baselineTable(n: number, events: number, random: Random): string[][] {
  const rows = [
    ['variable', 'level', 'without', 'with', 'printed_p'],
    ['n', '', String(n - events), String(events), ''],
  ];
  const [a, b] = [50 + 6 * random.normal(), 50 + 6 * random.normal()];
  const [s, t] = [8 + 3 * random.uniform(), 8 + 3 * random.uniform()];
  const own = (s * s) / (n - events) + (t * t) / events;
  const df = n - 2;
  rows.push(['age_mean', '', fixed(a, 2), fixed(b, 2), printedP(tTwoSided((a - b) / Math.sqrt(own), df))]);
  rows.push(['age_sd', '', fixed(s, 2), fixed(t, 2), '']);
  for (const name of names) {
    const levels = 2 + random.integer(3);
    const without = divided(n - events, levels, random);
    const withEvent = divided(events, levels, random);
    const counts = without.map((count, at) => [count, withEvent[at]!]);
    const exact = levels === 2 && random.uniform() < 0.5 ? fisherExact(counts) : undefined;
    const p = typeof exact === 'number' ? exact : chiSquare(counts)!.p;
    counts.forEach(([x, y], at) => {
      rows.push([name, `level ${at + 1}`, String(x), String(y), at === 0 ? printedP(p) : '']);
    });
  }
  return rows;
}

function regressionTables({ n, events }: Size, random: Random): Pick<MadeUpPaper, 'table2' | 'table2Counts'> {
  const table2 = [['analysis', 'variable', 'level', 'odds_ratio', 'ci_low', 'ci_high', 'p']];
  const table2Counts = [['variable', 'level', 'with', 'without']];
  const row = (analysis: string, variable: string, level: string, ratio: number, se: number): void => {
    const limit = (z: number): string => fixed(ratio * exp(z * se), 3);
    table2.push([
      analysis,
      variable,
      level,
      fixed(ratio, 3),
      limit(-Z),
      limit(Z),
      printedP(normalTwoSided(Math.abs(log(ratio)) / se)),
    ]);
  };
  for (const variable of names) {
    const levels = 2 + random.integer(2);
    const a = divided(events, levels, random);
    const b = divided(n - events, levels, random);
    a.forEach((count, at) => {
      const level = `level ${at + 1}`;
      table2Counts.push([variable, level, String(count), String(b[at])]);
      if (at === 0) return;
      const ratio = (count * b[0]!) / (b[at]! * a[0]!);
      row('univariable', variable, level, ratio, Math.sqrt(1 / count + 1 / b[at]! + 1 / a[0]! + 1 / b[0]!));
    });
  }
  for (const variable of names.slice(0, 3))
    row('multivariable', variable, 'level 2', exp(random.normal()), 0.2 + 0.3 * random.uniform());
  return { table2, table2Counts };
}

function modelTable(cohorts: Readonly<Record<string, Size>>, random: Random): string[][] {
  const rows = [
    [
      'model',
      'cohort',
      'auc',
      'auc_low',
      'auc_high',
      'accuracy',
      'sensitivity',
      'specificity',
      'ppv',
      'npv',
      'f1',
      'delong_p_vs_combined',
    ],
  ];
  const aucs = models.map((_, at) => 0.65 + 0.08 * at + 0.03 * random.uniform());
  models.forEach((model, at) => {
    for (const [cohort, { n, events }] of Object.entries(cohorts)) {
      const auc = aucs[at]! - (cohort === 'training' ? 0 : 0.02);
      const se = 0.02 + 0.02 * random.uniform();
      const tp = Math.round(events * (0.6 + 0.35 * random.uniform()));
      const tn = Math.round((n - events) * (0.6 + 0.35 * random.uniform()));
      const [fn, fp] = [events - tp, n - events - tn];
      const percent = (part: number, whole: number): string => fixed((100 * part) / whole, 1);
      const compared = cohort === 'validation' && model !== 'combined';
      const p = normalTwoSided((aucs[2]! - aucs[at]!) / 0.03);
      rows.push([
        model,
        cohort,
        fixed(auc, 3),
        fixed(auc - Z * se, 3),
        fixed(auc + Z * se, 3),
        percent(tp + tn, n),
        percent(tp, events),
        percent(tn, n - events),
        percent(tp, tp + fp),
        percent(tn, tn + fn),
        fixed((2 * tp) / (2 * tp + fp + fn), 3),
        compared ? fixed(Math.min(p, 0.04), 4) : '',
      ]);
    }
  });
  return rows;
}

function prose(
  whole: Size,
  cohorts: Readonly<Record<'training' | 'validation', Size>>,
  predictors: number,
  table3: string[][],
): string[][] {
  const rows = [['id', 'section', 'kind', 'subject', 'value', 'detail']];
  const add = (section: string, kind: string, subject: string, value: string, detail = ''): void =>
    void rows.push([`p${rows.length}`, section, kind, subject, value, detail]);
  for (const [name, { n, events }] of Object.entries({ all: whole, ...cohorts })) {
    add('abstract', 'n', name, String(n));
    add('results', 'n_events', name, String(events), 'with the outcome');
    add('results', 'percent_events', name, fixed((100 * events) / n, 1));
  }
  add('methods', 'split', '', 'stratified', 'seed 1');
  const fewer = Math.min(cohorts.training.events, cohorts.training.n - cohorts.training.events);
  add(
    'results',
    'epv',
    'combined',
    fixed(fewer / predictors, 1),
    `${fewer} events over ${predictors} predictors`,
  );
  add('methods', 'features_per_roi', '', '107');
  add('methods', 'features_per_patient', '', String(107 * 6), '2 sequences x (pre; post; delta)');
  add('methods', 'deep_length', '', String(512 * 2), 'pre + post of 512');
  const cell = (model: string, cohort: string, column: number): string =>
    table3.find((row) => row[0] === model && row[1] === cohort)![column]!;
  add('abstract', 'auc', 'combined validation', cell('combined', 'validation', 2));
  add('abstract', 'comparison', 'combined vs clinical', `p=${cell('clinical', 'validation', 11)}`);
  const difference = Number(cell('combined', 'training', 2)) - Number(cell('combined', 'validation', 2));
  add('results', 'auc_difference', 'combined training - validation', fixed(difference, 3), 'p 0.5');
  add('results', 'calibration_slope', 'combined validation', '0.97', 'described as good agreement');
  return rows;
}

/** Comma separated, cells with commas quoted. */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return new TextEncoder().encode(`${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`);
}
