import { assertSameGrid } from '../../geometry/assert-same-grid.ts';
import type { Mask } from '../../volume.ts';
import { surfaceDistances } from './surface-distances.ts';

/** How far two masks of one image agree. */
export interface MaskAgreement {
  /** Twice the common voxels over the sum of both. */
  readonly dice: number;
  /** Common voxels over those of either. */
  readonly jaccard: number;
  /** Millimetres: the larger of the two directed 95th percentiles of surface distances. */
  readonly hausdorff95: number;
  /** Millimetres: the largest surface distance. */
  readonly hausdorff: number;
  /** Millimetres: mean of both directed mean surface distances. */
  readonly meanSurfaceDistance: number;
  /** Millilitres. */
  readonly volumes: readonly [number, number];
  /** Second minus first, in per cent of their mean. */
  readonly volumeDifference: number;
}

/**
 * Compares two masks of one grid. Surfaces are voxels with a face outside the mask; distances are between their centres.
 * @returns undefined where either mask is empty
 * @throws SentinodeError `mask-size`, `mask-geometry` for masks of different grids
 */
export function maskAgreement(a: Mask, b: Mask): MaskAgreement | undefined {
  assertSameGrid(a, b);
  let [first, second, common] = [0, 0, 0];
  for (let at = 0; at < a.data.length; at++) {
    first += a.data[at];
    second += b.data[at];
    common += a.data[at] & b.data[at];
  }
  if (first === 0 || second === 0) return undefined;
  const { spacing } = a.geometry;
  const millilitres = (spacing[0] * spacing[1] * spacing[2]) / 1000;
  const [there, back] = [surfaceDistances(a, b), surfaceDistances(b, a)];
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    dice: (2 * common) / (first + second),
    jaccard: common / (first + second - common),
    hausdorff95: Math.max(percentile(there, 0.95), percentile(back, 0.95)),
    hausdorff: Math.max(there[there.length - 1], back[back.length - 1]),
    meanSurfaceDistance: (mean(there) + mean(back)) / 2,
    volumes: [first * millilitres, second * millilitres],
    volumeDifference: (200 * (second - first)) / (first + second),
  };
}

/** Percentile of sorted values, linear between neighbours (NumPy's default). */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
