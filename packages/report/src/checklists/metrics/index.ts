import type { StudyResults } from '@sentinode/study';
import type { Printed } from '../../printed.ts';
import { type Checklist, type ChecklistItem, checked, human } from '../checklist.ts';
import { hospitals, separation, stepsOf } from '../evidence.ts';
import { type ScoredItem, scoreText, type Verdict } from './score.ts';

const open = (rest: string): Verdict => ({ answer: human(rest), met: null });
const met = (says: string, rest = ''): Verdict => ({ answer: checked(`met: ${says}`, rest), met: true });
const notMet = (says: string): Verdict => ({ answer: checked(`not met: ${says}`), met: false });
const outside = (says: string): Verdict => ({
  answer: { status: 'not applicable', says, rest: '' },
  met: null,
});
const yes = (says: string): Verdict => ({ answer: checked(`yes: ${says}`), met: null });
const no = (says: string): Verdict => ({ answer: checked(`no: ${says}`), met: null });

const kinds = ({ results }: Printed): Set<string> => new Set(Object.keys(results.selection));
const radiomic = (printed: Printed, verdict: () => Verdict): Verdict =>
  kinds(printed).has('radiomics') ? verdict() : outside('condition 3: no hand-crafted features');

type Row = readonly [
  id: string,
  section: string,
  asks: string,
  weight: number,
  verdict: ScoredItem['verdict'],
];

const rows: readonly Row[] = [
  [
    '1',
    'Study design',
    'a guideline or checklist was followed',
    368,
    () => open('Whether a guideline was followed; this page is an aid'),
  ],
  [
    '2',
    'Study design',
    'eligibility that gives a representative population',
    735,
    () => open('Judge the rules in the flowchart'),
  ],
  [
    '3',
    'Study design',
    'reference standard of high quality, defined',
    919,
    () => open('Define and judge the outcome'),
  ],
  [
    '4',
    'Imaging data',
    'more than one centre',
    438,
    (printed) =>
      hospitals(printed) > 1
        ? met(`${hospitals(printed)} hospitals (tables/centres.csv)`)
        : open('How many centres; name cohort.centre in the study file'),
  ],
  ['5', 'Imaging data', 'images as clinics make them', 292, () => open('Judge the protocol')],
  ['6', 'Imaging data', 'protocol with its parameters', 438, () => open('Write the parameters of the scans')],
  ['7', 'Imaging data', 'time between imaging and reference standard', 292, () => open('Write it')],
  [
    'Condition 1',
    'Segmentation',
    'regions are segmented',
    0,
    (printed) =>
      printed.results.acquisition === null
        ? open('Features came as tables; items 8 to 10 apply where they are of regions')
        : yes('masks were read'),
  ],
  [
    'Condition 2',
    'Segmentation',
    'segmentation is fully automatic',
    0,
    () => open('Whether it is; item 9 applies then only'),
  ],
  ['8', 'Segmentation', 'segmentation described', 337, () => open('Write who drew what and how')],
  [
    '9',
    'Segmentation',
    'automatic segmentation evaluated',
    225,
    () => open('Applies to fully automatic segmentation'),
  ],
  [
    '10',
    'Segmentation',
    'masks of the test set by one reader or tool',
    112,
    () => open('Whether one reader or tool would make them in practice'),
  ],
  [
    'Condition 3',
    'Image processing',
    'hand-crafted features are used',
    0,
    (printed) => (kinds(printed).has('radiomics') ? yes('radiomic columns') : no('no radiomic columns')),
  ],
  [
    '11',
    'Image processing',
    'pre-processing appropriate and described',
    622,
    (printed) => radiomic(printed, () => open('Judge it; text.md has the settings of a run from images')),
  ],
  [
    '12',
    'Image processing',
    'standardised software',
    311,
    (printed) => radiomic(printed, () => open('Name the software that measured the features')),
  ],
  [
    '13',
    'Image processing',
    'parameters of extraction reported',
    415,
    (printed) =>
      radiomic(printed, () =>
        printed.results.acquisition === null
          ? open('Features came as tables; report how they were measured')
          : met('all settings stand in metrics.json, acquisition.settings', 'Print them with the paper'),
      ),
  ],
  [
    'Condition 4',
    'Feature processing',
    'tabular features are used',
    0,
    (printed) => (kinds(printed).size > 0 ? yes('columns of a table enter the models') : no('no columns')),
  ],
  [
    'Condition 5',
    'Feature processing',
    'networks are trained end to end',
    0,
    () => no('networks are frozen extractors here'),
  ],
  [
    '14',
    'Feature processing',
    'features that are not robust are removed',
    200,
    (printed) => byStep(printed, ['icc'], 'no step removed features by agreement'),
  ],
  [
    '15',
    'Feature processing',
    'redundant features are removed',
    200,
    (printed) => byStep(printed, ['spearman', 'mrmr', 'pca'], 'no step removed redundant features'),
  ],
  [
    '16',
    'Feature processing',
    'number of features fits the size of the data',
    300,
    ({ results: { models } }) =>
      open(
        `Judge events per column: ${models.map(({ name, eventsPerVariable: { byColumns } }) => `${name} ${byColumns === null ? 'none' : byColumns.toFixed(1)}`).join(', ')}`,
      ),
  ],
  [
    '17',
    'Feature processing',
    'robustness of end-to-end networks',
    200,
    () => outside('condition 5: no network is trained'),
  ],
  [
    '18',
    'Preparation',
    'data divided before anything is fitted',
    599,
    (printed) => {
      const answer = separation(printed);
      return answer.status === 'checked'
        ? { answer: { ...answer, says: `met: ${answer.says}` }, met: true }
        : { answer, met: null };
    },
  ],
  ['19', 'Preparation', 'confounders are handled', 300, () => open('Write it')],
  [
    '20',
    'Comparison',
    'measures that fit the task',
    352,
    ({ results }) => everyModel(results, 'AUC, sensitivity, specificity, PPV, NPV of every model'),
  ],
  [
    '21',
    'Comparison',
    'uncertainty of the measures',
    234,
    ({ results }) => everyModel(results, 'intervals of every measure (tables/performance.csv)'),
  ],
  [
    '22',
    'Comparison',
    'calibration',
    176,
    ({ results: { models } }) => {
      const known = models.filter(({ validation }) => validation.calibration !== null).length;
      if (models.length === 0) return open('The study has no model');
      return known === models.length
        ? met(`slope and intercept of ${known} models in the validation cohort`)
        : notMet(`${known} of ${models.length} models could be calibrated`);
    },
  ],
  [
    '23',
    'Comparison',
    'one sequence alone, or proof that it is worse',
    117,
    ({ results }) => singleSequences(results),
  ],
  [
    '24',
    'Comparison',
    'beside a model without radiomics',
    293,
    ({ results: { models } }) =>
      models.some(({ name }) => name === 'clinical') && models.length > 1
        ? met('the clinical model beside the others (tables/delong.csv)')
        : notMet('no clinical model stands beside the others'),
  ],
  [
    '25',
    'Comparison',
    'beside classical models',
    176,
    ({ results: { classifiers } }) =>
      classifiers.some(({ classifier }) => classifier === 'logistic-regression')
        ? met('logistic regression is among the classifiers (tables/classifiers.csv)')
        : notMet('no logistic regression is among the classifiers'),
  ],
  [
    '26',
    'Testing',
    'internal testing',
    375,
    ({ results: { cohorts, settings } }) =>
      'kind' in settings.study.cohort.split
        ? met(`random split, ${cohorts.validation.n} patients were not trained on`)
        : open('Whether the validation patients are of the same source'),
  ],
  [
    '27',
    'Testing',
    'external testing',
    749,
    ({ results: { settings } }) =>
      'kind' in settings.study.cohort.split
        ? notMet(
            'the validation cohort is a random part of the same patients; sentinode validate tests elsewhere',
          )
        : open('Whether the validation patients come from elsewhere'),
  ],
  ['28', 'Open science', 'data can be had', 75, () => open('Whether and where')],
  ['29', 'Open science', 'code can be had', 75, () => open('Whether and where')],
  [
    '30',
    'Open science',
    'models can be had',
    75,
    () => open('models/<name>/ is ready to be shared; whether and where'),
  ],
];

function byStep(printed: Printed, wanted: readonly string[], otherwise: string): Verdict {
  const found = wanted.filter((step) => stepsOf(printed).has(step));
  return found.length > 0 ? met(`${found.join(', ')} (tables/selection.csv)`) : notMet(otherwise);
}

function everyModel({ models }: StudyResults, says: string): Verdict {
  return models.length === 0 ? open('The study has no model') : met(says);
}

/** Met where the study has one sequence, or where every model from a single one is worse at 5 %, uncorrected. */
function singleSequences({ settings, resampling }: StudyResults): Verdict {
  const sequences = (settings.study.images ?? settings.study.features)?.sequences ?? [];
  if (sequences.length === 1) return met('the study has one sequence');
  const single = (resampling?.ablations ?? []).filter(({ what }) =>
    sequences.some((sequence) => what === `${sequence} only`),
  );
  if (single.length === 0) return open('No model of a single sequence was made');
  const worse = single.filter(({ difference, p }) => difference < 0 && p < 0.05).length;
  return worse === single.length
    ? met(`${worse} of ${single.length} models of single sequences are worse at 5 % (tables/ablations.csv)`)
    : notMet(
        `${worse} of ${single.length} models of single sequences are worse at 5 % (tables/ablations.csv)`,
      );
}

export const scoredItems: readonly ScoredItem[] = rows.map(([id, section, asks, weight, verdict]) => ({
  id,
  section,
  asks,
  weight,
  verdict,
}));

/** METRICS: 30 items with weights, five conditions, and a score that only counts what this run shows. */
export const metrics: Checklist = {
  name: 'metrics',
  title: 'METRICS',
  source: 'METRICS (Kocak 2024), with its five conditions',
  items: scoredItems.map(
    ({ verdict, id, section, asks, weight }): ChecklistItem => ({
      id,
      section,
      asks: weight === 0 ? asks : `${asks} (weight ${(weight / 10_000).toFixed(4)})`,
      answer: (printed) => verdict(printed).answer,
    }),
  ),
  score: (printed) => scoreText(scoredItems, printed),
};
