import { classifierName } from '@sentinode/learning';
import { auc, mean, standardDeviation } from '@sentinode/statistics';
import type { ModelData } from '../models/model-data.ts';
import type {
  Corrected,
  NestedResult,
  OptimismResult,
  StabilityResult,
} from '../results/resampling-results.ts';
import type { Performance } from './performance.ts';
import type { BootstrapResult, OuterResult, Unit } from './unit.ts';

const most = <T>(items: readonly T[]): [T, number][] => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};

/** Out-of-fold probabilities of one model, first repeat. */
export function pooledProbabilities(
  units: readonly Unit[],
  results: readonly OuterResult[],
  model: number,
  rows: number,
): Float64Array {
  const pooled = new Float64Array(rows).fill(Number.NaN);
  units.forEach((unit, at) => {
    if (unit.kind !== 'outer' || unit.repeat > 0) return;
    unit.test.forEach((row, i) => {
      pooled[row] = results[at]!.models[model]!.probabilities[i]!;
    });
  });
  return pooled;
}

/** Nested cross-validation by model. */
export function nestedResults(
  models: readonly string[],
  units: readonly Unit[],
  results: readonly OuterResult[],
  data: ModelData,
): NestedResult[] {
  return models.map((model, index) => {
    const pooled = pooledProbabilities(units, results, index, data.ids.length);
    const folds = units.map((unit, at) => {
      if (unit.kind !== 'outer') return null;
      const { probabilities } = results[at]!.models[index]!;
      const truth = unit.test.map((row) => data.outcomes[row]!);
      return new Set(truth).size < 2 ? null : auc(probabilities, truth).auc;
    });
    const known = folds.filter((value): value is number => value !== null);
    const chosen = results.map((result) => classifierName(result.models[index]!.chosen));
    return {
      model,
      pooled: auc(pooled, data.outcomes),
      folds,
      mean: known.length === 0 ? null : mean(known),
      sd: known.length < 2 ? null : standardDeviation(known),
      choices: most(chosen).map(([classifier, count]) => ({ classifier, count })),
    };
  });
}

/** Performance of the model of one resample: there, and on the original patients. */
export interface ResampledPerformance {
  readonly apparent: Performance;
  readonly original: Performance;
}

/** Harrell's optimism: apparent minus the mean of (performance on the resample minus on the original patients). */
export function optimismResult(
  model: string,
  apparent: Performance,
  resampled: readonly ResampledPerformance[],
  scope: OptimismResult['scope'],
): OptimismResult {
  const corrected = (measure: keyof Performance): Corrected | null => {
    const at = apparent[measure];
    const gaps = resampled.flatMap((one) => {
      const [inside, outside] = [one.apparent[measure], one.original[measure]];
      return inside === null || outside === null ? [] : [inside - outside];
    });
    if (at === null || gaps.length === 0) return null;
    const optimism = mean(gaps);
    return { apparent: at, optimism, corrected: at - optimism, n: gaps.length };
  };
  return {
    model,
    bootstraps: resampled.length,
    scope,
    auc: corrected('auc')!,
    brier: corrected('brier')!,
    slope: corrected('slope'),
    intercept: corrected('intercept'),
  };
}

/** How often each predictor was kept over all resamples that select anew. */
export function stabilityResults(
  models: readonly { readonly name: string; readonly kept: readonly string[] }[],
  results: readonly (OuterResult | BootstrapResult)[],
): StabilityResult[] {
  return models.map(({ name, kept }, index) => {
    const final = new Set(kept);
    const counts = most(results.flatMap((result) => result.models[index]!.kept));
    return {
      model: name,
      resamples: results.length,
      predictors: counts
        .filter(([predictor, count], rank) => final.has(predictor) || rank < 30 || count === results.length)
        .map(([predictor, count]) => ({
          name: predictor,
          share: count / results.length,
          kept: final.has(predictor),
        })),
    };
  });
}
