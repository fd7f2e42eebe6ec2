import type { Profile } from './profile.ts';

/** Every fitted step inside each resampling; the validation cohort is read when everything is fixed. */
export const defensible: Profile = {
  name: 'defensible',
  stratify: true,
  selection: ['icc', 'spearman', 'mann-whitney', 'z-score', 'logistic-lasso'],
  tune: true,
  choose: 'inner-cv',
  threshold: 'out-of-fold',
  resample: true,
  correction: 'holm',
  weaknesses: () => [],
};
