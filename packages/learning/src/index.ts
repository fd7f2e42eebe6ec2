export { candidatesOf } from './classifiers/grid.ts';
export {
  type ClassifierInputs,
  classifierName,
  classifiers,
  type DeclaredClassifier,
  fitClassifier,
  keepsRows,
  linearOf,
  predictProba,
  resolveClassifier,
} from './classifiers/index.ts';
export { lightgbmText, readLightgbmText } from './classifiers/lightgbm/text-format.ts';
export { type TreeMovement, treeMovement } from './classifiers/tree-movement.ts';
export {
  bestOf,
  type ChoiceRule,
  commonClassifier,
  perModel,
} from './cross-validation/choice-rules.ts';
export {
  type CandidateScore,
  classifierInputs,
  crossValidate,
  firstBest,
  type Preparation,
  type Prepare,
  type ResampledRows,
} from './cross-validation/cross-validate.ts';
export { groupedKFold, leaveOneGroupOut } from './cross-validation/grouped-k-fold.ts';
export { kFold } from './cross-validation/k-fold.ts';
export {
  type Choice,
  chooseWithin,
  type InnerFolds,
  type NestedFold,
  nestedFold,
} from './cross-validation/nested.ts';
export { stratifiedKFold } from './cross-validation/stratified-k-fold.ts';
export type {
  Classifier,
  ColumnDetail,
  FitContext,
  FittedClassifier,
  FittedStep,
  PenaltyPath,
  Step,
} from './estimator.ts';
export {
  type Available,
  type FittedPipeline,
  fitPipeline,
  type Pipeline,
  type PipelineData,
  predictPipeline,
  preparing,
  rowsOf,
} from './pipeline/pipeline.ts';
export {
  type DeclaredStep,
  type FittedSteps,
  fitSteps,
  penaltyPathOf,
  resolveStep,
  transform,
  transformAll,
} from './pipeline/steps.ts';
export { steps } from './steps/index.ts';
export type { LassoState } from './steps/lasso/index.ts';
export type { LassoCvFit } from './steps/lasso/lasso-cv.ts';
export type { PcaState } from './steps/pca/fit-pca.ts';
export type { ZScoreState } from './steps/z-score/index.ts';
