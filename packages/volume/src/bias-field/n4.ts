import { exp, log, SentinodeError } from '@sentinode/core';
import type { Vector3, Volume } from '../volume.ts';
import { type AxisWeights, axisWeights, evaluate, gather, type Lattice, refine } from './lattice.ts';
import { type BiasFieldOptions, biasFieldDefaults } from './options.ts';
import { otsuThreshold } from './otsu.ts';
import { sharpen } from './sharpen.ts';

/** Smallest lattice of a cubic B-spline along an axis. */
const FEWEST_POINTS = 4;

/** A corrected image (float32) and the factor by which each voxel was too bright. */
export interface CorrectedImage {
  readonly image: Volume;
  readonly field: Float64Array;
}

/**
 * Divides out the smooth gain of the receiver by N4ITK (Tustison 2010): the histogram of logarithms is sharpened, what
 * that changes is fitted by a B-spline, and both are repeated on ever finer lattices. The field is found where the
 * image is above its Otsu threshold, and given everywhere.
 * @param mask where the field is found instead, 1 inside, on the grid of the image
 * @throws SentinodeError `volume-constant` where nothing differs, `volume-nan` for values that are not finite,
 *   `option-invalid` for fewer than four control points
 */
export function correctBiasField(
  image: Volume,
  given: Partial<BiasFieldOptions> = {},
  mask?: Uint8Array,
): CorrectedImage {
  const options = { ...biasFieldDefaults, ...given };
  if (options.controlPoints < FEWEST_POINTS)
    throw new SentinodeError(
      'option-invalid',
      `N4 needs at least ${FEWEST_POINTS} control points along each axis.`,
      {
        field: 'controlPoints',
      },
    );
  for (const value of image.data)
    if (!Number.isFinite(value))
      throw new SentinodeError(
        'volume-nan',
        'The image holds values that are not finite; N4 cannot correct it.',
      );
  const inside = mask ?? maskOf(image);
  const shrunk = shrink(image, inside, options.shrink);
  if (!shrunk.inside.includes(1))
    throw new SentinodeError(
      'volume-constant',
      'The image has one value everywhere; there is no field to find.',
    );
  const lattice = fit(shrunk, options);
  const axes = image.geometry.size.map((n, k) => axisWeights(n, lattice.points[k]));
  const field = evaluate(lattice, axes).map(exp);
  const data = Float32Array.from(image.data, (value, at) => value / field[at]);
  return { image: { ...image, elementType: 'float32', data }, field };
}

function maskOf({ data }: Volume): Uint8Array {
  const threshold = otsuThreshold(data);
  return Uint8Array.from(data, (value) => (value > threshold ? 1 : 0));
}

/** A grid of values where the field is looked for. */
interface Grid {
  readonly size: Vector3;
  readonly values: Float64Array;
  readonly inside: Uint8Array;
}

/** Every so many voxels, the same number left over at both ends. */
function shrink({ geometry, data }: Volume, mask: Uint8Array, factor: number): Grid {
  const { size } = geometry;
  const counts = size.map((n) => Math.max(1, Math.floor(n / factor)));
  const offsets = size.map((n, axis) => Math.floor((n - 1 - (counts[axis] - 1) * factor) / 2 + 0.5));
  const total = counts[0] * counts[1] * counts[2];
  const values = new Float64Array(total);
  const inside = new Uint8Array(total);
  let to = 0;
  for (let z = 0; z < counts[2]; z++)
    for (let y = 0; y < counts[1]; y++)
      for (let x = 0; x < counts[0]; x++, to++) {
        const [i, j, k] = [x, y, z].map((at, axis) => offsets[axis] + at * factor);
        const from = i + size[0] * (j + size[1] * k);
        values[to] = data[from];
        inside[to] = mask[from];
      }
  return { size: counts as unknown as Vector3, values, inside };
}

function fit({ size, values, inside }: Grid, options: BiasFieldOptions): Lattice {
  const places = Int32Array.from(inside.keys()).filter((at) => inside[at] !== 0);
  // Logarithms of what is not positive are 0, as in ITK.
  const logs = Float64Array.from(places, (at) => (values[at] > 0 ? log(values[at]) : 0));
  const uncorrected = logs.slice();
  const sharpened = new Float64Array(logs.length);
  const residual = new Float64Array(values.length);
  const ones = Float64Array.from(inside);
  let field: Float64Array = new Float64Array(logs.length);
  const points = size.map(() => options.controlPoints) as unknown as Vector3;
  let lattice: Lattice = { points, values: new Float64Array(points[0] * points[1] * points[2]) };
  for (const [level, most] of options.iterations.entries()) {
    const axes: readonly AxisWeights[] = size.map((n, k) => axisWeights(n, lattice.points[k]));
    const weights = gather(ones, size, lattice.points, axes, 2);
    let change = Number.POSITIVE_INFINITY;
    for (let iteration = 0; iteration < most && change > options.convergence; iteration++) {
      sharpen(uncorrected, sharpened, options);
      places.forEach((at, k) => {
        residual[at] = uncorrected[k] - sharpened[k];
      });
      const sums = gather(residual, size, lattice.points, axes, 3);
      lattice = {
        points: lattice.points,
        values: lattice.values.map((value, at) => value + (weights[at] === 0 ? 0 : sums[at] / weights[at])),
      };
      const whole = evaluate(lattice, axes);
      const next = Float64Array.from(places, (at) => whole[at]);
      change = variation(field, next);
      field = next;
      for (let k = 0; k < logs.length; k++) uncorrected[k] = logs[k] - field[k];
    }
    if (level < options.iterations.length - 1) lattice = refine(lattice);
  }
  return lattice;
}

/** Coefficient of variation of the ratio of two fields. */
function variation(before: Float64Array, after: Float64Array): number {
  let mean = 0;
  let squares = 0;
  for (let k = 0; k < after.length; k++) {
    const ratio = exp(before[k] - after[k]);
    const n = k + 1;
    squares += n > 1 ? ((ratio - mean) * (ratio - mean) * (n - 1)) / n : 0;
    mean = mean * (1 - 1 / n) + ratio / n;
  }
  return Math.sqrt(squares / (after.length - 1)) / mean;
}
