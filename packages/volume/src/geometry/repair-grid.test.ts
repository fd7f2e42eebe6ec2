import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, Vector3, Volume } from '../volume.ts';
import { indexToWorld, worldToIndex } from './geometry.ts';
import { gridMismatch } from './grid-mismatch.ts';
import { repairGrid } from './repair-grid.ts';

const image: Geometry = {
  size: [5, 4, 3],
  spacing: [0.8, 0.9, 3],
  origin: [-25.3, 14.2, -80.75],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const labels = (geometry: Geometry): Volume => ({
  geometry,
  elementType: 'uint8',
  data: Uint8Array.from({ length: 60 }, (_, at) => at),
});

/** The grid of the image with its axes in another order and some of them turned round. */
function turned(order: readonly number[], flips: readonly boolean[]): Geometry {
  const columns = order.map((axis, k) =>
    [0, 1, 2].map((row) => (flips[k] ? -1 : 1) * image.direction[3 * row + axis]),
  );
  const corner = image.size.map(() => 0);
  order.forEach((axis, k) => {
    if (flips[k]) corner[axis] = image.size[axis] - 1;
  });
  return {
    size: order.map((axis) => image.size[axis]) as unknown as Vector3,
    spacing: order.map((axis) => image.spacing[axis]) as unknown as Vector3,
    origin: indexToWorld(image, corner as unknown as Vector3),
    direction: [0, 1, 2].flatMap((row) => columns.map((column) => column[row])),
  };
}

describe('a mask that is only off by its header', () => {
  it.each<[string, Geometry]>([
    ['lps-ras', { ...image, origin: [25.3, -14.2, -80.75], direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1] }],
    ['rounding', { ...image, origin: [-25.31, 14.2, -80.75] }],
  ])('%s gets the header of the image and keeps every voxel', (cause, geometry) => {
    const found = repairGrid(image, labels(geometry))!;
    expect(found.cause).toBe(cause);
    expect(found.volume.data).toEqual(labels(image).data);
    expect(gridMismatch(image, found.volume.geometry)).toBeUndefined();
  });
});

describe('a mask whose axes run in another order', () => {
  it('is put in the order of the image, each voxel staying where it is in the patient', () => {
    const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(orders, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (order, flips) => {
        const geometry = turned(order, flips);
        const mask = labels(geometry);
        const found = repairGrid(image, mask);
        if (found === undefined) {
          expect([order, flips]).toEqual([
            [0, 1, 2],
            [false, false, false],
          ]);
          return;
        }
        for (let at = 0; at < 60; at++) {
          const voxel: Vector3 = [at % 5, Math.floor(at / 5) % 4, Math.floor(at / 20)];
          const [x, y, z] = worldToIndex(geometry, indexToWorld(image, voxel)).map(Math.round);
          expect(found.volume.data[at]).toBe(mask.data[x + geometry.size[0] * (y + geometry.size[1] * z)]);
        }
      }),
      { seed: 18, numRuns: 80 },
    );
  });
});

describe('a mask that cannot be repaired with certainty', () => {
  it.each<[string, Partial<Geometry>]>([
    ['is shifted by half a voxel', { origin: [-24.9, 14.65, -80.75] }],
    ['is shifted by a slice', { origin: [-25.3, 14.2, -77.75] }],
    ['lost its header', { spacing: [1, 1, 1], origin: [0, 0, 0] }],
    ['has another spacing', { spacing: [0.8, 0.9, 2] }],
  ])('%s and is left alone', (_, changes) => {
    expect(repairGrid(image, labels({ ...image, ...changes }))).toBeUndefined();
  });

  it('needs none where it lies on its image', () => {
    expect(repairGrid(image, labels(image))).toBeUndefined();
  });
});
