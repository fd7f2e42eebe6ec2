import type { Profile } from './profile.ts';

/** The protocol of the paper, each known weakness flagged where it acts. */
export const published: Profile = {
  name: 'published',
  stratify: false,
  selection: ['icc', 'spearman', 'mann-whitney', 'z-score', 'lasso'],
  tune: false,
  choose: 'validation-auc',
  threshold: 'apparent',
  resample: false,
  correction: null,
  weaknesses: (study) => {
    const { split } = study.cohort;
    return [
      ...('kind' in split && split.stratify !== 'outcome'
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
      ...(study.classifiers.length > 1
        ? [
            {
              where: 'classifier choice',
              message: `The best of ${study.classifiers.length} classifiers is chosen by its AUC on the validation cohort, which makes that AUC optimistic.`,
            },
          ]
        : []),
      {
        where: 'threshold',
        message: 'The cut-off is chosen on the same training probabilities that it is then judged on.',
      },
      { where: 'delong', message: 'DeLong p values are not corrected for the number of comparisons.' },
    ];
  },
};
