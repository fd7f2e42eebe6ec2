import type { FeatureValue } from '../../../features/feature-class.ts';
import { fastLength, fourier } from '../../../kernels/fourier/fourier.ts';
import type { IbsiRegion } from '../../region.ts';

/**
 * Moran's I and Geary's C with weights 1 / distance between all pairs of voxels of the intensity mask. Weights depend on
 * the displacement only, so the sums over pairs are convolutions: exact up to rounding, for regions of any size.
 */
export function spatialAutocorrelation(region: IbsiRegion): { moran: FeatureValue; geary: FeatureValue } {
  const { values, inBox, size, spacing } = region;
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const deviations = values.map((value) => value - mean);
  const squares = deviations.reduce((sum, d) => sum + d * d, 0);
  if (n < 2 || squares === 0) {
    const reason = { undefined: n < 2 ? 'one voxel has no neighbour' : 'all intensities are equal' };
    return { moran: reason, geary: reason };
  }
  const padded = size.map((extent) => fastLength(2 * extent - 1)) as [number, number, number];
  const place = (at: number): number =>
    (at % size[0]) +
    padded[0] * ((Math.floor(at / size[0]) % size[1]) + padded[1] * Math.floor(at / (size[0] * size[1])));
  const length = padded[0] * padded[1] * padded[2];
  // the mask is the real part, the deviations the imaginary part of one transform
  const fields = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let i = 0; i < n; i++) {
    fields.re[place(inBox[i]!)] = 1;
    fields.im[place(inBox[i]!)] = deviations[i]!;
  }
  const weights = { re: inverseDistances(padded, size, spacing), im: new Float64Array(length) };
  fourier(fields, padded, 'forward');
  fourier(weights, padded, 'forward');
  for (let k = 0; k < length; k++) {
    // weights are symmetric, so their transform is real
    fields.re[k]! *= weights.re[k]!;
    fields.im[k]! *= weights.re[k]!;
  }
  fourier(fields, padded, 'inverse');
  let total = 0;
  let products = 0;
  let differences = 0;
  for (let i = 0; i < n; i++) {
    const at = place(inBox[i]!);
    const d = deviations[i]!;
    total += fields.re[at]!;
    products += d * fields.im[at]!;
    differences += 2 * d * d * fields.re[at]! - 2 * d * fields.im[at]!;
  }
  return {
    moran: (n / total) * (products / squares),
    geary: ((n - 1) / (2 * total)) * (differences / squares),
  };
}

/** 1 / distance in mm by displacement, wrapped around; 0 for none and for those longer than the box. */
function inverseDistances(
  padded: readonly [number, number, number],
  size: readonly number[],
  spacing: readonly number[],
): Float64Array {
  const out = new Float64Array(padded[0] * padded[1] * padded[2]);
  const steps = padded.map((extent, axis) =>
    Float64Array.from({ length: extent }, (_, k) => {
      const step = Math.min(k, extent - k);
      return step < size[axis]! ? step * spacing[axis]! : Number.NaN;
    }),
  ) as [Float64Array, Float64Array, Float64Array];
  let at = 0;
  for (const dz of steps[2]) {
    for (const dy of steps[1]) {
      for (const dx of steps[0]) {
        const squared = dx * dx + dy * dy + dz * dz;
        out[at++] = squared > 0 ? 1 / Math.sqrt(squared) : 0;
      }
    }
  }
  return out;
}
