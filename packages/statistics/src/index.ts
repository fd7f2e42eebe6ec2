export {
  type IccForm,
  type IccResult,
  icc,
  iccTwoWayRandomSingle,
  type MeanSquares,
  meanSquares,
} from './agreement/icc.ts';
export { type BaselineVariable, baselineTable, type ForcedTest } from './baseline/baseline-table.ts';
export { brier, calibration, calibrationGroups, hosmerLemeshow } from './calibration/calibration.ts';
export { lowess } from './calibration/lowess.ts';
export { countEvents, type Outcomes } from './checks.ts';
export { decisionCurve } from './decision-curve/decision-curve.ts';
export { ascendingOrder, midranks } from './describe/ranks.ts';
export {
  mean,
  quantile,
  quantileOfSorted,
  skewness,
  standardDeviation,
  variance,
} from './describe/summary.ts';
export {
  chiSquareUpper,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  tTwoSided,
} from './distributions/index.ts';
export { cholesky, choleskySolve } from './linear-algebra/cholesky.ts';
export { independentColumns } from './linear-algebra/independent-columns.ts';
export { type Adjustment, benjaminiHochberg, bonferroni, hochberg, holm } from './multiplicity/adjust.ts';
export { proportion, wilsonInterval } from './proportions/proportion.ts';
export {
  type BackwardAic,
  backwardAic,
  type DroppedTerm,
  dropOne,
  type EliminationStep,
  fitTerms,
} from './regression/backward-aic.ts';
export { type DesignColumn, designMatrix, type RegressionTerm } from './regression/design.ts';
export { fitLogistic, type LogisticFit, logistic, softplus } from './regression/logistic.ts';
export type {
  AucResult,
  BaselineRow,
  CalibrationGroup,
  CalibrationResult,
  CoefficientRow,
  ConfusionResult,
  DecisionCurve,
  DelongResult,
  Estimate,
  Proportion,
  RocCurve,
  YoudenResult,
} from './results.ts';
export { auc, delongTest, delongVariance, type Placements, placements } from './roc/auc.ts';
export { confusionAt } from './roc/confusion.ts';
export { rocCurve, youden } from './roc/curve.ts';
export { type ChiSquare, type Counts, chiSquare, mcnemar } from './tests/contingency.ts';
export { fisherExact } from './tests/fisher-exact.ts';
export { type MannWhitney, type MannWhitneyOptions, mannWhitney } from './tests/mann-whitney.ts';
export { shapiroWilk } from './tests/shapiro-wilk.ts';
export { dot, spearman, spearmanMatrix, standardisedRanks } from './tests/spearman.ts';
export { studentT, type TTest, welchT } from './tests/t-test.ts';
