import type { NotComputed, StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';

/** Known weak points of the profile `published`, each where it acts in this study. */
export function publishedWeaknesses(study: Study): StudyResults['weaknesses'] {
  const { split } = study.cohort;
  return [
    ...('kind' in split && split.stratify === undefined
      ? [
          {
            where: 'split',
            message:
              'The random split is not stratified by outcome, so the event rates of the two cohorts differ by chance.',
          },
        ]
      : []),
    {
      where: 'selection',
      message:
        'Features are selected once on all training patients; the training AUC is measured on the same patients and is optimistic.',
    },
    {
      where: 'lasso',
      message:
        'LASSO uses squared loss on a 0/1 outcome with unshuffled folds, so the selection depends on the order of the rows.',
    },
    {
      where: 'threshold',
      message: 'The cut-off is chosen on the same training probabilities that it is then judged on.',
    },
    { where: 'delong', message: 'DeLong p values are not corrected for the number of comparisons.' },
  ];
}

/** What the report of this version lacks. Shown in the report, never left out silently. */
export const notYetComputed: readonly NotComputed[] = [
  { item: 'Nested cross-validation', reason: 'not computed yet: comes with the profile defensible' },
  { item: 'Optimism by bootstrap of the whole pipeline', reason: 'not computed yet' },
  { item: 'Bootstrap test of training minus validation AUC', reason: 'not computed yet' },
  { item: 'Seven further classifiers', reason: 'not computed yet: this version has logistic regression' },
  {
    item: 'Behavioural leakage audit',
    reason: 'not computed yet: audit.json compares the recorded row ids with the split',
  },
  { item: 'Ablations (single visits and sequences)', reason: 'not computed yet' },
  { item: 'Adjacent-slice sensitivity', reason: 'not computed yet' },
  { item: 'Checklists TRIPOD+AI, CLEAR, METRICS', reason: 'not computed yet' },
  { item: 'tables.docx and signature of the bundle', reason: 'not computed yet' },
  { item: 'Nomogram', reason: 'not computed yet' },
  { item: 'Gap to the other profile', reason: 'not computed yet: the profile defensible is not built' },
];
