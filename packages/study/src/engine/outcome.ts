import type { FeatureTable } from '@sentinode/core';
import type { Audit } from '../audit/audit.ts';
import type { Development } from '../bundle/development.ts';
import type { SeenPicture } from '../images/deep-stage.ts';
import type { MaskRepair } from '../images/repairs/repair-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { PipelineResamples } from '../models/pipeline-resamples.ts';
import type { Cohort, StudyResults } from '../results/study-results.ts';
import type { AnalysisPlan } from './plan.ts';

/** Everything that a finished run knows. The app writes it; the report is drawn from `results` and `ledger`. */
export interface StudyOutcome {
  readonly results: StudyResults;
  readonly ledger: Ledger;
  /** The chosen classifier of each model, locked. */
  readonly models: readonly LockedModel[];
  /** Of each model, its fits on bootstraps of the training rows; null where none were made. */
  readonly resamples: readonly (PipelineResamples | null)[];
  /** Of each model, how it did in this study. */
  readonly development: readonly Development[];
  /** Every listed classifier of every model, locked. */
  readonly candidates: readonly LockedModel[];
  readonly plan: AnalysisPlan;
  /** Person by id; null where the study declares none. */
  readonly groups: ReadonlyMap<string, string> | null;
  /** Masks that were read from repaired copies. */
  readonly repairs: readonly MaskRepair[];
  /** Clinical variables that were imputed, by patient; only patients who lack one. */
  readonly imputed: ReadonlyMap<string, readonly string[]>;
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
  /**
   * Makes the ONNX bytes of a network whose weights the user brought; null when there is none or it is seeded.
   * @throws SentinodeError `weights-invalid` where its file was changed meanwhile
   */
  readonly network: (() => Promise<Uint8Array>) | null;
  /** Feature tables by name (`radiomics`, `reader1`, `reader2`, `deep`, `deep-adjacent`), rows in ledger order. */
  readonly features: ReadonlyMap<string, FeatureTable>;
  /** What the network saw. */
  readonly pictures: readonly SeenPicture[];
  readonly audit: Audit;
}
