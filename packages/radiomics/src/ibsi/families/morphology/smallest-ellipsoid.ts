import { symmetricEigen } from '@sentinode/core';

type Vector = readonly [number, number, number];

/** Relative excess of the farthest point, or lack of the nearest one that counts, at which the iteration stops. */
const PRECISION = 1e-7;
const MOST_STEPS = 10_000;

/**
 * Semi-axes in mm, descending, of the ellipsoid of least volume around points: weights move towards the farthest point
 * or away from the nearest one (Khachiyan 1996 with the away steps of Todd & Yildirim 2007), and the result is scaled so
 * that every point lies inside.
 */
export function smallestEllipsoid(points: readonly Vector[]): Vector {
  const n = points.length;
  const weights = new Float64Array(n).fill(1 / n);
  let form = scatter(points, weights);
  let farthest = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const distances = points.map((point) => form.distance(point));
    let far = 0;
    let near = -1;
    for (let p = 0; p < n; p++) {
      if (distances[p]! > distances[far]!) far = p;
      if (weights[p]! > 0 && (near < 0 || distances[p]! < distances[near]!)) near = p;
    }
    farthest = distances[far]!;
    const excess = farthest - 3;
    const lack = 3 - distances[near]!;
    if (excess <= 3 * PRECISION && lack <= 3 * PRECISION) break;
    const moved = excess >= lack ? far : near;
    const best = (distances[moved]! - 3) / (4 * distances[moved]!);
    const share = moved === far ? best : Math.max(best, -weights[near]! / (1 - weights[near]!));
    const emptied = moved === near && share > best;
    for (let p = 0; p < n; p++) weights[p]! *= 1 - share;
    weights[moved] = emptied ? 0 : weights[moved]! + share;
    form = scatter(points, weights);
  }
  const { values } = symmetricEigen(form.covariance, 3);
  return Array.from(values, (value) => Math.sqrt(value * farthest)) as unknown as Vector;
}

/** Weighted covariance of points, and the squared distance that its inverse measures from the weighted mean. */
function scatter(
  points: readonly Vector[],
  weights: Float64Array,
): { covariance: Float64Array; distance: (point: Vector) => number } {
  const mean = [0, 0, 0];
  points.forEach((point, p) => {
    for (let a = 0; a < 3; a++) mean[a]! += weights[p]! * point[a]!;
  });
  const c = new Float64Array(9);
  points.forEach((point, p) => {
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        c[a * 3 + b]! += weights[p]! * (point[a]! - mean[a]!) * (point[b]! - mean[b]!);
  });
  const minor = (a: number, b: number, d: number, e: number): number => c[a]! * c[b]! - c[d]! * c[e]!;
  const [xx, xy, xz] = [minor(4, 8, 5, 7), minor(5, 6, 3, 8), minor(3, 7, 4, 6)];
  const [yy, yz, zz] = [minor(0, 8, 2, 6), minor(1, 6, 0, 7), minor(0, 4, 1, 3)];
  const determinant = c[0]! * xx + c[1]! * xy + c[2]! * xz;
  return {
    covariance: c,
    distance: (point) => {
      const [x, y, z] = [point[0] - mean[0]!, point[1] - mean[1]!, point[2] - mean[2]!];
      return (
        (x * x * xx + y * y * yy + z * z * zz + 2 * (x * y * xy + x * z * xz + y * z * yz)) / determinant
      );
    },
  };
}
