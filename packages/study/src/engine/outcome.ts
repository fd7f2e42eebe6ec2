import type { FeatureTable } from '@sentinode/core';
import type { Ledger } from '../ledger/ledger.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { StudyResults } from '../results/study-results.ts';
import type { Audit } from './audit.ts';

/** Everything that a finished run knows. The app writes it; the report is drawn from `results` and `ledger`. */
export interface StudyOutcome {
  readonly results: StudyResults;
  readonly ledger: Ledger;
  readonly models: readonly LockedModel[];
  /** ONNX bytes of a network whose weights the user brought; null when there is none or it is seeded. */
  readonly network: Uint8Array | null;
  /** Feature tables by name (`radiomics`, `reader1`, `reader2`, `deep`), rows in ledger order. */
  readonly features: ReadonlyMap<string, FeatureTable>;
  readonly audit: Audit;
}
