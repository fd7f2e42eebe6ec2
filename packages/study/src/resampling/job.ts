import type { Available } from '@sentinode/learning';
import { type FinalModelJob, type FinalModelResult, runFinalModel } from './final-model.ts';
import { runUnit, type UnitJob, type UnitResult } from './unit.ts';

/** A piece of resampling for any thread. */
export type ResamplingJob = UnitJob | FinalModelJob;
export type ResamplingResult = UnitResult | FinalModelResult;

/** Computes a job: a function of the job alone. */
export function runResampling(job: ResamplingJob, available?: Available): ResamplingResult {
  return 'kind' in job ? runFinalModel(job, available) : runUnit(job, available);
}
