import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, Mask, Volume } from '../volume.ts';
import { type Box, boundingBox, crop, padBox } from './crop.ts';
import { indexToWorld } from './geometry.ts';

const geometry: Geometry = {
  size: [4, 3, 2],
  spacing: [0.5, 1, 3],
  origin: [10, 20, 30],
  direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
};
const volume: Volume = {
  geometry,
  elementType: 'int16',
  data: Int16Array.from({ length: 24 }, (_, at) => at),
};

function maskOf(...inside: number[]): Mask {
  const data = new Uint8Array(24);
  for (const at of inside) data[at] = 1;
  return { geometry, data };
}

describe('boundingBox', () => {
  it('holds every voxel and nothing more', () => {
    expect(boundingBox(maskOf(5, 10, 22))).toEqual({ start: [1, 1, 0], size: [2, 2, 2] });
    expect(boundingBox(maskOf(0))).toEqual({ start: [0, 0, 0], size: [1, 1, 1] });
    expect(boundingBox(maskOf(23))).toEqual({ start: [3, 2, 1], size: [1, 1, 1] });
  });

  it('of an empty mask does not exist', () => {
    expect(boundingBox(maskOf())).toBeUndefined();
  });
});

describe('padBox', () => {
  it('grows to every side and stops at the border', () => {
    expect(padBox({ start: [1, 1, 0], size: [1, 1, 1] }, 1, [4, 3, 2])).toEqual({
      start: [0, 0, 0],
      size: [3, 3, 2],
    });
    expect(padBox({ start: [1, 1, 0], size: [1, 1, 1] }, 9, [4, 3, 2])).toEqual({
      start: [0, 0, 0],
      size: [4, 3, 2],
    });
  });
});

describe('crop', () => {
  it('keeps every voxel at its place in the patient', () => {
    const start = fc.tuple(fc.nat(3), fc.nat(2), fc.nat(1));
    const box = start.chain(([x, y, z]) =>
      fc
        .tuple(
          fc.integer({ min: 1, max: 4 - x }),
          fc.integer({ min: 1, max: 3 - y }),
          fc.integer({ min: 1, max: 2 - z }),
        )
        .map((size): Box => ({ start: [x, y, z], size })),
    );
    fc.assert(
      fc.property(box, (chosen) => {
        const part = crop(volume, chosen);
        expect(part.elementType).toBe('int16');
        expect(part.geometry.size).toEqual(chosen.size);
        part.data.forEach((value: number, at: number) => {
          const index = [
            at % chosen.size[0],
            Math.floor(at / chosen.size[0]) % chosen.size[1],
            Math.floor(at / (chosen.size[0] * chosen.size[1])),
          ] as const;
          const whole = [value % 4, Math.floor(value / 4) % 3, Math.floor(value / 12)] as const;
          expect(indexToWorld(part.geometry, index)).toEqual(indexToWorld(geometry, whole));
        });
      }),
      { seed: 18 },
    );
  });

  it('refuses a box that leaves the grid', () => {
    expect(() => crop(volume, { start: [3, 0, 0], size: [2, 1, 1] })).toThrow(RangeError);
  });
});
