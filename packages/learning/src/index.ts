export {
  classifiers,
  type DeclaredClassifier,
  fitClassifier,
  linearOf,
  predictProba,
  resolveClassifier,
} from './classifiers/index.ts';
export { kFold } from './cross-validation/k-fold.ts';
export type {
  Classifier,
  ColumnDetail,
  FitContext,
  FittedClassifier,
  FittedStep,
  Step,
} from './estimator.ts';
export {
  type DeclaredStep,
  type FittedPipeline,
  fitPipeline,
  resolveStep,
  transform,
  transformAll,
} from './pipeline/pipeline.ts';
export { steps } from './steps/index.ts';
export type { LassoState } from './steps/lasso/index.ts';
export type { LassoCvFit } from './steps/lasso/lasso-cv.ts';
export type { PcaState } from './steps/pca/fit-pca.ts';
export type { ZScoreState } from './steps/z-score/index.ts';
