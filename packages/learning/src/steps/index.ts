import type { Step } from '../estimator.ts';
import { constant } from './constant/index.ts';
import { icc } from './icc/index.ts';
import { l1Logistic } from './l1-logistic/index.ts';
import { lasso } from './lasso/index.ts';
import { logisticLasso } from './logistic-lasso/index.ts';
import { mannWhitneyFilter } from './mann-whitney/index.ts';
import { mrmr } from './mrmr/index.ts';
import { pca } from './pca/index.ts';
import { spearmanFilter } from './spearman/index.ts';
import { stabilitySelection } from './stability-selection/index.ts';
import { undefinedColumns } from './undefined/index.ts';
import { univariate } from './univariate/index.ts';
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
  logisticLasso,
  l1Logistic,
  univariate,
  mrmr,
  stabilitySelection,
  pca,
];
