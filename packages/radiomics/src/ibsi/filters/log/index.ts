import { exp } from '@sentinode/core';
import type { Vector3 } from '@sentinode/volume';
import { z } from 'zod';
import { axesOf, convolveAxis } from '../convolve.ts';
import type { IbsiFilter } from '../filter.ts';
import { boundary, dimension, name } from '../options.ts';

const options = z.strictObject({
  type: z.literal('log'),
  name,
  dimension,
  boundary,
  sigma: z.number().positive().describe('standard deviation, mm'),
  truncation: z.number().positive().default(4).describe('half width of the kernel in standard deviations'),
});

type Options = z.output<typeof options>;

const halfWidth = ({ sigma, truncation }: Options, spacing: number): number =>
  Math.floor((truncation * sigma) / spacing + 0.5);

/** Gaussian and its second derivative, at whole voxels. */
function kernels(given: Options, spacing: number): { smooth: Float64Array; curve: Float64Array } {
  const sigma = given.sigma / spacing;
  const half = halfWidth(given, spacing);
  const t = Float64Array.from({ length: 2 * half + 1 }, (_, k) => k - half);
  const smooth = t.map((x) => exp((-x * x) / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma));
  const curve = smooth.map(
    (g, k) => g * ((t[k]! * t[k]!) / (sigma * sigma * sigma * sigma) - 1 / (sigma * sigma)),
  );
  return { smooth, curve };
}

/**
 * Laplacian of Gaussian, neither normalised nor made to sum to 0. The kernel on its square or cube is the sum over the
 * axes of the second derivative along one and the Gaussian along the others, so passes along axes give it exactly.
 */
export const laplacianOfGaussian = {
  type: 'log',
  title: 'Laplacian of Gaussian',
  options,
  label: ({ dimension, sigma }) => `log-${dimension}-sigma-${sigma}`,
  reach: (given, spacing) =>
    spacing.map((mm, axis) =>
      axis === 2 && given.dimension === '2D' ? 0 : halfWidth(given, mm),
    ) as unknown as Vector3,
  apply: ({ values, size, spacing }, given) => {
    const axes = axesOf(given.dimension);
    const perAxis = axes.map((axis) => kernels(given, spacing[axis]));
    const out = new Float64Array(values.length);
    for (const derived of axes) {
      const part = axes.reduce((data, axis) => {
        const kernel = axis === derived ? perAxis[axis]!.curve : perAxis[axis]!.smooth;
        return convolveAxis(data, size, axis, kernel, given.boundary);
      }, values);
      for (let k = 0; k < out.length; k++) out[k]! += part[k]!;
    }
    return out;
  },
} satisfies IbsiFilter<typeof options>;
