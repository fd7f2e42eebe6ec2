import type { Available } from '@sentinode/learning';
import { type FinalModelJob, type FinalModelResult, runFinalModel } from './final-model.ts';
import { type PipelineFitsJob, type PipelineFitsResult, runPipelineFits } from './pipeline-fits.ts';
import { runUnit, type UnitJob, type UnitResult } from './unit.ts';

/** A piece of resampling for any thread. */
export type ResamplingJob = UnitJob | FinalModelJob | PipelineFitsJob;
export type ResamplingResult = UnitResult | FinalModelResult | PipelineFitsResult;

/** Computes a job: a function of the job alone. */
export function runResampling(job: ResamplingJob, available?: Available): ResamplingResult {
  if (!('kind' in job)) return runUnit(job, available);
  return job.kind === 'final-model' ? runFinalModel(job, available) : runPipelineFits(job, available);
}
