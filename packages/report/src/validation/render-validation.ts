import type { CaseMix, CohortPerformance, ExternalValidation } from '@sentinode/study';
import { renderEvaluation } from '../evaluation/render-evaluation.ts';
import { style } from '../html/style.ts';
import type { RenderedFile } from '../render-all.ts';
import { escapeText } from '../text/escape.ts';
import { modelName } from '../text/model-names.ts';
import { countShare, decimal, estimate, NONE, pValue, significant } from '../text/numbers.ts';

interface Table {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Report of an external validation: one page that needs no network, its figures and its tables. */
export function renderValidation(result: ExternalValidation, signature: string): RenderedFile[] {
  const figures = renderEvaluation({
    notice: [result.notice, ...result.banners.map((banner) => `${banner}.`)].join(' '),
    n: result.evaluation.n,
    events: result.evaluation.events,
    outcome: result.model.outcome,
    positive: 1,
    excluded: result.patients.excluded.length,
    scores: { [result.model.name]: result.evaluation },
    delong: [],
    comparisons: [],
  });
  const tables = tablesOf(result);
  return [
    { path: 'validation.html', content: pageOf(result, figures, tables, signature) },
    ...figures.map(({ path, content }) => ({ path: `figures/${path}`, content })),
    ...tables.map((table) => ({ path: `tables/${table.name}.csv`, content: csvOf(table) })),
    { path: 'predictions.csv', content: predictionsOf(result) },
  ];
}

const captions: Readonly<Record<string, string>> = {
  'roc.svg': 'ROC curve with 95 % band (bootstrap).',
  'precision-recall.svg': 'Precision against recall; the dashed line is the share of events.',
  'calibration.svg':
    'Calibration: lowess curve, groups of tenths with Wilson 95 % interval. Slope and calibration in the large with 95 % confidence interval.',
  'decision-curve.svg': 'Net benefit with 95 % band; grey: all positive, black: none.',
};

function pageOf(
  { model, notice, banners, patients, evaluation, remarks }: ExternalValidation,
  figures: readonly RenderedFile[],
  tables: readonly Table[],
  signature: string,
): string {
  const warning = [notice, ...banners.map((banner) => `${banner}.`)].map(escapeText).join(' ');
  const card = (title: string, value: string, detail: string): string =>
    `<div class="card"><span>${escapeText(title)}</span><b>${escapeText(value)}</b><span>${escapeText(detail)}</span></div>`;
  const { calibration } = evaluation;
  const ci = (value: number, of: readonly [number, number]): string =>
    `95 % CI ${estimate(value, of).replace(/^.*\((.*)\)$/, '$1')}`;
  const of = (name: string): string => tableHtml(tables.find((table) => table.name === name)!);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>External validation of ${escapeText(model.name)}</title><style>${style}</style></head>
<body><div class="notice" role="note"><b>${warning}</b></div><div class="page" style="display:block;max-width:60rem"><main>
<header><h1>External validation: ${escapeText(modelName(model.name))}</h1><p class="lead">Locked model ${escapeText(model.name)} (${escapeText(model.classifier)}) of the study “${escapeText(model.study)}”, prediction of ${escapeText(model.outcome)}. Nothing was fitted again. ${escapeText(signature)}</p></header>
<section><h2>Summary</h2><div class="cards">${card('Patients evaluated', String(patients.evaluated), `${patients.given} given; ${countShare(patients.events, patients.evaluated)} with the outcome`)}${card('AUC', decimal(evaluation.auc), ci(evaluation.auc, evaluation.ci))}${calibration === null ? '' : card('Calibration slope', decimal(calibration.slope.value), ci(calibration.slope.value, calibration.slope.ci)) + card('Calibration in the large', decimal(calibration.inTheLarge.value), ci(calibration.inTheLarge.value, calibration.inTheLarge.ci))}</div>
<ul>${remarks.map((remark) => `<li>${escapeText(remark)}</li>`).join('')}${evaluation.remarks.map((remark) => `<li>${escapeText(remark)}</li>`).join('')}${evaluation.notComputed.map((remark) => `<li>Not computed: ${escapeText(remark)}</li>`).join('')}</ul></section>
<section><h2>Patients</h2>${of('patients')}${of('case-mix')}</section>
<section><h2>Performance</h2>${of('performance')}${of('differences')}</section>
<section><h2>Calibration</h2>${of('recalibration')}</section>
<section><h2>Figures</h2><div style="display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 1.2rem">${figures.map(({ path, content }) => `<figure>${content}<figcaption>${escapeText(captions[path] ?? '')} n = ${evaluation.n}, ${evaluation.events} events.</figcaption></figure>`).join('')}</div></section>
<footer><b>${warning}</b><br>Every number of this page stands with all its digits in <code>metrics.json</code>.</footer>
</main></div></body></html>
`;
}

function tablesOf(result: ExternalValidation): Table[] {
  const { patients, evaluation, development, recalibration, differences, model } = result;
  const { excluded } = patients;
  const reasons = new Map<string, number>();
  for (const { reason } of excluded) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    {
      name: 'patients',
      title: 'Patients',
      note: 'Refused: outside the domain of the model; such patients have no probability and are in no measure.',
      columns: ['', 'Patients', 'With the outcome'],
      rows: [
        ['Given', String(patients.given), ''],
        ...[...reasons].map(([reason, n]) => [`Excluded: ${reason}`, String(n), '']),
        ['Refused', String(patients.refused), String(patients.refusedEvents)],
        ['Evaluated', String(patients.evaluated), String(patients.events)],
        ['of them at the edge of the domain (warned)', String(patients.warned), ''],
      ],
    },
    {
      name: 'case-mix',
      title: 'Case mix: here, and in the training cohort of the model',
      note: 'Mean (standard deviation) or count (share). The spread of the linear predictor (log-odds) shows whether patients differ more or less among themselves than in training; refused patients are in the variables, not in the linear predictor.',
      columns: ['Variable', 'Here', 'Training'],
      rows: [
        [
          'Patients',
          String(result.evaluation.n),
          development === null ? NONE : String(development.training.n),
        ],
        [
          'With the outcome',
          countShare(evaluation.events, evaluation.n),
          development === null ? NONE : countShare(development.training.events, development.training.n),
        ],
        ...caseMixRows(result.caseMix, development?.caseMix),
        [
          'Linear predictor',
          spread(result.linearPredictor),
          development === null ? NONE : spread(development.training.linearPredictor),
        ],
      ],
    },
    {
      name: 'performance',
      title: 'Performance here and where the model was made',
      note: `At the locked cut-off ${significant(model.threshold)} (${model.thresholdRule}). AUC: DeLong; proportions: Wilson; F1: stratified bootstrap; calibration: Wald. 95 % confidence intervals.`,
      columns: ['Measure', 'Here', 'Training', 'Validation of the study'],
      rows: performanceRows(result),
    },
    {
      name: 'differences',
      title: 'Difference of the AUC to development',
      note: 'Here minus there; normal approximation with the DeLong variances of independent cohorts. The patients of the study are not in the bundle, only its measures.',
      columns: ['Against', 'Difference (95 % CI)', 'p'],
      rows:
        differences.length === 0
          ? [['not computed: the bundle does not say how the model did', '', '']]
          : differences.map(({ against, difference, ci, p }) => [
              `${against} cohort`,
              ci === null ? decimal(difference) : estimate(difference, ci),
              pValue(p),
            ]),
    },
    {
      name: 'recalibration',
      title: 'What recalibration would give',
      note: 'logit(new) = intercept + slope × logit(old), fitted on these patients and judged on them, so these figures flatter; the locked model is unchanged. Likelihood-ratio test against the probabilities as they are.',
      columns: ['Recalibration', 'Intercept', 'Slope', 'Brier score', 'Log loss', 'p'],
      rows:
        recalibration === null
          ? [['not computed: calibration has no fit, or a probability is 0 or 1', '', '', '', '', '']]
          : recalibration.map((one) => [
              one.kind,
              decimal(one.intercept),
              decimal(one.slope),
              decimal(one.brier, 4),
              decimal(one.logLoss, 4),
              one.test === null ? NONE : pValue(one.test.p),
            ]),
    },
  ];
}

const spread = ({ mean, sd }: { mean: number; sd: number }): string =>
  `${significant(mean)} (${significant(sd)})`;

function caseMixRows(here: readonly CaseMix[], there: readonly CaseMix[] | undefined): string[][] {
  return here.flatMap((own): string[][] => {
    const other = there?.find(({ variable }) => variable === own.variable);
    if (own.kind === 'continuous')
      return [[own.variable, spread(own), other?.kind === 'continuous' ? spread(other) : NONE]];
    return own.levels.map(({ level, n }) => {
      const count = other?.kind === 'factor' ? other.levels.find((one) => one.level === level)?.n : undefined;
      return [
        `${own.variable} = ${level}`,
        countShare(n, own.n),
        count === undefined || other === undefined ? NONE : countShare(count, other.n),
      ];
    });
  });
}

function performanceRows({ evaluation, development }: ExternalValidation): string[][] {
  type Of = (one: {
    auc: CohortPerformance['auc'];
    confusion: Pick<
      CohortPerformance['confusion'],
      'accuracy' | 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'f1'
    >;
    calibration: Pick<
      NonNullable<CohortPerformance['calibration']>,
      'slope' | 'intercept' | 'inTheLarge' | 'brier'
    > | null;
  }) => string;
  const here = {
    auc: { auc: evaluation.auc, ci: evaluation.ci } as CohortPerformance['auc'],
    confusion: evaluation,
    calibration: evaluation.calibration,
  };
  const rows: readonly (readonly [string, Of])[] = [
    ['AUC', ({ auc }) => estimate(auc.auc, auc.ci)],
    ...(['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1'] as const).map(
      (name): readonly [string, Of] => [
        names[name],
        ({ confusion }) => estimate(confusion[name].value, confusion[name].ci),
      ],
    ),
    ...(['slope', 'intercept', 'inTheLarge'] as const).map((name): readonly [string, Of] => [
      names[name],
      ({ calibration }) =>
        calibration === null ? NONE : estimate(calibration[name].value, calibration[name].ci),
    ]),
    ['Brier score', ({ calibration }) => (calibration === null ? NONE : decimal(calibration.brier, 4))],
  ];
  return rows.map(([name, of]) => [
    name,
    of(here),
    development === null ? NONE : of(development.training),
    development === null ? NONE : of(development.validation),
  ]);
}

const names = {
  accuracy: 'Accuracy',
  sensitivity: 'Sensitivity',
  specificity: 'Specificity',
  ppv: 'PPV',
  npv: 'NPV',
  f1: 'F1',
  slope: 'Calibration slope',
  intercept: 'Calibration intercept',
  inTheLarge: 'Calibration in the large',
} as const;

function tableHtml({ title, note, columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escapeText(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeText(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="wide"><table><caption>${escapeText(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div><p class="note">${escapeText(note)}</p>`;
}

const quoted = (cell: string): string => {
  const safe = /^[=+@\t\r-]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

function csvOf({ columns, rows, note }: Table): string {
  return [line(columns), ...rows.map(line), line([note])].join('');
}

function predictionsOf({ predictions, notice }: ExternalValidation): string {
  return [
    line(['patient', 'probability', 'class', 'outcome', 'domain', 'reasons', 'notice']),
    ...predictions.map((one) =>
      line([
        one.id,
        one.probability === null ? '' : String(one.probability),
        one.class === null ? '' : String(one.class),
        String(one.actual),
        one.domain,
        one.reasons.join('; '),
        notice,
      ]),
    ),
  ].join('');
}
