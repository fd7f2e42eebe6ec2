import type { CoefficientRow } from '@sentinode/statistics';

/** Patients of a cohort that a method can use. */
interface Count {
  readonly n: number;
  readonly events: number;
}

/** Both ways to deal with missing clinical values, on the same study. */
export interface ImputationResults {
  readonly imputations: number;
  readonly iterations: number;
  readonly donors: number;
  readonly continuous: 'pmm' | 'linear';
  /** By clinical variable: how it is imputed, and patients who lack it. */
  readonly variables: readonly {
    readonly name: string;
    readonly method: string;
    readonly training: number;
    readonly validation: number;
  }[];
  readonly complete: { readonly training: Count; readonly validation: Count };
  readonly all: { readonly training: Count; readonly validation: Count };
  /** Regression of all clinical candidates together, training cohort; empty where no value is missing. */
  readonly coefficients: readonly {
    readonly term: string;
    readonly reference: string | null;
    /** null where complete cases give no coefficient: the term is aliased, or there are too few of them. */
    readonly complete: CoefficientRow | null;
    readonly imputed: CoefficientRow;
    /** Fraction of missing information, relative increase of the variance, degrees of freedom; null for aliased terms. */
    readonly fmi: number | null;
    readonly riv: number | null;
    readonly df: number | null;
  }[];
  /** AUC in the validation cohort of every model with clinical variables; empty where no value is missing. */
  readonly models: readonly ImputedAuc[];
}

export interface ImputedAuc {
  readonly model: string;
  readonly classifier: string;
  /** `complete cases`: fitted and scored on complete patients; `imputed`: on all; `imputed, same patients`: scored on the complete ones. */
  readonly method: 'complete cases' | 'imputed' | 'imputed, same patients';
  readonly trained: number;
  readonly n: number;
  readonly events: number;
  /** Completed versions of the validation cohort that the AUC is pooled over; 1 where none of its patients lacks what the model reads. */
  readonly m: number;
  readonly auc: number;
  readonly ci: readonly [number, number];
  /** Fraction of missing information of the AUC; null for one version. */
  readonly fmi: number | null;
}
