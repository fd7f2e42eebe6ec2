import { type Assembly, assembly, pow } from '@sentinode/core';
import type { RowInterpolator, Samples } from '../interpolation.ts';
import { built } from './built.ts';
import { gainOf, type Pole } from './poles.ts';

/** What `assembly/bspline.ts` of this package exports; addresses, whole numbers and factors. */
interface SplineLoops {
  amplify(c: number, count: number, gain: number): void;
  alongX(
    c: number,
    rows: number,
    n: number,
    pole: number,
    horizon: number,
    farthest: number,
    sum: number,
    turned: number,
  ): void;
  alongOthers(
    c: number,
    outer: number,
    apart: number,
    stride: number,
    n: number,
    lines: number,
    pole: number,
    horizon: number,
    farthest: number,
    sum: number,
  ): void;
  cubic(
    coefficients: number,
    x: number,
    y: number,
    z: number,
    count: number,
    sizes: number,
    room: number,
    values: number,
  ): void;
}

const loaded = assembly<SplineLoops>(built);

/** Voxels from which copying pays, and those beyond which the loops' memory, never given back, would be too large. */
const WORTH_COPYING = 64;
const MOST_VOXELS = 40_000_000;
/** Places that are evaluated together. */
const TOGETHER = 4;

/** The loops for a grid of so many voxels, their memory empty; undefined where plain TypeScript is to do it. */
function loopsFor(voxels: number): Assembly<SplineLoops> | undefined {
  if (voxels < WORTH_COPYING || voxels > MOST_VOXELS) return undefined;
  const found = loaded();
  found?.room.clear();
  return found;
}

/** Coefficients in the loops' memory. @returns their address */
function prefilter(
  { loops, room }: Assembly<SplineLoops>,
  values: ArrayLike<number>,
  [nx, ny, nz]: readonly [number, number, number],
  poles: readonly Pole[],
): number {
  const count = nx * ny * nz;
  const c = room.put(new Float64Array(values));
  if (poles.length === 0) return c;
  const mark = room.mark;
  const sum = room.take(8 * Math.max(nx * ny, 8));
  const turned = room.take(64 * nx);
  const gain = gainOf(poles);
  if (nx > 1) {
    loops.amplify(c, count, gain);
    for (const { pole, horizon } of poles)
      loops.alongX(c, ny * nz, nx, pole, horizon, pow(pole, nx - 1), sum, turned);
  }
  if (ny > 1) {
    loops.amplify(c, count, gain);
    for (const { pole, horizon } of poles)
      loops.alongOthers(c, nz, 8 * nx * ny, 8 * nx, ny, nx, pole, horizon, pow(pole, ny - 1), sum);
  }
  if (nz > 1) {
    loops.amplify(c, count, gain);
    for (const { pole, horizon } of poles)
      loops.alongOthers(c, 1, 0, 8 * nx * ny, nz, nx * ny, pole, horizon, pow(pole, nz - 1), sum);
  }
  room.clear(mark);
  return c;
}

/** B-spline coefficients of a grid, as `prefilterBSpline`. */
export function compiledPrefilter(
  values: ArrayLike<number>,
  size: readonly [number, number, number],
  poles: readonly Pole[],
): Float64Array | undefined {
  const found = loopsFor(values.length);
  if (found === undefined) return undefined;
  const c = prefilter(found, values, size, poles);
  return found.room.view(Float64Array, c, values.length).slice();
}

/** Values of the cubic spline along rows of places. It holds until the next grid is filtered. */
export function compiledCubicRows(
  { values, part, size }: Samples,
  poles: readonly Pole[],
): RowInterpolator | undefined {
  const found = loopsFor(values.length);
  if (found === undefined) return undefined;
  const { loops, room } = found;
  const c = prefilter(found, values, part.size, poles);
  const sizes = room.put(
    Int32Array.from([...size, ...part.start, 1, part.size[0], part.size[0] * part.size[1]]),
  );
  const free = room.mark;
  return (places, into) => {
    const count = into.length;
    const padded = TOGETHER * Math.ceil(count / TOGETHER);
    room.clear(free);
    const at = places.map(() => room.take(8 * padded)) as [number, number, number];
    const out = room.take(8 * padded);
    const nodes = room.take(3 * (16 + 32) * padded);
    at.forEach((address, axis) => {
      const copy = room.view(Float64Array, address, padded);
      copy.set(places[axis]!.subarray(0, count));
      copy.fill(places[axis]![count - 1]!, count);
    });
    loops.cubic(c, ...at, count, sizes, nodes, out);
    into.set(room.view(Float64Array, out, count));
  };
}
