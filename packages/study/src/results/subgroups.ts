import type { AucResult, Proportion } from '@sentinode/statistics';

/** Patients of one level of a variable, at the cut-off of the model. */
export interface SubgroupRow {
  readonly level: string;
  readonly n: number;
  readonly events: number;
  /** null with one outcome only. */
  readonly auc: AucResult | null;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  /** Mean probability minus share of events. */
  readonly meanMinusObserved: number;
}

/** One model in one cohort, divided by a variable; patients whose value is missing are in no row. */
export interface SubgroupResult {
  readonly model: string;
  readonly cohort: 'training' | 'validation';
  readonly variable: string;
  readonly rows: readonly SubgroupRow[];
  readonly missing: number;
  /** Cochran's Q of the AUCs, uncorrected; null with fewer than two of them. */
  readonly heterogeneity: { readonly q: number; readonly df: number; readonly p: number } | null;
}
