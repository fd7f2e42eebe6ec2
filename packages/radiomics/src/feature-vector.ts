import type { Warning } from '@sentinode/core';

/** An image type on which a region has fewer or more grey levels than texture features can use. */
export interface UnusualLevels {
  /** As in feature names, e.g. `wavelet-HHH`. */
  readonly image: string;
  readonly levels: number;
  /** The bin width that would give 32, 3 digits; null where the region is flat. */
  readonly binWidth: number | null;
}

/** All features of one region of one image, in the order of extraction. */
export interface FeatureVector {
  /** `<image type>_<class>_<Feature>`, e.g. `wavelet-LLH_glcm_JointEntropy`. */
  readonly names: readonly string[];
  /** As long as `names`; NaN exactly where `undefinedReasons` has an entry. */
  readonly values: Float64Array;
  /** Why a feature has no value, by name. */
  readonly undefinedReasons: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
  /** Image types with grey levels outside the usual range, as the warning `bins-unusual` says in words. */
  readonly unusualLevels?: readonly UnusualLevels[];
  /** `diagnostics_*` of the reference implementation, in its order; numbers, texts or lists as it prints them. */
  readonly diagnostics: Readonly<Record<string, string | number | readonly number[]>>;
}
