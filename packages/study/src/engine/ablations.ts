import type { Available } from '@sentinode/learning';
import { auc, delongTest } from '@sentinode/statistics';
import { deltaPairs, deltaPrefix } from '../features/delta-columns.ts';
import type { StudyHost } from '../host/study-host.ts';
import { definedColumns, type ModelData } from '../models/model-data.ts';
import { type Part, partsOf } from '../models/model-parts.ts';
import type { RecipeModel } from '../models/recipe.ts';
import { runUnits } from '../resampling/run-units.ts';
import { pooledProbabilities } from '../resampling/summarise.ts';
import type { OuterResult } from '../resampling/unit.ts';
import { outerUnits } from '../resampling/units.ts';
import type { AblationResult } from '../results/resampling-results.ts';
import type { Study } from '../study-file/options.ts';
import type { ProfileFit } from './fit-profile.ts';

/** A model with less in it, and the model that it is compared with. */
interface Ablation {
  readonly model: RecipeModel;
  readonly reference: string;
  readonly what: string;
}

/**
 * The models of the study from one visit alone, from the change alone, from one sequence alone, and the sums of two
 * blocks, as far as the data have the columns.
 */
export function ablationsOf(study: Study, data: ModelData, models: readonly RecipeModel[]): Ablation[] {
  const layout = study.images ?? study.features;
  const names = new Set(models.map((model) => model.name));
  const pairs = layout === undefined ? [] : deltaPairs(layout.visits, layout.delta);
  const visits = [...(layout?.visits ?? []), ...pairs.map((pair) => deltaPrefix(pair, pairs))];
  const has = (part: Part, starts: readonly string[]): boolean => {
    const table = part === 'radiomics' ? data.radiomics : part === 'deep' ? data.deep : null;
    return table?.names.some((name) => starts.some((start) => name.startsWith(start))) ?? false;
  };
  const imaging = models.filter(
    ({ parts, only }) => only === undefined && parts.some((part) => part !== 'clinical'),
  );
  const ofVisits = imaging.flatMap(({ name, parts }) =>
    visits
      .filter((visit) => parts.every((part) => part === 'clinical' || has(part, [`${visit}_`])))
      .map(
        (visit): Ablation => ({
          model: { name: `${name}, ${visit} only`, parts, only: [`${visit}_`] },
          reference: name,
          what: `${visit} only`,
        }),
      ),
  );
  const ofSequences = imaging
    .filter(({ parts }) => parts.includes('radiomics') && !parts.includes('deep'))
    .flatMap(({ name, parts }) =>
      (layout?.sequences ?? []).flatMap((sequence): Ablation[] => {
        const only = visits.map((visit) => `${visit}_${sequence}_`);
        return has('radiomics', only)
          ? [
              {
                model: { name: `${name}, ${sequence} only`, parts, only },
                reference: name,
                what: `${sequence} only`,
              },
            ]
          : [];
      }),
    );
  const sums = ['radiomics+clinical', 'deep+clinical']
    .filter((name) => names.has('dlr') && !names.has(name))
    .map(
      (name): Ablation => ({
        model: { name, parts: partsOf(name) },
        reference: 'dlr',
        what: name,
      }),
    );
  return [...ofVisits, ...ofSequences, ...sums].filter(
    ({ what }) => visits.length > 1 || !visits.includes(what.replace(/ only$/, '')),
  );
}

/** Nested cross-validation of every ablation on the outer folds of the study, and its paired difference to the model. */
export async function ablate(
  fit: ProfileFit,
  full: readonly OuterResult[],
  study: Study,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<AblationResult[]> {
  const defined = definedColumns(data);
  const ablations = ablationsOf(study, defined, fit.recipe.models);
  if (ablations.length === 0) return [];
  const units = outerUnits(study, defined);
  const recipe = { ...fit.recipe, models: ablations.map(({ model }) => model) };
  const results = (await runUnits(recipe, defined, units, host, 'ablations', available)) as OuterResult[];
  return ablations.map(({ model, reference, what }, index) => {
    const own = pooledProbabilities(units, results, index, data.ids.length);
    const position = fit.recipe.models.findIndex((one) => one.name === reference);
    const whole = pooledProbabilities(units, full, position, data.ids.length);
    const { difference, ci, p } = delongTest(own, whole, data.outcomes);
    return { model: model.name, reference, what, auc: auc(own, data.outcomes), difference, ci, p };
  });
}
