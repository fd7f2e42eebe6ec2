import { createRandom, type FeatureTable, selectPositions } from '@sentinode/core';
import { type Available, type DeclaredClassifier, fitClassifier, predictProba } from '@sentinode/learning';
import { performanceOf } from './performance.ts';
import type { ResampledPerformance } from './summarise.ts';

/**
 * Some bootstraps of a final model: its classifier with its settings, fitted anew on resamples of the predictors that
 * it has. The same job gives the same bytes anywhere.
 */
export interface FinalModelJob {
  readonly kind: 'final-model';
  readonly seed: number;
  readonly model: string;
  readonly declared: DeclaredClassifier;
  /** Every patient once, and behind them the copies that augmentation made of each, in the same order. */
  readonly inputs: FeatureTable;
  /** Completed versions of the inputs, where values were imputed; they are not imputed anew. */
  readonly completed?: readonly FeatureTable[];
  /** Of every patient once. */
  readonly outcomes: readonly (0 | 1)[];
  /** Number of the first resample; each names its generator. */
  readonly first: number;
  readonly draws: readonly (readonly number[])[];
}

export interface FinalModelResult {
  readonly kind: 'final-model';
  readonly resampled: readonly ResampledPerformance[];
}

/** A function of the job alone. */
export function runFinalModel(job: FinalModelJob, available?: Available): FinalModelResult {
  const { seed, model, declared, inputs, completed = [inputs], outcomes, first, draws } = job;
  const patients = completed.map((version) =>
    selectPositions(
      version,
      outcomes.map((_, row) => row),
    ),
  );
  const copies = inputs.ids.length / outcomes.length;
  return {
    kind: 'final-model',
    resampled: draws.map((rows, index): ResampledPerformance => {
      const drawn = rows.map((row) => outcomes[row]!);
      // a patient is drawn with all copies
      const all = Array.from({ length: copies }, (_, copy) =>
        rows.map((row) => row + copy * outcomes.length),
      );
      const random = createRandom(seed, `resampling/final model/${model}/${first + index}`);
      const fitted = fitClassifier(
        declared,
        completed.map((version) => selectPositions(version, all.flat())),
        all.flatMap(() => drawn),
        random,
        available?.classifiers,
      );
      const original = predictProba(fitted, patients, available?.classifiers);
      return {
        apparent: performanceOf(
          Float64Array.from(rows, (row) => original[row]!),
          drawn,
        ),
        original: performanceOf(original, outcomes),
      };
    }),
  };
}
