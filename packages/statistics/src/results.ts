/** An estimate with its 95 % (or stated) confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly ci: readonly [number, number];
}

/** A share of cases with its Wilson interval; value and ci are null when the denominator is 0. */
export interface Proportion {
  readonly value: number | null;
  readonly ci: readonly [number, number] | null;
  readonly count: number;
  readonly of: number;
}

/** Area under the ROC curve, DeLong variance, symmetric normal interval cut to [0, 1]. */
export interface AucResult {
  readonly auc: number;
  readonly ci: readonly [number, number];
  /** null with a single event or non-event. */
  readonly variance: number | null;
  readonly n: number;
  readonly events: number;
  /** `DeLong`, or why there is no such interval. */
  readonly method: string;
}

/** ROC curve: points from (1 - specificity, sensitivity) = (0, 0) to (1, 1); rule is score >= threshold. */
export interface RocCurve {
  /** Candidate thresholds, descending: +Infinity is written as null, then midpoints, then null for -Infinity. */
  readonly thresholds: readonly (number | null)[];
  readonly sensitivity: readonly number[];
  readonly specificity: readonly number[];
}

/** Comparison of two correlated AUCs on the same cases. */
export interface DelongResult {
  readonly difference: number;
  readonly ci: readonly [number, number];
  /** null when the difference has no variance. */
  readonly z: number | null;
  readonly p: number;
  readonly n: number;
  readonly events: number;
  readonly method: 'DeLong, paired';
}

/** Cut-off that maximises sensitivity + specificity - 1. */
export interface YoudenResult {
  readonly threshold: number;
  readonly index: number;
  /** All thresholds with the same index; the one with the highest sensitivity is chosen. */
  readonly tied: readonly number[];
}

/** Counts and rates at a threshold, positive if score >= threshold. */
export interface ConfusionResult {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly accuracy: Proportion;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  readonly ppv: Proportion;
  readonly npv: Proportion;
  /** Percentile interval of a stratified bootstrap; null when F1 is undefined. */
  readonly f1: {
    readonly value: number | null;
    readonly ci: readonly [number, number] | null;
    readonly method: string;
  };
}

/** Calibration of predicted probabilities against outcomes. */
export interface CalibrationResult {
  readonly n: number;
  readonly events: number;
  /** Cases with a probability of 0 or 1, which slope, intercept and calibration in the large leave out. */
  readonly withoutLogit: number;
  readonly slope: Estimate;
  readonly intercept: Estimate;
  /** Calibration in the large: intercept with the linear predictor as offset. */
  readonly inTheLarge: Estimate;
  readonly brier: number;
  /** Smoothed curve: lowess (iter = 0) of outcome on probability. */
  readonly curve: { readonly predicted: readonly number[]; readonly observed: readonly number[] };
  readonly deciles: readonly CalibrationGroup[];
  readonly eMax: number;
  readonly e50: number;
  readonly e90: number;
  readonly eAvg: number;
}

export interface CalibrationGroup {
  readonly n: number;
  readonly events: number;
  readonly predicted: number;
  readonly observed: Proportion;
}

/** Net benefit of a model, of treating all and of treating none, by threshold probability. */
export interface DecisionCurve {
  readonly thresholds: readonly number[];
  readonly model: readonly number[];
  readonly all: readonly number[];
  readonly none: readonly number[];
  /** Interventions avoided per 100 patients against treating all, without missing an event more; null at 0. */
  readonly interventionsAvoided: readonly (number | null)[];
  /** Share of events that the curve is for. */
  readonly prevalence: number;
  readonly n: number;
  readonly events: number;
}

/** One row of a baseline table: a variable compared between the groups of the outcome. */
export interface BaselineRow {
  readonly variable: string;
  readonly kind: 'continuous' | 'categorical';
  /** `Student t`, `Mann-Whitney`, `chi-square`, `Fisher exact`; null when none can be made. */
  readonly test: string | null;
  /** Why this test was chosen, in a few words. */
  readonly reason: string;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  /** Continuous: one entry per group. */
  readonly groups: readonly {
    readonly group: string;
    readonly n: number;
    readonly missing: number;
    readonly mean?: number;
    readonly sd?: number;
    readonly median?: number;
    readonly q1?: number;
    readonly q3?: number;
  }[];
  /** Categorical: one entry per level, counts in the order of `groups`. */
  readonly levels: readonly {
    readonly level: string;
    readonly counts: readonly number[];
    readonly share: readonly (number | null)[];
  }[];
}

/** One coefficient of a logistic regression. */
export interface CoefficientRow {
  /** `(Intercept)`, a continuous variable, or `factor=level`. */
  readonly term: string;
  readonly variable: string;
  readonly level?: string;
  readonly reference?: string;
  /** All null when the term is aliased (a linear combination of earlier ones). */
  readonly coefficient: number | null;
  readonly se: number | null;
  readonly z: number | null;
  readonly p: number | null;
  readonly oddsRatio: number | null;
  readonly ci: readonly [number, number] | null;
}
