import type { Progress } from '@sentinode/core';
import type { InferenceRuntime } from '@sentinode/deep';
import type { ExtractionJob, ExtractionResult } from '../images/extraction-job.ts';
import type { CaseInspection, InspectionJob } from '../images/inspection/inspect-case.ts';
import type { ResamplingJob, ResamplingResult } from '../resampling/job.ts';

/**
 * What the engine needs of the machine it runs on; the apps pass it in (Node: files and worker threads, browser:
 * File objects and web workers). All paths are relative to the study folder and use `/`.
 */
export interface StudyHost {
  /** Bytes of an input file, or undefined when there is no such file. */
  readInput(path: string): Promise<Uint8Array | undefined>;
  /** Whether there is such an input file. */
  hasInput(path: string): Promise<boolean>;
  /** Finished parts of earlier runs by content hash; a lost cache costs time, never correctness. */
  readonly cache: {
    get(key: string): Promise<Uint8Array | undefined>;
    put(key: string, bytes: Uint8Array): Promise<void>;
  };
  /** Runs `extractImage`, on another thread where there is one. */
  extract(job: ExtractionJob): Promise<ExtractionResult>;
  /** Runs `inspectCase`, on another thread; without it masks are looked at on this one. */
  inspect?(job: InspectionJob): Promise<CaseInspection>;
  /**
   * Writes the analysis plan down, before a validation row is read, and says which plan of this place it is; without it
   * the plan is kept in the results only.
   */
  commitPlan?(sha256: string, plan: string): Promise<{ number: number; changedAfterReading: boolean }>;
  /** Runs `runResampling`, on another thread; without it resampling runs on this one. */
  resample?(job: ResamplingJob): Promise<ResamplingResult>;
  /** How many extractions or resamples may be under way at once. Has no influence on any result. */
  readonly concurrency: number;
  /** Runs networks; without it a study with deep features from images stops. */
  readonly inference?: InferenceRuntime;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}
