import type {
  AtPrevalence,
  ByCentre,
  CalibrationResult,
  ConfusionSummaries,
  DecisionBand,
  DecisionCurve,
  HosmerLemeshow,
  PrecisionRecall,
  Proportion,
  RocBand,
  RocCurve,
  ThresholdAt,
} from '@sentinode/statistics';

/** What only a probability has. */
export interface ProbabilityEvaluation {
  readonly brier: number;
  /** 1 - Brier / Brier of the observed share of events. */
  readonly scaledBrier: number | null;
  readonly logLoss: number;
  /** On cases the model never saw (df = groups): the tool's own training data are not known here. */
  readonly hosmerLemeshow: HosmerLemeshow | null;
  readonly spiegelhalter: { readonly z: number; readonly p: number } | null;
  readonly decisionCurve: DecisionCurve;
  readonly decisionBand: DecisionBand;
}

/** Evaluation of one score; numbers only, each with n, events and method beside it or above it. */
export interface ScoreEvaluation {
  readonly n: number;
  readonly events: number;
  readonly auc: number;
  readonly ci: readonly [number, number];
  readonly method: string;
  readonly threshold: number;
  readonly thresholdRule: string;
  /** Cut-offs with the same Youden index; empty when a cut-off was given. */
  readonly tiedThresholds: readonly number[];
  readonly counts: { readonly tp: number; readonly fp: number; readonly fn: number; readonly tn: number };
  readonly accuracy: Proportion;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  readonly ppv: Proportion;
  readonly npv: Proportion;
  readonly f1: {
    readonly value: number | null;
    readonly ci: readonly [number, number] | null;
    readonly method: string;
  };
  readonly summaries: ConfusionSummaries;
  /** At the threshold, for every prevalence asked for. */
  readonly atPrevalence: readonly AtPrevalence[];
  /** For every rate asked for. */
  readonly thresholdsAt: readonly ThresholdAt[];
  readonly roc: RocCurve;
  readonly rocBand: RocBand;
  readonly precisionRecall: PrecisionRecall;
  /** null with the reason in `notComputed` when the score is no probability, or has no calibration. */
  readonly calibration: CalibrationResult | null;
  readonly probability: ProbabilityEvaluation | null;
  readonly decisionCurve: DecisionCurve | null;
  readonly byCentre: ByCentre | null;
  readonly notComputed: readonly string[];
  /** What a reader must know of these numbers: few events, ties, fallbacks taken. */
  readonly remarks: readonly string[];
}
