import type {
  BootstrapDifference,
  CoefficientRow,
  Reclassification,
  SampleSize,
} from '@sentinode/statistics';

/** Two models on the same patients. */
export interface ModelComparison {
  readonly cohort: 'training' | 'validation';
  readonly a: string;
  readonly b: string;
  readonly auc: BootstrapDifference;
  /** Any change of probability counts. */
  readonly reclassification: Reclassification;
  /** Over the risk categories of the study file; null where it names none. */
  readonly categorical: Reclassification | null;
}

/** Riley's sample size for a number of parameters at the anticipated fit. */
export interface SampleSizeResult {
  readonly of: 'columns of the model' | 'candidate columns before selection';
  readonly parameters: number;
  readonly anticipated: string;
  readonly required: SampleSize;
  /** Training patients and events there are. */
  readonly n: number;
  readonly events: number;
}

/** Clinical regressions with Firth's penalty: all candidates, and those that the AIC left. */
export interface FirthRegression {
  readonly why: string;
  readonly multivariable: readonly CoefficientRow[];
  readonly final: readonly CoefficientRow[];
  readonly method: string;
}
