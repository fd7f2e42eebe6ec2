import type { FeatureTable } from '@sentinode/core';
import type { Ledger } from '../ledger/ledger.ts';
import type { Acquisition } from '../models/locked-model.ts';

/** Feature tables of a study, measured or read, rows in ledger order. */
export interface MeasuredStudy {
  /** The ledger with patients who left during measurement. */
  readonly ledger: Ledger;
  readonly radiomics: FeatureTable | null;
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly deep: FeatureTable | null;
  readonly acquisition: Acquisition | null;
  readonly network: Uint8Array | null;
  /** Sentences that stand on every figure. */
  readonly banners: readonly string[];
  /** Sentences on choices and counts of the measurement. */
  readonly remarks: readonly string[];
}
