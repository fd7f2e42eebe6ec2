import { canonicalJson, sha256 } from '@sentinode/core';
import { type Available, classifierInputs, predictProba } from '@sentinode/learning';
import type { StudyHost } from '../host/study-host.ts';
import type { ModelData } from '../models/model-data.ts';
import type { FinalModelJob, FinalModelResult } from '../resampling/final-model.ts';
import { performanceOf } from '../resampling/performance.ts';
import { runJobs } from '../resampling/run-units.ts';
import { optimismResult } from '../resampling/summarise.ts';
import { bootstrapRows } from '../resampling/units.ts';
import type { OptimismResult } from '../results/resampling-results.ts';
import type { Study } from '../study-file/options.ts';
import type { ChosenClassifiers } from './choose-classifiers.ts';
import type { ProfileFit } from './fit-profile.ts';

/** Bootstraps of the final models where the study file does not say. */
const FINAL_MODEL = 1000;
/** Resamples that a thread computes at a time, and that are kept together. */
const AT_A_TIME = 125;

/**
 * Bootstrap optimism of the chosen classifier of every model: coefficients are fitted anew in each resample, predictors
 * and settings are not chosen anew, so what selection adds is not in it. All models see the same resamples.
 */
export async function finalOptimism(
  fit: ProfileFit,
  { chosen }: ChosenClassifiers,
  { seed, resampling }: Study,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<OptimismResult[]> {
  const count = resampling.bootstraps ?? FINAL_MODEL;
  if (count === 0) return [];
  const draws = bootstrapRows(seed, data, count, 'final model rows');
  const blocks = Math.ceil(count / AT_A_TIME);
  const pieces = await Promise.all(
    fit.models.map(async ({ model, inputs, completed, patients: { outcomes } }, index) => {
      const { declared } = fit.candidates[index]![chosen[index]!]!;
      const table = await sha256(
        canonicalJson({
          ...inputs,
          columns: (completed ?? [inputs]).flatMap(({ columns }) =>
            columns.map((column) => Array.from(column)),
          ),
          outcomes,
        }),
      );
      return Array.from({ length: blocks }, (_, block) => {
        const first = block * AT_A_TIME;
        const job: FinalModelJob = {
          kind: 'final-model',
          seed,
          model: model.name,
          declared,
          inputs,
          ...(completed === undefined ? {} : { completed }),
          outcomes,
          first,
          draws: draws.slice(first, first + AT_A_TIME),
        };
        const { kind, draws: rows } = job;
        return { job, identity: { kind, seed, model: model.name, declared, table, first, rows } };
      });
    }),
  );
  const results = await runJobs(pieces.flat(), host, 'bootstrap of the final models', available);
  return fit.models.map(({ model, patients }, index) => {
    const { locked } = fit.candidates[index]![chosen[index]!]!;
    const own = results.slice(index * blocks, (index + 1) * blocks) as FinalModelResult[];
    return optimismResult(
      model.name,
      performanceOf(
        predictProba(locked.classifier, classifierInputs(patients), available?.classifiers),
        patients.outcomes,
      ),
      own.flatMap((result) => result.resampled),
      'partial',
    );
  });
}
