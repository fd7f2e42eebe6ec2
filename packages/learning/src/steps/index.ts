import type { Step } from '../estimator.ts';
import { constant } from './constant/index.ts';
import { icc } from './icc/index.ts';
import { lasso } from './lasso/index.ts';
import { mannWhitneyFilter } from './mann-whitney/index.ts';
import { pca } from './pca/index.ts';
import { spearmanFilter } from './spearman/index.ts';
import { undefinedColumns } from './undefined/index.ts';
import { zScore } from './z-score/index.ts';

/** All transforms and selectors. */
export const steps: readonly Step[] = [
  undefinedColumns,
  icc,
  constant,
  spearmanFilter,
  mannWhitneyFilter,
  zScore,
  lasso,
  pca,
];
