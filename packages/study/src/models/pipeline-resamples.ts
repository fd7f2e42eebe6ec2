import type { FeatureTable } from '@sentinode/core';
import { type FittedClassifier, keepsRows } from '@sentinode/learning';
import { quantileOfSorted } from '@sentinode/statistics';
import type { EncodedVariable } from './clinical-encoding.ts';
import type { DeepBlock, LockedModel, RadiomicBlock } from './locked-model.ts';
import { type PatientFeatures, scoresOf } from './score.ts';

/** Fewest resamples whose percentiles are called an interval. */
export const FEWEST_RESAMPLES = 200;

/** Directions that hold every deep feature of the training rows, so that resampled components are short. */
export interface DeepBasis {
  /** Names of the network's features, in order. */
  readonly inputs: readonly string[];
  readonly centre: readonly number[];
  /** Row-major, one row per direction, as long as `inputs`. */
  readonly directions: Float32Array;
}

/** A model fitted on one resample of the training rows. */
export interface ResampledModel {
  readonly radiomics: RadiomicBlock | null;
  /** Its inputs are the coordinates in the basis. */
  readonly deep: Omit<DeepBlock, 'inputs' | 'columns'> | null;
  readonly clinical: readonly EncodedVariable[];
  readonly predictors: readonly string[];
  readonly classifier: FittedClassifier;
}

/** The fits behind the interval of a prediction, as plain JSON but for the basis. */
export interface PipelineResamples {
  readonly schema: 'sentinode-resamples/1';
  readonly notice: string;
  /** What was fitted anew on each resample, and what was not. */
  readonly repeated: readonly string[];
  readonly fixed: readonly string[];
  readonly basis: DeepBasis | null;
  readonly models: readonly ResampledModel[];
}

/** Percentiles of the probabilities of the resampled models, or why there are none. */
export type PredictionInterval =
  | { readonly interval: readonly [number, number]; readonly resamples: number }
  | { readonly interval: null; readonly reason: string };

/** Directions shorter than this share of the longest row are rounding. */
const NEGLIGIBLE = 1e-9;

/** Orthonormal directions of the centred rows (modified Gram-Schmidt, each row twice), rounded to single precision. */
export function basisOf(deep: readonly FeatureTable[]): DeepBasis {
  const inputs = deep[0]!.names;
  const centre = inputs.map((_, j) => {
    let sum = 0;
    for (const { columns } of deep) for (const value of columns[j]!) sum += value;
    return sum / (deep.length * deep[0]!.ids.length);
  });
  const rows = centredRows(deep, centre);
  const longest = rows.reduce((most, row) => Math.max(most, Math.sqrt(dot(row, row))), 0);
  const kept: Float64Array[] = [];
  for (const row of rows) {
    for (let turn = 0; turn < 2; turn++)
      for (const direction of kept) {
        const along = dot(row, direction);
        for (let j = 0; j < row.length; j++) row[j]! -= along * direction[j]!;
      }
    const length = Math.sqrt(dot(row, row));
    if (length > NEGLIGIBLE * longest) kept.push(row.map((value) => value / length));
  }
  const directions = new Float32Array(kept.length * inputs.length);
  kept.forEach((direction, at) => {
    directions.set(direction, at * inputs.length);
  });
  return { inputs, centre, directions };
}

function centredRows(deep: readonly FeatureTable[], centre: readonly number[]): Float64Array[] {
  return deep.flatMap(({ ids, columns }) =>
    ids.map((_, row) => Float64Array.from(columns, (column, j) => column[row]! - centre[j]!)),
  );
}

/** Rows as coordinates in a basis: inner products, and so components, are those of the features themselves. */
export function inBasis(basis: DeepBasis, table: FeatureTable): FeatureTable {
  const rows = centredRows([table], basis.centre).map((row) => project(basis, row));
  const axes = basis.directions.length / basis.inputs.length;
  return {
    ids: table.ids,
    names: Array.from({ length: axes }, (_, axis) => axisName(axis)),
    columns: Array.from({ length: axes }, (_, axis) => Float64Array.from(rows, (row) => row[axis]!)),
  };
}

const axisName = (axis: number): string => `axis${axis}`;

function project({ directions, inputs }: DeepBasis, row: ArrayLike<number>): Float64Array {
  const width = inputs.length;
  return Float64Array.from({ length: width === 0 ? 0 : directions.length / width }, (_, axis) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += directions[axis * width + j]! * row[j]!;
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** Features that some resampled model reads, beside those of the locked model. */
export function resampledColumns({ models, basis }: PipelineResamples): string[] {
  return [
    ...new Set([...models.flatMap(({ radiomics }) => radiomics?.columns ?? []), ...(basis?.inputs ?? [])]),
  ];
}

/** Clinical variables that some resampled model reads. */
export function resampledVariables({ models }: PipelineResamples): EncodedVariable[] {
  const found = new Map(models.flatMap(({ clinical }) => clinical.map((one) => [one.name, one] as const)));
  return [...found.values()];
}

/**
 * The 2.5th and 97.5th percentile (interpolated) of what the resampled models say of a patient. It spreads with the training
 * rows, with what they made of selection and coefficients; it says nothing of what a single patient will do.
 */
export function predictionInterval(
  { classifier, imputation }: Pick<LockedModel, 'classifier' | 'imputation'>,
  resamples: PipelineResamples | null,
  patient: PatientFeatures,
): PredictionInterval {
  if (resamples === null || resamples.models.length === 0)
    return {
      interval: null,
      reason: keepsRows(classifier)
        ? `resampled models of ${classifier.classifier} would hold training patients, so the run stored none`
        : 'the run that made this model stored no resampled models (resampling.intervals)',
    };
  if (resamples.models.length < FEWEST_RESAMPLES)
    return {
      interval: null,
      reason: `the run stored ${resamples.models.length} resampled models; an interval needs ${FEWEST_RESAMPLES}`,
    };
  const known = new Map<string, number>();
  const missing = [
    ...resampledColumns(resamples).filter((name) => {
      const value = patient.feature(name);
      if (value !== undefined && Number.isFinite(value)) known.set(name, value);
      return !known.has(name);
    }),
    ...(imputation === undefined
      ? resampledVariables(resamples)
          .map(({ name }) => name)
          .filter((name) => (patient.clinical[name] ?? null) === null)
      : []),
  ];
  if (missing.length > 0)
    return {
      interval: null,
      reason: `the resampled models also read ${missing.length} columns that are not given for this patient (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', ...' : ''})`,
    };
  const { basis } = resamples;
  const axes =
    basis === null
      ? new Float64Array(0)
      : project(
          basis,
          Float64Array.from(basis.inputs, (name, j) => known.get(name)! - basis.centre[j]!),
        );
  const names = Array.from(axes, (_, axis) => axisName(axis));
  const position = new Map(names.map((name, axis) => [name, axis]));
  const seen: PatientFeatures = {
    ...patient,
    feature: (name) => {
      const axis = position.get(name);
      return axis === undefined ? known.get(name) : axes[axis];
    },
  };
  const probabilities = resamples.models
    .map((one) => probabilityIn(one, names, seen, imputation))
    .sort((a, b) => a - b);
  return {
    interval: [quantileOfSorted(probabilities, 0.025), quantileOfSorted(probabilities, 0.975)],
    resamples: probabilities.length,
  };
}

function probabilityIn(
  { radiomics, deep, clinical, predictors, classifier }: ResampledModel,
  axes: readonly string[],
  patient: PatientFeatures,
  imputation: LockedModel['imputation'],
): number {
  const scores = scoresOf(
    {
      radiomics,
      deep: deep === null ? null : { ...deep, inputs: axes, columns: [] },
      clinical,
      ...(imputation === undefined ? {} : { imputation }),
      predictors: predictors.map((name) => ({ name })),
      classifier,
    },
    patient,
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
