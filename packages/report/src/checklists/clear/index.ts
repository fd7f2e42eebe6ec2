import type { Printed } from '../../printed.ts';
import { type Answer, type Checklist, type ChecklistItem, checked, filled, human } from '../checklist.ts';
import { leftForMissing, separation, sizesOf, stepsOf } from '../evidence.ts';

type Row = readonly [section: string, asks: string, answer: (printed: Printed) => Answer];

/** Settings of extraction are known where the run measured images. */
const measured =
  (rest: string) =>
  (printed: Printed): Answer =>
    printed.results.acquisition === null
      ? human(`${rest}; features came as tables, which do not say how they were measured`)
      : filled(printed, ['text: Methods'], rest);

const rows: readonly Row[] = [
  ['Title', 'title that names the radiomic method', () => human('Write it')],
  ['Abstract', 'structured summary', () => human('Write it')],
  ['Keywords', 'keywords of radiomics', () => human('Write it')],
  ['Introduction', 'background', () => human('Write it')],
  ['Introduction', 'why radiomics', () => human('Write it')],
  ['Introduction', 'objective', () => human('Write it')],
  ['Study design', 'guidelines followed', () => human('These checklists are aids, not adherence')],
  ['Study design', 'ethics', () => human('Write it')],
  ['Study design', 'sample size', (printed) => filled(printed, ['sample-size'], 'Whether it was planned')],
  ['Study design', 'prospective or retrospective', () => human('Write it')],
  ['Study design', 'eligibility', (printed) => filled(printed, ['flowchart', 'flow'], 'Why these rules')],
  ['Study design', 'picture of the technical pipeline', () => human('Draw it; text.md names the steps')],
  ['Data', 'source of the data', () => human('Write it')],
  ['Data', 'overlap with earlier studies', () => human('Write it')],
  ['Data', 'how the data were split', (printed) => separation(printed)],
  [
    'Data',
    'imaging protocol',
    (printed) =>
      printed.results.acquisition === null
        ? human('Write it')
        : filled(printed, ['acquisition'], 'Scanners, coils, sequence parameters'),
  ],
  [
    'Data',
    'clinical predictors and their definitions',
    (printed) => filled(printed, ['baseline'], 'Definitions'),
  ],
  [
    'Data',
    'reference standard',
    ({ results: { study } }) => human(`Define ${study.outcome} = ${study.positive}`),
  ],
  ['Segmentation', 'how regions were drawn', () => human('Write it')],
  ['Segmentation', 'who drew them', () => human('Readers and their training')],
  ['Pre-processing', 'steps on images', measured('Steps before the run')],
  ['Pre-processing', 'resampling', measured('Why this grid')],
  ['Pre-processing', 'discretisation', measured('Why this width')],
  ['Pre-processing', 'image types and filters', measured('Why these')],
  ['Extraction', 'software and method', measured('Why this one')],
  ['Extraction', 'feature classes', measured('Why these')],
  ['Extraction', 'number of features', (printed) => filled(printed, ['selection'])],
  ['Extraction', 'that everything else is default', measured('Nothing')],
  [
    'Preparation',
    'missing values',
    (printed) =>
      checked(
        `${leftForMissing(printed)} patients left for something missing or undefined (ledger.csv)`,
        'Why this way',
      ),
  ],
  [
    'Preparation',
    'class imbalance',
    (printed) => checked(`share of events: ${sizesOf(printed)}`, 'Whether a method for imbalance was wanted'),
  ],
  [
    'Preparation',
    'reliability of the segmentation',
    (printed) => filled(printed, ['agreement'], 'Who read again, and how'),
  ],
  [
    'Preparation',
    'scaling of features',
    (printed) =>
      stepsOf(printed).has('z-score')
        ? checked('z-score with mean and standard deviation of the training cohort (selection.json)')
        : human('This run scaled no feature'),
  ],
  ['Preparation', 'reduction of dimensions', (printed) => filled(printed, ['selection', 'kept-columns'])],
  ['Modelling', 'algorithms', (printed) => filled(printed, ['classifiers'], 'Why these')],
  [
    'Modelling',
    'training and tuning',
    (printed) => filled(printed, ['text: Methods', 'nested-cross-validation']),
  ],
  ['Modelling', 'confounders', () => human('Write it')],
  [
    'Modelling',
    'how the final model was chosen',
    ({ results: { choices } }) => checked([...new Set(choices.map(({ rule }) => rule))].join('; ')),
  ],
  [
    'Evaluation',
    'internal or external testing',
    ({ results: { cohorts } }) =>
      human(
        `Say where the ${cohorts.validation.n} validation patients come from; sentinode validate tests elsewhere`,
      ),
  ],
  [
    'Evaluation',
    'measures, and why these',
    (printed) => filled(printed, ['performance', 'calibration'], 'Why these'),
  ],
  ['Evaluation', 'uncertainty', (printed) => filled(printed, ['performance', 'roc-band', 'decision-band'])],
  [
    'Evaluation',
    'comparison of performance',
    (printed) => filled(printed, ['delong', 'bootstrap-differences']),
  ],
  ['Evaluation', 'beside models without radiomics', (printed) => filled(printed, ['delong', 'ablations'])],
  [
    'Evaluation',
    'what drives the model',
    (printed) => filled(printed, ['coefficients', 'nomogram'], 'What it means'),
  ],
  ['Results', 'baseline characteristics', (printed) => filled(printed, ['baseline', 'baseline-cohorts'])],
  ['Results', 'flow of patients', (printed) => filled(printed, ['flowchart', 'flow'])],
  [
    'Results',
    'statistics of features',
    (printed) => filled(printed, ['agreement', 'kept-columns', 'stability']),
  ],
  [
    'Results',
    'performance of the models',
    (printed) => filled(printed, ['performance', 'roc', 'calibration']),
  ],
  ['Results', 'beside clinical and combined models', (printed) => filled(printed, ['performance', 'delong'])],
  ['Discussion', 'main findings', () => human('Write it')],
  ['Discussion', 'earlier work', () => human('Write it')],
  ['Discussion', 'what it means for practice', () => human('Write it')],
  [
    'Discussion',
    'strengths and limits',
    () => human('Write it; section Known weaknesses lists those of the profile'),
  ],
  ['Open science', 'images and masks', () => human('Whether and where they are shared')],
  [
    'Open science',
    'feature tables',
    () => human('features/*.parquet is ready to be shared; whether and where'),
  ],
  [
    'Open science',
    'settings and scripts of pre-processing',
    () => human('provenance.json holds the settings; whether and where'),
  ],
  ['Open science', 'code of the modelling', () => human('Whether and where')],
  ['Open science', 'final models', () => human('models/<name>/ is ready to be shared; whether and where')],
  [
    'Open science',
    'a system that is ready to use',
    () => human('calculator.html is ready to be shared; whether and where'),
  ],
];

/** CLEAR: 58 items. */
export const clear: Checklist = {
  name: 'clear',
  title: 'Checklist CLEAR',
  source: 'CLEAR (Kocak 2023)',
  items: rows.map(
    ([section, asks, answer], index): ChecklistItem => ({ id: String(index + 1), section, asks, answer }),
  ),
};
