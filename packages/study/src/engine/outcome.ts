import type { FeatureTable } from '@sentinode/core';
import type { Ledger } from '../ledger/ledger.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { Cohort, StudyResults } from '../results/study-results.ts';
import type { Audit } from './audit.ts';

/** Everything that a finished run knows. The app writes it; the report is drawn from `results` and `ledger`. */
export interface StudyOutcome {
  readonly results: StudyResults;
  readonly ledger: Ledger;
  /** The chosen classifier of each model, locked. */
  readonly models: readonly LockedModel[];
  /** Every probability of every listed classifier. */
  readonly predictions: readonly {
    readonly patient: string;
    readonly cohort: Cohort;
    readonly model: string;
    readonly classifier: string;
    readonly chosen: boolean;
    readonly probability: number;
    readonly outcome: 0 | 1;
  }[];
  /** ONNX bytes of a network whose weights the user brought; null when there is none or it is seeded. */
  readonly network: Uint8Array | null;
  /** Feature tables by name (`radiomics`, `reader1`, `reader2`, `deep`), rows in ledger order. */
  readonly features: ReadonlyMap<string, FeatureTable>;
  readonly audit: Audit;
}
