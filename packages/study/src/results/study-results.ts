import type { ColumnDetail } from '@sentinode/learning';
import type {
  AtPrevalence,
  AucResult,
  BaselineRow,
  BootstrapDifference,
  ByCentre,
  CalibrationResult,
  CoefficientRow,
  ConfusionResult,
  DecisionBand,
  DecisionCurve,
  DelongResult,
  Nomogram,
  RocBand,
  RocCurve,
} from '@sentinode/statistics';
import type { Acquisition } from '../models/locked-model.ts';
import type { Study } from '../study-file/options.ts';
import type { Derivation } from './derivation.ts';
import type { FirthRegression, ModelComparison, SampleSizeResult } from './further-results.ts';
import type { ImputationResults } from './imputation.ts';
import type { ReaderMasks } from './reader-masks.ts';
import type { AdjacentSliceResult, OptimismResult, ResamplingResults } from './resampling-results.ts';
import type { ScanSummary } from './scans.ts';
import type { SubgroupResult } from './subgroups.ts';

/** The two cohorts of a study. */
export type Cohort = 'training' | 'validation';

/** One box of the flowchart: how many patients, and who left before it. */
export interface FlowStep {
  readonly label: string;
  readonly n: number;
  /** Patients with a positive outcome among them, where the outcome is known. */
  readonly events: number | null;
  readonly excluded: readonly {
    readonly reason: string;
    readonly n: number;
    readonly events: number | null;
  }[];
}

/** What one selection step did. */
export interface SelectionStep {
  /** `input`, `icc`, `constant`, `spearman`, `mann-whitney`, `z-score`, `lasso`, `pca`, `backward-aic`, `likelihood-ratio`. */
  readonly step: string;
  readonly count: number;
  /** Names left after the step, in column order. */
  readonly names: readonly string[];
  /** Settings and findings in words, e.g. `ICC(2,1) >= 0.8; 9 undefined`. */
  readonly note: string;
  /** Row ids that the step was fitted on. */
  readonly fittedOn: 'training' | 'none';
}

/** LASSO path: cross-validated error by penalty, chosen penalty, coefficients. */
export interface LassoSummary {
  /** What the cross-validation measured, e.g. `Mean squared error`. */
  readonly measure: string;
  readonly alphas: readonly number[];
  /** Mean over folds, one per alpha. */
  readonly meanError: readonly number[];
  readonly standardError: readonly number[];
  readonly alpha: number;
  readonly index: number;
  readonly coefficients: readonly { readonly name: string; readonly value: number }[];
  /** Coefficients along the path for the columns that enter anywhere, [column][alpha]. */
  readonly path: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface SelectionResult {
  readonly steps: readonly SelectionStep[];
  readonly lasso: LassoSummary | null;
  /** PCA: share of variance by component. */
  readonly explainedVariance: readonly number[] | null;
  /** Columns left at the end, with what every step that has a number for a column decided by: ICC, p, rank, coefficient. */
  readonly kept: readonly {
    readonly name: string;
    readonly by: readonly { readonly step: string; readonly detail: ColumnDetail }[];
  }[];
}

/** Reader agreement of the radiomic columns, training rows. */
export interface AgreementSummary {
  readonly form: string;
  readonly minimum: number;
  readonly columns: number;
  readonly kept: number;
  readonly undefinedColumns: number;
  /** By feature class, sequence and visit: columns, median ICC, share kept. */
  readonly groups: readonly {
    readonly by: 'class' | 'sequence' | 'visit';
    readonly name: string;
    readonly columns: number;
    readonly median: number | null;
    readonly kept: number;
  }[];
}

/** Clinical regression tables of the training cohort. */
export interface ClinicalRegression {
  readonly n: number;
  readonly events: number;
  /** Completed data sets that coefficients and tests are pooled over (AIC: their mean); null for complete cases. */
  readonly imputations: number | null;
  readonly univariable: readonly {
    readonly variable: string;
    readonly rows: readonly CoefficientRow[];
    readonly likelihoodRatioP: number | null;
  }[];
  readonly multivariable: readonly CoefficientRow[];
  /** AIC of the model before a variable leaves, and which one left (null: none, the end). */
  readonly trace: readonly {
    readonly aic: number;
    readonly dropped: string | null;
    readonly reason: string;
  }[];
  readonly final: readonly CoefficientRow[];
  /** With Firth's penalty: on request, or where the outcomes are separated. null otherwise. */
  readonly firth: FirthRegression | null;
  readonly factors: readonly {
    readonly variable: string;
    readonly likelihoodRatioP: number;
    readonly kept: boolean;
  }[];
}

/** Evaluation of one model in one cohort. */
export interface CohortEvaluation {
  readonly n: number;
  readonly events: number;
  readonly auc: AucResult;
  readonly roc: RocCurve;
  readonly rocBand: RocBand;
  readonly confusion: ConfusionResult;
  /** null with a reason in `notComputed` when it cannot be fitted (one class, separation). */
  readonly calibration: CalibrationResult | null;
  readonly decision: DecisionCurve;
  readonly decisionBand: DecisionBand;
  /** At the cut-off, for every prevalence of the study file. */
  readonly atPrevalence: readonly AtPrevalence[];
  /** null where the study file names no column of the hospital. */
  readonly byCentre: ByCentre | null;
  /** Probability and outcome by patient, in ledger order. */
  readonly predictions: readonly {
    readonly id: string;
    readonly probability: number;
    readonly outcome: 0 | 1;
  }[];
}

/** One model with one classifier. */
export interface ModelResult {
  readonly name: string;
  readonly classifier: string;
  /** Predictors in order, as they enter: z-scores, z-scored continuous variables, dummies. */
  readonly predictors: readonly {
    readonly name: string;
    readonly kind: 'radiomics' | 'deep' | 'clinical';
    /** null where the classifier is not linear. */
    readonly coefficient: number | null;
  }[];
  /** null where the classifier is not linear. */
  readonly intercept: number | null;
  /** `logit(p) = ...` with rounded coefficients, for reading; null where the classifier is not linear. */
  readonly formula: string | null;
  readonly threshold: number;
  readonly thresholdRule: string;
  /** Training events (rarer class) per predictor, and per candidate column before selection; null for none. */
  readonly eventsPerVariable: {
    readonly byColumns: number | null;
    readonly byVariables: number | null;
    readonly byCandidates: number | null;
  };
  /** Riley's sample size, for the columns of the model and for the candidates; without a predictor there is none. */
  readonly sampleSize: readonly SampleSizeResult[];
  /** Points that add up to the linear predictor; null where the classifier is not linear or has no predictor. */
  readonly nomogram: Nomogram | null;
  readonly training: CohortEvaluation;
  readonly validation: CohortEvaluation;
  /** Bootstrap of the training minus the validation AUC, each cohort drawn on its own. */
  readonly trainingMinusValidation: BootstrapDifference;
}

/** One classifier behind one model; all that the study lists are told, the chosen among them. */
export interface ClassifierResult {
  readonly model: string;
  readonly classifier: string;
  /** Settings that differ from the defaults, as tuned or declared. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly chosen: boolean;
  /** Inner cross-validation on training patients, whole pipeline in each fold; null where it was not run. */
  readonly inner: { readonly mean: number | null; readonly folds: readonly (number | null)[] } | null;
  readonly threshold: number;
  readonly training: AucResult;
  readonly validation: AucResult;
  /** At the model's cut-off, validation cohort. */
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly brier: number;
  /**
   * Range of the validation probabilities over refits in which chance decides between equally good splits: largest and
   * mean over the patients. null where no tie decides.
   */
  readonly ties: { readonly refits: number; readonly largest: number; readonly mean: number } | null;
}

/** How the classifier of a model was chosen among those listed. */
export interface ClassifierChoice {
  readonly model: string;
  readonly classifier: string;
  readonly among: number;
  readonly rule: string;
  /**
   * By how much choosing on the validation cohort is expected to raise the AUC that is then reported: mean over
   * bootstraps of that cohort of (AUC of the classifier that is best in the bootstrap, there, minus its AUC in the
   * cohort). null where the choice did not read the validation cohort.
   */
  readonly optimism: { readonly value: number; readonly bootstraps: number } | null;
}

/** What one profile claims of one model for these patients. */
export interface ProfileClaim {
  readonly profile: string;
  readonly model: string;
  readonly classifier: string;
  readonly predictors: readonly string[];
  /** What the profile prints as training performance, and what that is. */
  readonly training: { readonly auc: number; readonly what: string };
  readonly validation: AucResult;
}

/** Both profiles on the same patients, and why they differ. */
export interface ProfileComparison {
  readonly claims: readonly ProfileClaim[];
  readonly reasons: readonly { readonly model: string; readonly message: string }[];
}

/** What the leakage audit of the run found. */
export interface AuditSummary {
  readonly checks: readonly { readonly looksFor: string; readonly findings: number }[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly where: string;
    readonly rows: number;
    readonly message: string;
    readonly matters: string;
  }[];
  /** Readings of the validation cohort, in order. */
  readonly reads: readonly { readonly purpose: string; readonly rows: number }[];
}

/** What a report lacks at this stage or for these data, and why. Shown, never left out. */
export interface NotComputed {
  readonly item: string;
  readonly reason: string;
}

/** Everything that metrics.json holds; the report is drawn from this and the ledger alone. */
export interface StudyResults {
  readonly schema: 'sentinode-results/1';
  readonly notice: string;
  readonly study: {
    readonly name: string;
    readonly profile: string;
    readonly seed: number;
    readonly outcome: string;
    readonly positive: string;
    /** `images`, `features` or `clinical`. */
    readonly source: string;
    /** Sentences that stand on every figure and table, e.g. simulated images, weights not pretrained. */
    readonly banners: readonly string[];
    /** Sentences on choices made for lack of data, e.g. reader 1 used in place of a consensus. */
    readonly remarks: readonly string[];
  };
  /** Everything that was set, defaults filled in. */
  readonly settings: {
    readonly engine: string;
    readonly study: Study;
    /** Selection steps as the profile or the study file lists them. */
    readonly selection: Readonly<Record<'radiomics' | 'deep', readonly unknown[]>>;
    /** Every classifier setting that was compared. */
    readonly candidates: readonly unknown[];
  };
  /** How images were measured and what the training images looked like; null where features came as tables. */
  readonly acquisition: Acquisition | null;
  /** Scanner and sequence parameters; null where the study file names no such file. */
  readonly scans: ScanSummary | null;
  readonly cohorts: Record<Cohort, { readonly n: number; readonly events: number }>;
  readonly flow: readonly FlowStep[];
  readonly baseline: {
    readonly groups: readonly string[];
    readonly all: readonly BaselineRow[];
    readonly training: readonly BaselineRow[];
    readonly validation: readonly BaselineRow[];
    /** Training against validation patients. */
    readonly cohorts: readonly BaselineRow[];
  };
  /** Clinical variables derived by rules; null where the study declares none. */
  readonly derivation: Derivation | null;
  readonly agreement: AgreementSummary | null;
  /** Overlap of both readers' masks, training images; null where no masks of two readers were measured. */
  readonly readerMasks: ReaderMasks | null;
  readonly selection: Readonly<Record<string, SelectionResult>>;
  readonly clinical: ClinicalRegression | null;
  /** Complete cases beside imputed values; null where the study takes complete cases. */
  readonly imputation: ImputationResults | null;
  readonly models: readonly ModelResult[];
  readonly delong: readonly ({
    readonly cohort: Cohort;
    readonly a: string;
    readonly b: string;
    /** p corrected within the cohort; null where the profile corrects nothing. */
    readonly adjusted: number | null;
  } & DelongResult)[];
  /** What else tells two models apart; differences are a - b, reclassification is of a by b. */
  readonly comparisons: readonly ModelComparison[];
  /** Every model by every clinical variable and column of `cohort.subgroups`. */
  readonly subgroups: readonly SubgroupResult[];
  /** Correction of the DeLong tests of a cohort, by name. */
  readonly correction: string | null;
  readonly classifiers: readonly ClassifierResult[];
  readonly choices: readonly ClassifierChoice[];
  /** Optimism of the final models by bootstrap, their predictors fixed; empty where none is asked for. */
  readonly optimism: readonly OptimismResult[];
  readonly resampling: ResamplingResults | null;
  /** null where the study does not ask for it. */
  readonly adjacentSlices: AdjacentSliceResult | null;
  readonly profiles: ProfileComparison | null;
  readonly audit: AuditSummary;
  /** Hash of the analysis plan, which plan of this run folder it is, and whether it came after a reading. */
  readonly plan: {
    readonly sha256: string;
    readonly number: number;
    readonly changedAfterReading: boolean;
  };
  /** Spearman correlation of the kept predictors, training cohort. */
  readonly correlation: {
    readonly names: readonly string[];
    readonly rho: readonly (readonly (number | null)[])[];
  } | null;
  /** Known weaknesses of the profile, each where it acts. */
  readonly weaknesses: readonly { readonly where: string; readonly message: string }[];
  readonly notComputed: readonly NotComputed[];
}
