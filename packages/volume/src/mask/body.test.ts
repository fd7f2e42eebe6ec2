import { describe, expect, it } from 'vitest';
import type { Geometry, Volume } from '../volume.ts';
import { bodyShare } from './body.ts';

const geometry: Geometry = {
  size: [40, 40, 3],
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const of = (inside: (x: number, y: number) => boolean, value: number): Uint8Array =>
  Uint8Array.from({ length: 4800 }, (_, at) => (inside(at % 40, Math.floor(at / 40) % 40) ? value : 0));
/** A ring of tissue around a dark cyst, noise outside. */
const distance = (x: number, y: number): number => Math.hypot(x - 15, y - 20);
const image: Volume = {
  geometry,
  elementType: 'uint8',
  data: of((x, y) => distance(x, y) < 12 && distance(x, y) > 4, 200).map((value, at) => value + (at % 3)),
};
const share = (inside: (x: number, y: number) => boolean): number =>
  bodyShare(image, { geometry, data: of(inside, 1) });

describe('how much of a region lies in the body', () => {
  it('is all of a region in tissue, and of one in a dark cyst that tissue surrounds', () => {
    expect(share((x, y) => distance(x, y) < 10)).toBe(1);
    expect(share((x, y) => distance(x, y) < 3)).toBe(1);
  });
  it('is none of a region in the air, and half of one across the skin', () => {
    expect(share((x) => x > 32)).toBe(0);
    expect(share((x, y) => y === 20 && x >= 22 && x < 32)).toBeCloseTo(0.5, 5);
  });
  it('is 0 for an empty region', () => {
    expect(share(() => false)).toBe(0);
  });
});
