import type { Available } from '@sentinode/learning';
import { classifierInputs, predictProba } from '@sentinode/learning';
import type { StudyHost } from '../host/study-host.ts';
import { definedColumns, type ModelData } from '../models/model-data.ts';
import { performanceOf } from '../resampling/performance.ts';
import { runUnits } from '../resampling/run-units.ts';
import { nestedResults, optimismResult, stabilityResults } from '../resampling/summarise.ts';
import type { BootstrapResult, OuterResult } from '../resampling/unit.ts';
import { bootstrapUnits, outerUnits } from '../resampling/units.ts';
import type { NestedResult, ResamplingResults } from '../results/resampling-results.ts';
import type { Study } from '../study-file/options.ts';
import { ablate } from './ablations.ts';
import type { ProfileFit } from './fit-profile.ts';

/** Bootstraps of the whole pipeline where the study file does not say. */
const WHOLE_PIPELINE = 100;

/** Nested cross-validation of everything that a profile fits. */
export async function nestProfile(
  { recipe }: ProfileFit,
  study: Study,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<{ nested: NestedResult[]; outer: OuterResult[] }> {
  const defined = definedColumns(data);
  const units = outerUnits(study, defined);
  const outer = (await runUnits(
    recipe,
    defined,
    units,
    host,
    'nested cross-validation',
    available,
  )) as OuterResult[];
  const names = recipe.models.map((model) => model.name);
  return { nested: nestedResults(names, units, outer, data), outer };
}

/** Nested cross-validation and bootstrap of the whole pipeline, for the profiles that resample it. */
export async function resampleProfile(
  fit: ProfileFit,
  study: Study,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<{ resampling: ResamplingResults; outer: OuterResult[] }> {
  const { nested, outer } = await nestProfile(fit, study, data, host, available);
  const defined = definedColumns(data);
  const { pipeline, bootstraps: all } = study.resampling;
  const units = bootstrapUnits(study, defined, pipeline ?? all ?? WHOLE_PIPELINE);
  const bootstraps = (await runUnits(
    fit.recipe,
    defined,
    units,
    host,
    'bootstrap of the whole pipeline',
    available,
  )) as BootstrapResult[];
  const resampling: ResamplingResults = {
    innerFolds: fit.innerFolds ?? study.resampling.inner,
    outer:
      study.resampling.outer === 'centre'
        ? `one centre left out, ${outer.length} centres`
        : `${study.resampling.outer} folds, ${study.resampling.repeats} ${study.resampling.repeats === 1 ? 'time' : 'times'}`,
    nested,
    optimism:
      bootstraps.length === 0
        ? []
        : fit.models.map(({ model, patients }, index) => {
            const { locked } = fit.candidates[index]![fit.chosen?.[index] ?? 0]!;
            return optimismResult(
              model.name,
              performanceOf(predictProba(locked.classifier, classifierInputs(patients)), patients.outcomes),
              bootstraps.map((one) => one.models[index]!),
              'whole pipeline',
            );
          }),
    ablations: study.ablations ? await ablate(fit, outer, study, data, host, available) : [],
    stability: stabilityResults(
      fit.models.map(({ model, blocks }) => ({
        name: model.name,
        kept: [...(blocks.radiomics?.columns ?? []), ...blocks.clinical.map((variable) => variable.name)],
      })),
      [...outer, ...bootstraps],
    ),
  };
  return { resampling, outer };
}
