import { describe, expect, it } from 'vitest';
import type { Geometry, Volume } from '../volume.ts';
import { planeViews } from './plane-views.ts';

/** 20 x 10 x 5 voxels of 1 x 2 x 4 mm: a box of 20 mm each way. */
const geometry: Geometry = {
  size: [20, 10, 5],
  spacing: [1, 2, 4],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const volume = (of: Geometry, value: (x: number, y: number, z: number) => number): Volume => {
  const [nx, ny] = of.size;
  return {
    geometry: of,
    elementType: 'uint8',
    data: Uint8Array.from({ length: of.size[0] * of.size[1] * of.size[2] }, (_, at) =>
      value(at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))),
    ),
  };
};
/** Two voxels wide in x at 3 and 4, at y 2, in the two uppermost slices and more in the last one. */
const region = (x: number, y: number, z: number): number =>
  (x === 3 || x === 4) && (y === 2 || (y === 3 && z === 4)) && z >= 3 ? 1 : 0;
const bright = volume(geometry, (x) => x);
const pixels = ({ regions, width }: { regions: readonly Uint8Array[]; width: number }): [number, number][] =>
  [...regions[0]].flatMap((inside, at) =>
    inside ? [[at % width, Math.floor(at / width)] as [number, number]] : [],
  );

describe('planes through the largest areas', () => {
  it('have square pixels whatever the spacing, and the side asked for', () => {
    const views = planeViews(bright, [volume(geometry, region)], { side: 40, field: 'all' });
    expect(views.map(({ plane, width, height, pitch }) => [plane, width, height, pitch])).toEqual([
      ['axial', 40, 40, 0.5],
      ['coronal', 40, 40, 0.5],
      ['sagittal', 40, 40, 0.5],
    ]);
  });

  it('show patient right on the left, front and head up', () => {
    const [axial, coronal] = planeViews(bright, [volume(geometry, region)], { side: 20, field: 'all' });
    // x grows to the patient's left, which is the right of the picture; y to the back, which is down.
    expect(axial.grey[0]).toBeLessThan(axial.grey[19]);
    expect(pixels(axial)).toEqual(
      [3, 4].flatMap((x) => [4, 5, 6, 7].map((y) => [x, y])).sort((a, b) => a[1] - b[1] || a[0] - b[0]),
    );
    // The uppermost slices are the last ones, and stand at the top: rows 0 to 7 of 20.
    expect(Math.max(...pixels(coronal).map(([, y]) => y))).toBe(7);
  });

  it('are the same however the axes of the file run', () => {
    const turned: Geometry = {
      ...geometry,
      origin: [19, 18, 16],
      direction: [-1, 0, 0, 0, -1, 0, 0, 0, -1],
    };
    const other = (x: number, y: number, z: number): number => region(19 - x, 9 - y, 4 - z);
    const options = { side: 20, field: 'all' } as const;
    const [a, b] = [
      planeViews(bright, [volume(geometry, region)], options),
      planeViews(
        volume(turned, (x) => 19 - x),
        [volume(turned, other)],
        options,
      ),
    ];
    b.forEach((view, plane) => {
      expect(view.grey).toEqual(a[plane].grey);
      expect(view.regions).toEqual(a[plane].regions);
    });
  });

  it('show a mask where its own header puts it, with the corners of both fields', () => {
    const shifted = { ...geometry, origin: [20, 0, 0] as const };
    const [axial] = planeViews(bright, [volume(shifted, region)], { side: 40, field: 'all' });
    expect([axial.width, axial.height]).toEqual([40, 20]);
    expect(pixels(axial).map(([x]) => x)).toEqual(expect.arrayContaining([23, 24]));
    expect(axial.boxes).toHaveLength(2);
    expect(axial.boxes[1][0][0]).toBeCloseTo(20);
  });

  it('close by, are no smaller than the surroundings and never beyond the image', () => {
    const large = { ...geometry, size: [200, 100, 50] as const };
    const small = (x: number, y: number, z: number): number => (z < 5 ? region(x, y, z) : 0);
    const [axial] = planeViews(
      volume(large, (x) => x % 250),
      [volume(large, small)],
      { side: 40, field: 'near' },
    );
    // 80 mm around the middle of the region, 4 mm from the edge of the image: cut there
    expect(axial.width * axial.pitch).toBeCloseTo(44, 0);
  });
});
