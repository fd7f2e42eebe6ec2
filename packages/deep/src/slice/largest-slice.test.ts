import type { Geometry, Mask, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { axialView, largestSlice, slicePicture, tumourSlice } from './largest-slice.ts';

const geometry = (direction: number[]): Geometry =>
  ({ size: [3, 4, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction }) as unknown as Geometry;
const axial = geometry([1, 0, 0, 0, 1, 0, 0, 0, 1]);
const voxels = Float64Array.from({ length: 24 }, (_, at) => at);
const volume = (grid: Geometry): Volume => ({ geometry: grid, elementType: 'float64', data: voxels });

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
    expect(axialView(sagittal)).toEqual({ slice: 1, column: 2, row: 0, flipColumn: false, flipRow: false });
    expect(slicePicture(volume(sagittal), axialView(sagittal), 0)).toMatchObject({
      width: 2,
      height: 3,
      values: Float64Array.of(0, 12, 1, 13, 2, 14),
    });
  });
  it('refuses an empty mask', () => {
    expect(() => tumourSlice(volume(axial), { geometry: axial, data: new Uint8Array(24) })).toThrow('empty');
  });
});
