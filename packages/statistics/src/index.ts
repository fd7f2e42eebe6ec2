export {
  type IccForm,
  type IccResult,
  icc,
  iccTwoWayRandomSingle,
  type MeanSquares,
  meanSquares,
} from './agreement/icc.ts';
export {
  type BaselineRules,
  type BaselineVariable,
  baselineTable,
  type ForcedTest,
} from './baseline/baseline-table.ts';
export { drawSimple, drawStratified, percentileInterval, strataOf } from './bootstrap/resampling.ts';
export { calibration, calibrationGroups, recalibration } from './calibration/calibration.ts';
export { type HosmerLemeshow, hosmerLemeshow } from './calibration/hosmer-lemeshow.ts';
export { lowess } from './calibration/lowess.ts';
export { spiegelhalter } from './calibration/spiegelhalter.ts';
export { type ByCentre, byCentre, type CentreRow } from './centres/by-centre.ts';
export { countEvents, type Outcomes } from './checks.ts';
export { type CallComparison, compareCalls, type RateDifference } from './classification/compare.ts';
export {
  type ConfusionCounts,
  type ConfusionSummaries,
  confusionAt,
  confusionRates,
  confusionSummaries,
  countConfusion,
} from './classification/confusion.ts';
export { type AtPrevalence, atPrevalence, type PredictiveValue } from './classification/prevalence.ts';
export { type DecisionBand, decisionBand } from './decision-curve/band.ts';
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
export {
  type ChainedEquations,
  type CompletedVariables,
  chainedEquations,
  completeRow,
  type ImputationSettings,
} from './imputation/chained-equations.ts';
export {
  type CompletedModel,
  type PooledCoefficient,
  type PooledLikelihoodRatio,
  pooledLikelihoodRatio,
  poolLogistic,
} from './imputation/pooled-regression.ts';
export { type PooledEstimate, pooledTest, poolRubin } from './imputation/rubin.ts';
export type { ImputedVariable } from './imputation/variables.ts';
export { cholesky, choleskySolve } from './linear-algebra/cholesky.ts';
export { independentColumns } from './linear-algebra/independent-columns.ts';
export { type Adjustment, benjaminiHochberg, bonferroni, hochberg, holm } from './multiplicity/adjust.ts';
export { proportion, wilsonInterval } from './proportions/proportion.ts';
export {
  type Improvement,
  type Reclassification,
  reclassification,
} from './reclassification/reclassification.ts';
export {
  type BackwardAic,
  type BackwardAicOfCompleted,
  backwardAic,
  backwardAicOfCompleted,
  type DroppedTerm,
  dropOne,
  type EliminationStep,
  fitTerms,
  likelihoodRatioTest,
} from './regression/backward-aic.ts';
export { type DesignColumn, designMatrix, type RegressionTerm } from './regression/design.ts';
export { type FirthFit, fitFirth } from './regression/firth.ts';
export { logistic, logit, softplus } from './regression/likelihood.ts';
export { fitLogistic, type LogisticFit } from './regression/logistic.ts';
export {
  type ContinuousAxis,
  type Nomogram,
  type NomogramAxis,
  type NomogramModel,
  nomogram,
  riskAtPoints,
} from './regression/nomogram.ts';
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
export { areaUnderCurve, auc, delongVariance, type Placements, placements } from './roc/auc.ts';
export { type RocBand, rocBand, sensitivityAt } from './roc/band.ts';
export {
  type BootstrapDifference,
  bootstrapAucDifference,
  bootstrapAucDifferenceUnpaired,
  resampledAuc,
  summariseDifferences,
} from './roc/bootstrap-difference.ts';
export { rocCurve, youden } from './roc/curve.ts';
export { delongTest, delongUnpaired, type ScoredCases, type UnpairedDelongResult } from './roc/delong.ts';
export { type PrecisionRecall, precisionRecall } from './roc/precision-recall.ts';
export { type ThresholdAt, type ThresholdTarget, thresholdAt } from './roc/threshold-at.ts';
export { type EventsPerVariable, eventsPerVariable } from './sample-size/events-per-variable.ts';
export {
  type AnticipatedFit,
  rileySampleSize,
  type SampleSize,
  type SampleSizeOptions,
} from './sample-size/riley.ts';
export { brier, scaledBrier } from './scoring/brier.ts';
export { logLoss } from './scoring/log-loss.ts';
export { type ChiSquare, type Counts, chiSquare } from './tests/contingency.ts';
export { fisherExact } from './tests/fisher-exact.ts';
export { type MannWhitney, type MannWhitneyOptions, mannWhitney } from './tests/mann-whitney.ts';
export { type McNemar, mcnemar, mcnemarExact } from './tests/mcnemar.ts';
export { shapiroWilk } from './tests/shapiro-wilk.ts';
export { dot, spearman, spearmanMatrix, standardisedRanks } from './tests/spearman.ts';
export { studentT, type TTest, welchT } from './tests/t-test.ts';
export {
  giniMeanDifference,
  type Stopping,
  type ValidationIndices,
  validationIndices,
} from './validation/indices.ts';
export { logisticProcedure } from './validation/logistic-procedure.ts';
export {
  type Optimism,
  type OptimismRow,
  optimismBootstrap,
  simpleResamples,
  type ValidatedProcedure,
} from './validation/optimism.ts';
