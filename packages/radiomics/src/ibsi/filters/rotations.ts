import type { Vector3 } from '@sentinode/volume';
import { convolveAxis } from './convolve.ts';
import type { Boundary, Pooling } from './options.ts';

/** Passes of a separable filter: which kernel goes along which axis, in order. */
export interface Pass {
  readonly axis: 0 | 1 | 2;
  readonly kernel: Float64Array;
}

interface Rotation {
  /** Kernel of each axis, by its place among the given ones. */
  readonly places: readonly number[];
  readonly flipped: readonly boolean[];
}

/** Permutations of 0 .. n-1 with their parity. */
function permutations(n: number): { order: number[]; odd: boolean }[] {
  if (n === 1) return [{ order: [0], odd: false }];
  return permutations(n - 1).flatMap(({ order, odd }) =>
    Array.from({ length: n }, (_, at) => ({
      order: [...order.slice(0, at), n - 1, ...order.slice(at)],
      odd: odd !== ((n - 1 - at) % 2 === 1),
    })),
  );
}

/**
 * The proper right-angled rotations of a filter with one kernel per axis: permutations with flips whose parities agree,
 * 24 of three axes and 4 of two; only the identity where invariance is not asked for.
 */
export function rotations(axes: 2 | 3, invariant: boolean): readonly Rotation[] {
  const none = Array.from({ length: axes }, () => false);
  if (!invariant) return [{ places: [...none.keys()], flipped: none }];
  return permutations(axes).flatMap(({ order, odd }) =>
    Array.from({ length: 2 ** axes }, (_, bits) => none.map((__, axis) => ((bits >> axis) & 1) === 1))
      .filter((flipped) => (flipped.filter(Boolean).length % 2 === 1) === odd)
      .map((flipped) => ({ places: order, flipped })),
  );
}

export const reversed = (kernel: Float64Array): Float64Array => Float64Array.from(kernel).reverse();

/**
 * Responses of several lists of passes, pooled voxel by voxel. Lists are done in an order in which common beginnings are
 * computed once, and equal ones once; each list occurs as often as the others, so the mean does not change.
 */
export function pooledResponse(
  data: Float64Array,
  size: Vector3,
  lists: readonly (readonly Pass[])[],
  pooling: Pooling,
  boundary: Boundary,
): Float64Array {
  const keyed = new Map(
    lists.map((passes) => [passes.map(({ axis, kernel }) => `${axis}:${kernel.join()}`).join('|'), passes]),
  );
  const ordered = [...keyed].sort(([a], [b]) => (a < b ? -1 : 1));
  const stack: { key: string; data: Float64Array }[] = [];
  let pooled: Float64Array | undefined;
  for (const [key, passes] of ordered) {
    const keys = key.split('|');
    let depth = 0;
    while (depth < stack.length && stack[depth]!.key === keys[depth]) depth++;
    stack.length = depth;
    for (; depth < passes.length; depth++) {
      const { axis, kernel } = passes[depth]!;
      const from = depth === 0 ? data : stack[depth - 1]!.data;
      stack.push({ key: keys[depth]!, data: convolveAxis(from, size, axis, kernel, boundary) });
    }
    const response = stack[stack.length - 1]!.data;
    if (pooled === undefined) pooled = Float64Array.from(response);
    else if (pooling === 'max')
      for (let k = 0; k < pooled.length; k++) pooled[k] = Math.max(pooled[k]!, response[k]!);
    else for (let k = 0; k < pooled.length; k++) pooled[k]! += response[k]!;
  }
  if (pooling === 'mean') for (let k = 0; k < pooled!.length; k++) pooled![k]! /= ordered.length;
  return pooled!;
}
