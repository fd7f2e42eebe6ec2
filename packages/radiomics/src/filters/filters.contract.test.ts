import type { Warning } from '@sentinode/core';
import type { Box, Volume } from '@sentinode/volume';
import { crop } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilteredImage, ImageFilter } from './image-filter.ts';
import { filters } from './index.ts';

type Vector3 = readonly [number, number, number];

/** Options with which each image type gives something; another type brings its own line. */
const tried: Readonly<Record<string, unknown>> = { Original: {}, LoG: { sigma: [1, 2.5] }, Wavelet: {} };

const texture = (x: number, y: number, z: number): number =>
  ((x * 31 + y * 17 + z * 7 + x * y * 3 + y * z * 5) % 23) * 10 - 60;

function imageOf(size: Vector3, value = texture, elementType: Volume['elementType'] = 'float64'): Volume {
  const [nx, ny, nz] = size;
  const data = Float64Array.from({ length: nx * ny * nz }, (_, at) =>
    value(at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))),
  );
  const geometry = {
    size,
    spacing: [1, 0.8, 2],
    origin: [5, -3, 8],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as unknown as Volume['geometry'];
  return {
    geometry,
    elementType,
    data: elementType === 'int16' ? Int16Array.from(data) : data,
  };
}

const size: Vector3 = [12, 11, 9];
const whole = (of: Vector3): Box => ({ start: [0, 0, 0], size: of });

/** Largest magnitude of some values. */
const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));

/** Largest difference between two images. */
const apart = (a: Volume, b: Volume): number =>
  largest(Array.from(a.data, (value, at) => value - b.data[at]!));

/** What differences are measured by: the largest value of all images, at least 1. */
const scaleOf = (images: readonly FilteredImage[]): number =>
  Math.max(1, ...images.map(({ image }) => largest(image.data)));

/** Single precision in LoG; the recursion forgets what lies outside its margin only to rounding. */
const ALLOWED = 2e-6;

function expectSame(
  found: readonly FilteredImage[],
  wanted: readonly FilteredImage[],
  allowed: number,
): void {
  const scale = scaleOf(wanted);
  expect(found.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  found.forEach(({ name, image }, index) => {
    const other = wanted[index]!.image;
    expect(image.geometry, name).toEqual(other.geometry);
    expect(image.data).toHaveLength(other.data.length);
    expect(apart(image, other) / scale, name).toBeLessThanOrEqual(allowed);
  });
}

it('every image type has options to be tried with', () => {
  expect(filters.map(({ name }) => name)).toEqual(Object.keys(tried));
});

describe.each(filters.map((filter) => [filter.name, filter] as const))('image type %s', (name, filter) => {
  const apply = (image: Volume, box: Box, warn: (warning: Warning) => void = () => undefined) =>
    (filter as ImageFilter).apply(image, box, filter.options.parse(tried[name]), warn);

  it('names its images, once each, and says that options it does not know are wrong', () => {
    const names = apply(imageOf(size), whole(size)).map((one) => one.name);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    for (const one of names) expect(one).toMatch(/^[a-z][A-Za-z0-9-]*$/);
    expect(filter.options.safeParse({ unheardOf: 1 }).success).toBe(false);
  });
  it('gives the same bits each time and leaves its input alone', () => {
    const image = imageOf(size);
    const before = image.data.slice();
    const first = apply(image, whole(size));
    expect(apply(image, whole(size))).toEqual(first);
    expect(image.data).toEqual(before);
    for (const { image: filtered } of first) expect(filtered.data.every(Number.isFinite)).toBe(true);
  });
  it('gives inside any box what it gives on the whole image', () => {
    const everything = apply(imageOf(size), whole(size));
    fc.assert(
      fc.property(fc.tuple(...size.map((n) => fc.tuple(fc.nat(n - 1), fc.nat(n - 1)))), (corners) => {
        const start = corners.map(([a, b]) => Math.min(a, b)) as unknown as Vector3;
        const extent = corners.map(([a, b]) => Math.abs(a - b) + 1) as unknown as Vector3;
        const box: Box = { start, size: extent };
        expectSame(
          apply(imageOf(size), box),
          everything.map((one) => ({ ...one, image: crop(one.image, box) })),
          ALLOWED,
        );
      }),
      { numRuns: 25 },
    );
  });
  it('gives a long image in parts as it gives it whole', () => {
    const long: Vector3 = [120, 6, 6];
    const box: Box = { start: [70, 1, 2], size: [5, 4, 3] };
    expectSame(
      apply(imageOf(long), box),
      apply(imageOf(long), whole(long)).map((one) => ({ ...one, image: crop(one.image, box) })),
      ALLOWED,
    );
  });
  it('is linear', () => {
    const one = apply(imageOf(size), whole(size));
    const scaled = apply(
      imageOf(size, (...at) => 4 * texture(...at)),
      whole(size),
    );
    expectSame(
      scaled.map((each) => ({ ...each, image: { ...each.image, data: each.image.data.map((v) => v / 4) } })),
      one,
      ALLOWED,
    );
  });
  it('reads whole numbers as it reads fractions', () => {
    const [fractions, whole16] = (['float64', 'int16'] as const).map((type) =>
      apply(imageOf(size, texture, type), whole(size)),
    );
    expectSame(
      whole16!.map((one) => ({ ...one, image: { ...one.image, data: Float64Array.from(one.image.data) } })),
      fractions!,
      ALLOWED,
    );
  });
  it('has a value or a warning where the image is one voxel thick', () => {
    for (const thin of [
      [1, 1, 1],
      [9, 8, 1],
      [1, 9, 8],
    ] as const) {
      const warnings: Warning[] = [];
      const found = apply(imageOf(thin), whole(thin), (warning) => warnings.push(warning));
      expect(found.length + warnings.length).toBeGreaterThan(0);
      for (const { image } of found) expect(image.data.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('image types on images that are known beforehand', () => {
  const of = (name: string): ImageFilter => filters.find((filter) => filter.name === name)!;
  const run = (name: string, options: unknown, image: Volume): Map<string, Volume> => {
    const filter = of(name);
    const found = filter.apply(
      image,
      whole(image.geometry.size as Vector3),
      filter.options.parse(options),
      () => undefined,
    );
    return new Map(found.map((one) => [one.name, one.image]));
  };

  it('LoG of a flat image is nought', () => {
    for (const image of run(
      'LoG',
      { sigma: [1, 3] },
      imageOf(size, () => 250),
    ).values())
      expect(largest(image.data)).toBeLessThan(250 * ALLOWED);
  });
  it('LoG does not change when a constant is added', () => {
    const [plain, raised] = [0, 500].map(
      (offset) =>
        run(
          'LoG',
          { sigma: 2 },
          imageOf(size, (...at) => texture(...at) + offset),
        ).get('log-sigma-2-0-mm-3D')!,
    );
    expect(apart(plain!, raised!)).toBeLessThan(560 * ALLOWED);
  });
  it('LoG of a Gaussian has the value of its formula at the centre', () => {
    // of width t, filtered with sigma: -3 sigma^2 t^3 / (t^2 + sigma^2)^(5/2); Deriche's recursion is 1 % off, ITK's too
    const t = 4;
    const sigma = 3;
    const middle = 20;
    const square: Vector3 = [41, 41, 41];
    const blob = imageOf(square, (x, y, z) =>
      Math.exp(-((x - middle) ** 2 + (y - middle) ** 2 + (z - middle) ** 2) / (2 * t * t)),
    );
    const image = { ...blob, geometry: { ...blob.geometry, spacing: [1, 1, 1] } } as Volume;
    const centre = run('LoG', { sigma }, image).get('log-sigma-3-0-mm-3D')!.data[
      middle + 41 * (middle + 41 * middle)
    ]!;
    const expected = (-3 * sigma ** 2 * t ** 3) / (t ** 2 + sigma ** 2) ** 2.5;
    expect(Math.abs(centre / expected - 1)).toBeLessThan(2e-2);
  });
  it('wavelet bands of a flat image are nought, and LLL is 2 sqrt 2 times the image', () => {
    const bands = run(
      'Wavelet',
      {},
      imageOf(size, () => 100),
    );
    expect([...bands.keys()].sort()).toEqual(
      ['HHH', 'HHL', 'HLH', 'HLL', 'LHH', 'LHL', 'LLH', 'LLL'].map((band) => `wavelet-${band}`),
    );
    for (const [name, { data }] of bands) {
      const level = name === 'wavelet-LLL' ? 100 * 2 * Math.SQRT2 : 0;
      for (const value of data) expect(Math.abs(value - level)).toBeLessThan(1e-8);
    }
  });
  it('wavelet letters belong to x, y, z in this order', () => {
    const wave = (axis: 0 | 1 | 2) =>
      run(
        'Wavelet',
        {},
        imageOf([12, 10, 8], (...at) => (at[axis] % 2 === 0 ? 1 : -1)),
      );
    const energy = (bands: Map<string, Volume>): string =>
      [...bands].reduce(
        (most, [name, { data }]) => {
          const sum = Array.from(data).reduce((total, value) => total + value * value, 0);
          return sum > most.sum ? { name, sum } : most;
        },
        { name: '', sum: 0 },
      ).name;
    expect([0, 1, 2].map((axis) => energy(wave(axis as 0 | 1 | 2)))).toEqual([
      'wavelet-HLL',
      'wavelet-LHL',
      'wavelet-LLH',
    ]);
  });
  it('the original is the image itself', () => {
    const image = imageOf(size);
    expect(run('Original', {}, image).get('original')!.data).toEqual(image.data);
  });
});
