import { type FeatureTable, SentinodeError } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import type { Acquisition } from '../models/locked-model.ts';
import type { Study } from '../study-file/options.ts';
import type { ImageFiles } from './locate-images.ts';
import type { FailedCase } from './radiomics-stage.ts';

/** Deep features of every patient and visit. */
export interface DeepStage {
  /** Columns `<visit>_deep_<index>`. */
  readonly features: FeatureTable;
  readonly failed: readonly FailedCase[];
  readonly network: {
    /** Bytes for the bundle, where the user brought them. */
    readonly bytes: Uint8Array | null;
    readonly description: NonNullable<Acquisition['network']>;
  };
}

export async function deepStage(
  _host: StudyHost,
  _study: Study,
  _files: readonly ImageFiles[],
): Promise<DeepStage> {
  throw new SentinodeError('not-built', 'Deep features come with the next commit.');
}
