import type { FeatureTable } from '@sentinode/core';
import type { DeepTables, SeenPicture, SliceEnds } from '../images/deep-stage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Acquisition } from '../models/locked-model.ts';
import type { ReaderMasks } from '../results/reader-masks.ts';

/** Feature tables of a study, measured or read, rows in ledger order. */
export interface MeasuredStudy {
  /** The ledger with patients who left during measurement. */
  readonly ledger: Ledger;
  readonly radiomics: FeatureTable | null;
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly deep: FeatureTable | null;
  /** Deep features of changed copies of the training pictures, one table a copy, rows of training patients; often none. */
  readonly copies: readonly FeatureTable[];
  /** Deep features with the slices of the sensitivity analysis; null where the study does not ask for it. */
  readonly adjacent:
    | (DeepTables & {
        /** null where the features came as a table, which does not say. */
        readonly slices: { readonly offsets: readonly number[]; readonly ends: SliceEnds } | null;
      })
    | null;
  /** What the network saw. */
  readonly pictures: readonly SeenPicture[];
  readonly acquisition: Acquisition | null;
  readonly network: (() => Promise<Uint8Array>) | null;
  /** Agreement of the readers' masks; null where no masks of two readers were measured. */
  readonly readerMasks: ReaderMasks | null;
  /** Sentences that stand on every figure. */
  readonly banners: readonly string[];
  /** Sentences on choices and counts of the measurement. */
  readonly remarks: readonly string[];
}
