import type { SentinodeError } from '@sentinode/core';
import type { CasePicture, PatientPrediction } from '@sentinode/study';

/** What the user typed. */
export interface PredictOptions {
  model: string;
  case?: string;
  table?: string;
  id?: string;
  decimal: '.' | ',';
  format?: string;
  out?: string;
  sheet?: string;
  occlusion?: string;
  patch: string;
  stride: string;
}

/** Patients scored, with their pictures, and those who could not be. */
export interface Scored {
  readonly predictions: readonly PatientPrediction[];
  readonly pictures: readonly CasePicture[];
  readonly failures: readonly SentinodeError[];
}
