import type { Vector3 } from '../volume.ts';

/** Control points of a cubic B-spline over a grid, x fastest. */
export interface Lattice {
  readonly points: Vector3;
  readonly values: Float64Array;
}

const ORDER = 3;
/** Share of a voxel by which the last one is taken to lie inside the last span, as in ITK. */
const EPSILON = 1e-3;

/** Weights of the four control points that reach each voxel of one axis. */
export interface AxisWeights {
  /** First control point of each voxel. */
  readonly first: Int32Array;
  /** Four a voxel. */
  readonly weights: Float64Array;
  /** Sum of their squares. */
  readonly squares: Float64Array;
}

/** @param voxels of the axis @param points control points along it, at least four */
export function axisWeights(voxels: number, points: number): AxisWeights {
  const spans = points - ORDER;
  const first = new Int32Array(voxels);
  const weights = new Float64Array(4 * voxels);
  const squares = new Float64Array(voxels);
  const perVoxel = voxels === 1 ? 0 : spans / (voxels - 1);
  for (let at = 0; at < voxels; at++) {
    let place = at * perVoxel;
    if (Math.abs(place - spans) <= perVoxel * EPSILON) place = spans - perVoxel * EPSILON;
    first[at] = Math.floor(place);
    for (let k = 0; k < 4; k++) {
      const weight = cubic(place - first[at] - k + 1);
      weights[4 * at + k] = weight;
      squares[at] += weight * weight;
    }
  }
  return { first, weights, squares };
}

function cubic(u: number): number {
  const distance = Math.abs(u);
  if (distance < 1) return (4 - 6 * distance * distance + 3 * distance * distance * distance) / 6;
  const rest = 2 - distance;
  return distance < 2 ? (rest * rest * rest) / 6 : 0;
}

/** Value of the spline at every voxel of a grid. */
export function evaluate({ points, values }: Lattice, axes: readonly AxisWeights[]): Float64Array {
  let size: Vector3 = points;
  let data = values;
  axes.forEach((axis, k) => {
    const voxels = axis.first.length;
    const next = size.map((n, at) => (at === k ? voxels : n)) as unknown as Vector3;
    const [inner, outer] = strides(size, k);
    const spread = new Float64Array(next[0] * next[1] * next[2]);
    for (let o = 0; o < outer; o++)
      for (let v = 0; v < voxels; v++)
        for (let c = 0; c < 4; c++) {
          const weight = axis.weights[4 * v + c];
          if (weight === 0) continue;
          const from = inner * (o * size[k] + axis.first[v] + c);
          const to = inner * (o * voxels + v);
          for (let i = 0; i < inner; i++) spread[to + i] += weight * data[from + i];
        }
    size = next;
    data = spread;
  });
  return data;
}

/**
 * Sums over the voxels of a grid at each control point: of values times the products over the axes of
 * `power`-th powers of the weights, divided by the sums of squares where the power is 3 (Lee 1997).
 */
export function gather(
  values: Float64Array,
  size: Vector3,
  points: Vector3,
  axes: readonly AxisWeights[],
  power: 2 | 3,
): Float64Array {
  let shape: Vector3 = size;
  let data = values;
  axes.forEach((axis, k) => {
    const next = shape.map((n, at) => (at === k ? points[k] : n)) as unknown as Vector3;
    const [inner, outer] = strides(shape, k);
    const gathered = new Float64Array(next[0] * next[1] * next[2]);
    for (let o = 0; o < outer; o++)
      for (let v = 0; v < shape[k]; v++)
        for (let c = 0; c < 4; c++) {
          const weight = axis.weights[4 * v + c];
          const factor = power === 2 ? weight * weight : (weight * weight * weight) / axis.squares[v];
          const from = inner * (o * shape[k] + v);
          const to = inner * (o * points[k] + axis.first[v] + c);
          for (let i = 0; i < inner; i++) gathered[to + i] += factor * data[from + i];
        }
    shape = next;
    data = gathered;
  });
  return data;
}

/** The same spline on a lattice of half the spans. */
export function refine({ points, values }: Lattice): Lattice {
  let size: Vector3 = points;
  let data = values;
  for (let k = 0; k < 3; k++) {
    const count = 2 * (size[k] - ORDER) + ORDER;
    const next = size.map((n, at) => (at === k ? count : n)) as unknown as Vector3;
    const [inner, outer] = strides(size, k);
    const refined = new Float64Array(next[0] * next[1] * next[2]);
    for (let o = 0; o < outer; o++)
      for (let c = 0; c < count; c++) {
        // Subdivision of a cubic B-spline: edge points (1 1) / 2 and vertex points (1 6 1) / 8.
        const half = c >> 1;
        const parts: readonly (readonly [number, number])[] =
          c % 2 === 0
            ? [
                [half, 0.5],
                [half + 1, 0.5],
              ]
            : [
                [half, 0.125],
                [half + 1, 0.75],
                [half + 2, 0.125],
              ];
        for (const [from, weight] of parts)
          for (let i = 0; i < inner; i++)
            refined[inner * (o * count + c) + i] += weight * data[inner * (o * size[k] + from) + i];
      }
    size = next;
    data = refined;
  }
  return { points: size, values: data };
}

/** Values within one step of an axis, and repetitions of the axis. */
function strides(size: Vector3, axis: number): [inner: number, outer: number] {
  const inner = size.slice(0, axis).reduce((product, n) => product * n, 1);
  const outer = size.slice(axis + 1).reduce((product, n) => product * n, 1);
  return [inner, outer];
}
