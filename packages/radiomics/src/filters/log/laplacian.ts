import type { Box } from '@sentinode/volume';
import { type Axis, type Extent, others, passesOver } from './passes.ts';
import { secondDerivative, smoothing } from './recursive-gaussian.ts';

type Size = readonly [number, number, number];

/**
 * Laplacian of a Gaussian times sigma^2, by recursive filters (ITK LaplacianRecursiveGaussianImageFilter, normalised
 * across scale). Three passes for each of three terms; each pass visits only the lines from which the next reads, and
 * the last those through the box.
 * @param values x fastest; every axis has at least 4 voxels
 * @param sigma in mm, as `spacing`
 * @param axes along which it is taken
 * @returns the values inside the box
 */
export function laplacianOfGaussian(
  values: ArrayLike<number>,
  size: Size,
  spacing: Size,
  sigma: number,
  box: Box,
  axes: readonly Axis[] = [0, 1, 2],
): Float32Array {
  const passes = passesOver(values, size, box);
  const smooth = spacing.map((s) => smoothing(sigma / s));
  const inBox = box.start.map((start, axis) => [start, start + box.size[axis]!] as const);
  const cutTo = (...axes: Axis[]): Extent =>
    ([0, 1, 2] as const).map((axis) =>
      axes.includes(axis) ? inBox[axis]! : ([0, size[axis]] as const),
    ) as unknown as Extent;
  for (const axis of axes) {
    const [a, b] = others(axis).filter((one) => axes.includes(one)) as [Axis, Axis?];
    const derivative = secondDerivative(sigma / spacing[axis], sigma);
    passes.pass('image', 'a', axis, cutTo(axis), derivative);
    passes.pass('a', 'b', a, cutTo(axis, a), smooth[a]!);
    if (b !== undefined) passes.pass('b', 'a', b, cutTo(0, 1, 2), smooth[b]!);
    passes.add(b === undefined ? 'b' : 'a', 1 / (spacing[axis] * spacing[axis]));
  }
  return passes.result();
}
