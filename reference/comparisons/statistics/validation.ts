import { readFileSync } from 'node:fs';
import {
  auc,
  fitTerms,
  logisticProcedure,
  nomogram,
  optimismBootstrap,
  type RegressionTerm,
} from '@sentinode/statistics';
import { readCsv, readJson, reference } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';
import { binary, column } from '../rows.ts';
import { simulatedModels, termsOf } from './simulated-models.ts';

const rms = 'rms 6.5-0 (R 4.2.2)';
const levels: Record<string, string[]> = {
  ct: ['T1', 'T2', 'T3', 'T4'],
  cn: ['N1', 'N2', 'N3'],
  subtype: ['luminal', 'HR+HER2+', 'HER2', 'TN'],
};
function clinical(names: readonly string[]): { terms: RegressionTerm[]; outcomes: (0 | 1)[] } {
  const rows = readCsv(reference('learning', 'clinical.csv'));
  return {
    outcomes: binary(column(rows, 'y')),
    terms: names.map((name): RegressionTerm => {
      const of = levels[name];
      return of === undefined
        ? { name, kind: 'continuous', values: column(rows, name) }
        : { name, kind: 'factor', levels: of, reference: of[0]!, values: rows.map((row) => row[name]!) };
    }),
  };
}

/** Row indices of each resample; the file has no header. */
const bootstrapRows = (): Uint32Array[] =>
  readFileSync(reference('learning', 'rms', 'bootstrap_rows.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Uint32Array.from(line.split(','), Number));

interface TableRow {
  readonly index: string;
  readonly original: number;
  readonly training: number;
  readonly test: number;
  readonly optimism: number;
  readonly corrected: number;
}

function* table(
  name: string,
  terms: readonly RegressionTerm[],
  outcomes: (0 | 1)[],
  rows: Iterable<Uint32Array>,
  wanted: readonly TableRow[],
): Generator<Pair> {
  const ours = optimismBootstrap(
    logisticProcedure(terms, outcomes, { stopping: 'rms' }),
    outcomes,
    rows,
    'coefficients',
    'rms',
  );
  for (const answer of wanted) {
    const row = ours?.rows.find((one) => one.index === answer.index);
    yield [`${name} ${answer.index} corrected`, row?.corrected, answer.corrected];
    // of Emax rms has one number only
    if (answer.index === 'Emax') continue;
    yield [`${name} ${answer.index} apparent`, row?.apparent, answer.original];
    yield [`${name} ${answer.index} training`, row?.training, answer.training];
    yield [`${name} ${answer.index} test`, row?.test, answer.test];
    yield [`${name} ${answer.index} optimism`, row?.optimism, answer.optimism];
  }
}

export const validation: readonly Comparison[] = [
  {
    statistic: 'Bootstrap optimism of 11 indices on given resamples, fits stopped as in rms',
    reference: `${rms} validate`,
    data: 'clinical table, 200 resamples; two simulated cohorts, 40 each',
    allowed: 1e-6,
    absolute: true,
    because: 'apparent intercept and slope are 0 and 1 up to the fit',
    *pairs() {
      const { terms, outcomes } = clinical(['age', 'her2', 'hr', 'ki67', 'ct', 'cn', 'score']);
      const wanted = readCsv(reference('learning', 'rms', 'validate.csv')).map((row) => ({
        index: row.index!,
        original: Number(row['index.orig']),
        training: Number(row.training),
        test: Number(row.test),
        optimism: Number(row.optimism),
        corrected: Number(row['index.corrected']),
      }));
      yield* table('clinical', terms, outcomes, bootstrapRows(), wanted);
      for (const [k, { data, validate }] of simulatedModels().models.entries()) {
        const own = termsOf(data, ['age', 'grade', 'er', 'ki67']);
        yield* table(
          `cohort ${k + 1}`,
          own,
          data.y,
          validate.rows.map((row) => Uint32Array.from(row)),
          validate.table,
        );
      }
    },
  },
  {
    statistic: 'AUC with backward elimination repeated in every resample',
    reference: 'R 4.2.2 step',
    data: 'clinical table, 30 resamples',
    allowed: 1e-6,
    because: 'AUC of the same fits; ties of fitted values may break differently',
    *pairs() {
      const names = ['age', 'menopause', 'subtype', 'ki67', 'ct', 'cn', 'score'];
      const { terms, outcomes } = clinical(names);
      const procedure = logisticProcedure(terms, outcomes, { backward: true });
      const rows = bootstrapRows();
      const all = Uint32Array.from(outcomes, (_, i) => i);
      const aucOf = (model: Parameters<typeof procedure.predict>[0], used: Uint32Array): number =>
        auc(
          procedure.predict(model, used),
          Array.from(used, (row) => outcomes[row]!),
        ).auc;
      for (const [k, wanted] of readCsv(reference('learning', 'rms', 'backward_in_loop.csv'))
        .slice(0, 30)
        .entries()) {
        const model = procedure.fit(rows[k]!);
        if (model === undefined) continue;
        yield [`resample ${k} training`, aucOf(model, rows[k]!), wanted.auc_train];
        yield [`resample ${k} test`, aucOf(model, all), wanted.auc_test];
      }
    },
  },
  {
    statistic:
      'Nomogram: points of every tick, scale, origin, axis of total points, linear predictor and risk',
    reference: `${rms} nomogram`,
    data: 'clinical table',
    allowed: 1e-5,
    because: 'rms finds the points of a risk by inverting a function on a grid; all else is within 1e-8',
    *pairs() {
      const names = ['age', 'her2', 'hr', 'ki67', 'ct', 'cn', 'score'];
      const { terms, outcomes } = clinical(names);
      const range = (name: string) => {
        const values = column(readCsv(reference('learning', 'clinical.csv')), name);
        return { range: [Math.min(...values), Math.max(...values)] as const };
      };
      const ours = nomogram(fitTerms(terms, outcomes), {
        age: range('age'),
        ki67: range('ki67'),
        score: range('score'),
        her2: { values: [0, 1] },
        hr: { values: [0, 1] },
      })!;
      const wanted = readCsv(reference('learning', 'rms', 'nomogram_points.csv'));
      const ticks = ours.axes.flatMap((axis) =>
        axis.ticks.map((tick) => ({ ...tick, variable: axis.variable })),
      );
      yield ['ticks', ticks.length, wanted.length];
      for (const [k, row] of wanted.entries()) {
        yield [`${row.predictor} ${row.value}`, ticks[k]!.points, row.points];
        if (typeof ticks[k]!.value === 'number')
          yield [`${row.predictor} tick`, ticks[k]!.value as number, row.value];
      }
      const { info } = readJson<{ info: { sc: number; Intercept: number } }>(
        reference('learning', 'rms', 'nomogram_info.json'),
      );
      yield ['scale', ours.scale, info.sc];
      yield ['origin', ours.intercept, info.Intercept];
      const total = readCsv(reference('learning', 'rms', 'nomogram_total_axis.csv'));
      for (const [k, row] of total.entries())
        yield ['total points', ours.totalPoints[k], row.total_points_axis];
      for (const row of readCsv(reference('learning', 'rms', 'nomogram_lp.csv')))
        yield [`points at ${row.lp}`, (Number(row.lp) - ours.intercept) * ours.scale, row.total_points_at_lp];
      for (const row of readCsv(reference('learning', 'rms', 'nomogram_risk.csv'))) {
        const found = ours.risks.find((one) => Math.abs(one.risk - Number(row.risk)) < 1e-9);
        yield [`points at risk ${row.risk}`, found?.points, row.total_points_at_risk];
      }
    },
  },
  {
    statistic: 'Nomogram: points of every tick, scale, origin, axis of total points',
    reference: `${rms} nomogram`,
    data: 'two simulated cohorts',
    ...closedForm,
    allowed: 1e-8,
    *pairs() {
      for (const [k, { data, nomogram: wanted }] of simulatedModels().models.entries()) {
        const fit = fitTerms(termsOf(data, ['age', 'grade', 'er', 'ki67']), data.y);
        const range = (values: number[]) => ({ range: [Math.min(...values), Math.max(...values)] as const });
        const ours = nomogram(fit, { age: range(data.age), ki67: range(data.ki67), er: { values: [0, 1] } })!;
        yield [`cohort ${k + 1} scale`, ours.scale, wanted.scale];
        yield [`cohort ${k + 1} origin`, ours.intercept, wanted.intercept];
        for (const [t, value] of wanted.total.entries()) yield ['total points', ours.totalPoints[t], value];
        for (const [name, axis] of Object.entries(wanted.axes)) {
          const own = ours.axes.find((one) => one.variable === name)!;
          yield [`${name} ticks`, own.ticks.length, axis.points.length];
          for (const [t, points] of axis.points.entries())
            yield [`${name} ${axis.value[t]}`, own.ticks[t]!.points, points];
        }
      }
    },
  },
];
