type Vector = readonly [number, number, number];

/** Norms by which directions may be weighted, and plain addition. */
export const weightingNorms = ['manhattan', 'euclidean', 'infinity', 'no_weighting'] as const;

/**
 * Squared length in mm^2 of an offset in a norm of {@link weightingNorms}; undefined for plain addition and for a norm
 * that is not known, where every direction has the weight 1.
 */
export function squaredLength(offset: Vector, spacing: Vector, norm: string): number | undefined {
  const [x, y, z] = offset.map((step, axis) => Math.abs(step) * spacing[axis]!) as unknown as Vector;
  if (norm === 'manhattan') return (x + y + z) * (x + y + z);
  if (norm === 'euclidean') return x * x + y * y + z * z;
  const most = Math.max(x, y, z);
  return norm === 'infinity' ? most * most : undefined;
}
