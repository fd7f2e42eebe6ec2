import type { AucResult } from '@sentinode/statistics';

/** Nested cross-validation of one model: everything that is fitted or chosen is fitted or chosen in each fold. */
export interface NestedResult {
  readonly model: string;
  /** Pooled out-of-fold probabilities of the first repeat, DeLong interval. */
  readonly pooled: AucResult;
  /** AUC of each outer fold, repeat after repeat; null where a fold tests one outcome only. */
  readonly folds: readonly (number | null)[];
  readonly mean: number | null;
  readonly sd: number | null;
  /** What was chosen how often. */
  readonly choices: readonly { readonly classifier: string; readonly count: number }[];
}

/** Apparent performance minus the optimism that bootstraps show. */
export interface OptimismResult {
  readonly model: string;
  readonly bootstraps: number;
  /** `whole pipeline`: selection, tuning and choice in each bootstrap; `partial`: the predictors were fixed. */
  readonly scope: 'whole pipeline' | 'partial';
  readonly auc: Corrected;
  readonly brier: Corrected;
  readonly slope: Corrected | null;
  readonly intercept: Corrected | null;
}

export interface Corrected {
  readonly apparent: number;
  readonly optimism: number;
  readonly corrected: number;
  /** Bootstraps that the mean is taken over. */
  readonly n: number;
}

/** How often resampling kept a predictor, most often first. */
export interface StabilityResult {
  readonly model: string;
  readonly resamples: number;
  readonly predictors: readonly { readonly name: string; readonly share: number; readonly kept: boolean }[];
}

/** A model with less in it, against the whole model, on the same outer folds of the training cohort. */
export interface AblationResult {
  readonly model: string;
  readonly reference: string;
  readonly what: string;
  /** Pooled out-of-fold probabilities, DeLong interval. */
  readonly auc: AucResult;
  /** AUC of the ablation minus that of the whole model, paired DeLong interval and p, uncorrected. */
  readonly difference: number;
  readonly ci: readonly [number, number];
  readonly p: number;
}

/** A model with deep features from the usual slices and from adjacent ones, on the same patients. */
export interface AdjacentSliceComparison {
  readonly model: string;
  /** `training` and `validation`: the locked models; `outer folds`: pooled out-of-fold probabilities of training patients. */
  readonly rows: 'training' | 'outer folds' | 'validation';
  readonly n: number;
  readonly events: number;
  readonly usual: AucResult;
  readonly adjacent: AucResult;
  /** AUC with the adjacent slices minus that with the usual ones, paired DeLong interval and p, uncorrected. */
  readonly difference: number;
  readonly ci: readonly [number, number];
  readonly p: number;
}

/** Sensitivity analysis of the slices: everything with deep features repeated with features averaged over others. */
export interface AdjacentSliceResult {
  /** Which slices; null where the features came as tables, which do not say. */
  readonly slices: {
    /** From the chosen slice, towards the head. */
    readonly offsets: readonly number[];
    readonly usual: readonly number[];
    /** Slices of single sequences that lie beyond the end of their volume, so that its outermost one was taken again. */
    readonly ends: { readonly again: number; readonly of: number };
  } | null;
  readonly comparisons: readonly AdjacentSliceComparison[];
}

export interface ResamplingResults {
  readonly innerFolds: number;
  readonly outer: string;
  readonly nested: readonly NestedResult[];
  readonly optimism: readonly OptimismResult[];
  readonly stability: readonly StabilityResult[];
  readonly ablations: readonly AblationResult[];
}
