import type { Geometry, Mask, Volume } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axialView, slicePicture } from './axial-view.ts';
import { towardsHead } from './choose-slice.ts';
import { largestSlice } from './largest-slice.ts';

/** The slice with the largest area, or one beside it. */
const tumourSlice = (source: Volume, mask: Mask, offset = 0) => {
  const view = axialView(source.geometry);
  return slicePicture(source, view, towardsHead(source.geometry, view, largestSlice(mask, view), offset));
};

const geometry = (direction: number[]): Geometry =>
  ({ size: [3, 4, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction }) as unknown as Geometry;
const axial = geometry([1, 0, 0, 0, 1, 0, 0, 0, 1]);
const voxels = Float64Array.from({ length: 24 }, (_, at) => at);
const volume = (grid: Geometry): Volume => ({ geometry: grid, elementType: 'float64', data: voxels });

/** The same scene stored with its axes in another order (`axes[k]` is the world axis of index axis k) and direction. */
function storedAs(
  axes: readonly number[],
  flips: readonly boolean[],
  inside: readonly number[],
): { volume: Volume; mask: Mask } {
  const size = axes.map((axis) => axial.size[axis]!);
  const direction = new Array<number>(9).fill(0);
  axes.forEach((axis, k) => {
    direction[axis * 3 + k] = flips[k] ? -1 : 1;
  });
  const grid = { size, spacing: [1, 1, 1], origin: [0, 0, 0], direction } as unknown as Geometry;
  const data = new Float64Array(24);
  const labels = new Uint8Array(24);
  for (let at = 0; at < 24; at++) {
    const index = [
      at % size[0]!,
      Math.floor(at / size[0]!) % size[1]!,
      Math.floor(at / (size[0]! * size[1]!)),
    ];
    const world = [0, 0, 0];
    axes.forEach((axis, k) => {
      world[axis] = flips[k] ? size[k]! - 1 - index[k]! : index[k]!;
    });
    const from = world[0]! + 3 * (world[1]! + 4 * world[2]!);
    data[at] = voxels[from]!;
    labels[at] = inside.includes(from) ? 1 : 0;
  }
  return { volume: { ...volume(grid), data }, mask: { geometry: grid, data: labels } };
}

describe('axial slices', () => {
  it('takes the slice with the largest area, the lowest of several', () => {
    const mask: Mask = { geometry: axial, data: new Uint8Array(24) };
    mask.data.set([1, 1], 12);
    mask.data[0] = 1;
    expect(largestSlice(mask, axialView(axial))).toBe(1);
    mask.data[1] = 1;
    expect(largestSlice(mask, axialView(axial))).toBe(0);
    expect(Array.from(tumourSlice(volume(axial), mask).values)).toEqual(Array.from(voxels.subarray(0, 12)));
  });
  it('turns rows and columns that run backwards', () => {
    const turned = geometry([-1, 0, 0, 0, -1, 0, 0, 0, 1]);
    expect(Array.from(slicePicture(volume(turned), axialView(turned), 0).values)).toEqual(
      Array.from(voxels.subarray(0, 12)).reverse(),
    );
  });
  it('finds the head-foot axis of a sagittal volume', () => {
    const sagittal = geometry([0, 0, 1, 1, 0, 0, 0, -1, 0]);
    expect(axialView(sagittal)).toEqual({
      slice: 1,
      column: 2,
      row: 0,
      flipColumn: false,
      flipRow: false,
      flipSlice: true,
    });
    expect(slicePicture(volume(sagittal), axialView(sagittal), 0)).toMatchObject({
      width: 2,
      height: 3,
      values: Float64Array.of(0, 12, 1, 13, 2, 14),
    });
  });
  it('counts offsets towards the head, and repeats the outermost slice beyond it', () => {
    const mask: Mask = { geometry: axial, data: new Uint8Array(24) };
    mask.data[13] = 1;
    const first = (grid: Geometry, offset: number) =>
      tumourSlice(volume(grid), { ...mask, geometry: grid }, offset).values[0];
    const headToFeet = geometry([1, 0, 0, 0, 1, 0, 0, 0, -1]);
    expect([-1, 0, 1].map((offset) => first(axial, offset))).toEqual([0, 12, 12]);
    expect([-1, 0, 1].map((offset) => first(headToFeet, offset))).toEqual([12, 12, 0]);
  });
  it('shows the same picture however the axes are stored', () => {
    const permutations = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...permutations),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -1, max: 1 }),
        (axes, flips, inside, offset) => {
          const stored = storedAs(axes, flips, inside);
          const plain = storedAs([0, 1, 2], [false, false, false], inside);
          const areas = [0, 1].map((z) => inside.filter((at) => Math.floor(at / 12) === z).length);
          fc.pre(areas[0] !== areas[1]);
          expect(tumourSlice(stored.volume, stored.mask, offset)).toEqual(
            tumourSlice(plain.volume, plain.mask, offset),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
  it('refuses an empty mask', () => {
    expect(() => tumourSlice(volume(axial), { geometry: axial, data: new Uint8Array(24) })).toThrow('empty');
  });
});
