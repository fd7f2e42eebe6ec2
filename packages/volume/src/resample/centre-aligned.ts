import { indexToWorld } from '../geometry/geometry.ts';
import type { Geometry, Vector3 } from '../volume.ts';
import { prefilterBSpline } from './interpolators/bspline/prefilter.ts';

/** How values between voxel centres are found. `cubic` is the interpolating cubic B-spline. */
export type GridInterpolation = 'nearest' | 'linear' | 'cubic';

/** Digits kept of a number of voxels before it is rounded up, so that 90.0000000001 stays 90. */
const COUNT_DIGITS = 1e6;

/**
 * Grid of another spacing with the same axes and the same centre, large enough for the old one: ceil(n s / s') voxels
 * along each axis (IBSI reference manual, interpolation grid).
 * @param spacing mm along x, y, z; 0 keeps the axis as it is
 */
export function centredGrid(geometry: Geometry, spacing: Vector3): Geometry {
  const old = geometry.spacing;
  const wanted = old.map((s, axis) => (spacing[axis] === 0 ? s : spacing[axis]!)) as unknown as Vector3;
  const size = geometry.size.map((n, axis) =>
    Math.max(1, Math.ceil(Math.round(((n * old[axis]!) / wanted[axis]!) * COUNT_DIGITS) / COUNT_DIGITS)),
  ) as unknown as Vector3;
  const first = size.map((_, axis) => sourceIndex(geometry, { size, spacing: wanted }, axis, 0));
  return {
    size,
    spacing: wanted,
    origin: indexToWorld(geometry, first as unknown as Vector3),
    direction: geometry.direction,
  };
}

/** Continuous index in the old grid of voxel j of the new one. */
function sourceIndex(
  from: Pick<Geometry, 'size' | 'spacing'>,
  to: Pick<Geometry, 'size' | 'spacing'>,
  axis: number,
  j: number,
): number {
  const ratio = to.spacing[axis]! / from.spacing[axis]!;
  return (from.size[axis]! - 1) / 2 + (j - (to.size[axis]! - 1) / 2) * ratio;
}

/**
 * Values of a grid on another with the same axes and centre, one axis after the other in double precision. Beyond the
 * outermost voxel centres the edge value is repeated (`cubic`: the image is mirrored there).
 * @param values x fastest, of the size of `from`
 */
export function resampleCentred(
  values: ArrayLike<number>,
  from: Geometry,
  to: Geometry,
  kind: GridInterpolation,
): Float64Array {
  let data: Float64Array = Float64Array.from(values);
  const size: [number, number, number] = [...from.size];
  for (const axis of [0, 1, 2] as const) {
    if (to.size[axis] === from.size[axis] && to.spacing[axis] === from.spacing[axis]) continue;
    const taps = Array.from({ length: to.size[axis] }, (_, j) =>
      tapsAt(sourceIndex(from, to, axis, j), size[axis], kind),
    );
    data = alongAxis(data, size, axis, taps, kind === 'cubic');
    size[axis] = to.size[axis];
  }
  return data;
}

interface Taps {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

function tapsAt(position: number, n: number, kind: GridInterpolation): Taps {
  const clamped = (k: number): number => Math.min(n - 1, Math.max(0, k));
  if (kind === 'nearest') return { nodes: [clamped(Math.floor(position + 0.5))], weights: [1] };
  const floor = Math.floor(position);
  const w = position - floor;
  if (kind === 'linear') return { nodes: [clamped(floor), clamped(floor + 1)], weights: [1 - w, w] };
  const last = (w * w * w) / 6;
  const first = 1 / 6 + (w * (w - 1)) / 2 - last;
  const third = w + first - 2 * last;
  return {
    nodes: [floor - 1, floor, floor + 1, floor + 2].map((k) => mirrored(k, n)),
    weights: [first, 1 - first - third - last, third, last],
  };
}

/** Index reflected at the first and last voxel centre. */
function mirrored(k: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const at = ((k % period) + period) % period;
  return at < n ? at : period - at;
}

function alongAxis(
  data: Float64Array,
  size: Vector3,
  axis: 0 | 1 | 2,
  taps: readonly Taps[],
  prefilter: boolean,
): Float64Array {
  const n = size[axis];
  const inner = axis === 0 ? 1 : axis === 1 ? size[0] : size[0] * size[1];
  const outer = data.length / (n * inner);
  const out = new Float64Array(outer * taps.length * inner);
  const line = new Float64Array(n);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * n * inner + i;
      for (let k = 0; k < n; k++) line[k] = data[start + k * inner]!;
      const samples = prefilter ? prefilterBSpline(line, [n, 1, 1], 3) : line;
      const target = o * taps.length * inner + i;
      for (let j = 0; j < taps.length; j++) {
        const { nodes, weights } = taps[j]!;
        let sum = 0;
        for (let t = 0; t < nodes.length; t++) sum += weights[t]! * samples[nodes[t]!]!;
        out[target + j * inner] = sum;
      }
    }
  }
  return out;
}
