import type { Warning } from '@sentinode/core';
import type { Box, Volume } from '@sentinode/volume';
import { crop } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilteredImage, ImageFilter } from './image-filter.ts';
import { filters } from './index.ts';

type Vector3 = readonly [number, number, number];

/** How each image type is tried and what holds for it; another type brings its own line. */
interface Trial {
  /** Options with which it gives something. */
  readonly options: unknown;
  /** What becomes of its values when the grey values are taken four times; undefined: another law. */
  readonly fourfold?: 4 | 1;
  /** Whether samples between voxels are rounded in images of whole numbers. */
  readonly roundsSamples?: true;
  /** Whether it has no value where all neighbours are equal. */
  readonly undefinedWhereFlat?: true;
}
const tried: Readonly<Record<string, Trial>> = {
  Original: { options: {}, fourfold: 4 },
  LoG: { options: { sigma: [1, 2.5] }, fourfold: 4 },
  Wavelet: { options: { wavelet: 'db3', level: 2 }, fourfold: 4 },
  Square: { options: {}, fourfold: 4 },
  SquareRoot: { options: {}, fourfold: 4 },
  Logarithm: { options: {} },
  Exponential: { options: {} },
  Gradient: { options: {}, fourfold: 4 },
  LBP2D: { options: { force2D: true }, fourfold: 1 },
  LBP3D: { options: {}, fourfold: 1, roundsSamples: true, undefinedWhereFlat: true },
};

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
const everywhere = ({ geometry }: Volume, box: Box) => ({
  box,
  mask: { geometry, data: new Uint8Array(geometry.size[0] * geometry.size[1] * geometry.size[2]).fill(1) },
});

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
  const trial = tried[name]!;
  const apply = (image: Volume, box: Box, warn: (warning: Warning) => void = () => undefined) =>
    filter.apply(image, everywhere(image, box), filter.options.parse(trial.options), warn);

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
  it.skipIf(trial.fourfold === undefined)('follows its law when grey values are taken four times', () => {
    const one = apply(imageOf(size), whole(size));
    const scaled = apply(
      imageOf(size, (...at) => 4 * texture(...at)),
      whole(size),
    );
    expectSame(
      scaled.map((each) => ({
        ...each,
        image: { ...each.image, data: each.image.data.map((v) => v / trial.fourfold!) },
      })),
      one,
      ALLOWED,
    );
  });
  it.skipIf(trial.roundsSamples)('reads whole numbers as it reads fractions', () => {
    const [fractions, whole16] = (['float64', 'int16'] as const).map((type) =>
      apply(imageOf(size, texture, type), whole(size)),
    );
    expectSame(
      whole16!.map((one) => ({ ...one, image: { ...one.image, data: Float64Array.from(one.image.data) } })),
      fractions!.map((one) => ({ ...one, image: { ...one.image, data: Float64Array.from(one.image.data) } })),
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
      for (const { image } of found)
        expect(
          image.data.every(
            (value) => Number.isFinite(value) || (trial.undefinedWhereFlat && Number.isNaN(value)),
          ),
        ).toBe(true);
    }
  });
});

describe('image types on images that are known beforehand', () => {
  const of = (name: string): ImageFilter => filters.find((filter) => filter.name === name)!;
  const run = (name: string, options: unknown, image: Volume): Map<string, Volume> => {
    const filter = of(name);
    const found = filter.apply(
      image,
      everywhere(image, whole(image.geometry.size as Vector3)),
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
  it('square and square root keep the largest magnitude, and undo each other where values are not negative', () => {
    const image = imageOf(size, (...at) => texture(...at) + 61);
    const most = largest(image.data);
    for (const [first, then] of [
      ['Square', 'SquareRoot'],
      ['SquareRoot', 'Square'],
    ] as const) {
      const once = [...run(first, {}, image).values()][0]!;
      expect(largest(once.data)).toBeCloseTo(most, 10);
      expect(apart([...run(then, {}, once).values()][0]!, image)).toBeLessThan(most * 1e-14);
    }
  });
  it('logarithm and exponential keep the largest magnitude', () => {
    const image = imageOf(size, (...at) => texture(...at) + 61);
    for (const name of ['Logarithm', 'Exponential'])
      expect(largest([...run(name, {}, image).values()][0]!.data)).toBeCloseTo(largest(image.data), 9);
  });
  it('scaled grey values are skipped where every voxel is 0', () => {
    for (const name of ['Square', 'Logarithm', 'Exponential'])
      expect(
        run(
          name,
          {},
          imageOf(size, () => 0),
        ).size,
      ).toBe(0);
  });
  it('the square root of nothing is nothing', () => {
    const found = [
      ...run(
        'SquareRoot',
        {},
        imageOf(size, () => 0),
      ).values(),
    ];
    expect(found).toHaveLength(1);
    expect(found[0]!.data.every((value) => value === 0)).toBe(true);
  });
  it('gradient of a ramp is its slope per mm, and half of it at the edge', () => {
    const ramp = imageOf(size, (_, y) => 4 * y);
    const { data } = run('Gradient', {}, ramp).get('gradient')!;
    const perVoxel = run('Gradient', { gradientUseSpacing: false }, ramp).get('gradient')!.data;
    const inside = 5 + size[0] * (5 + size[1] * 4);
    expect(data[inside]).toBeCloseTo(5, 6);
    expect(data[5]).toBeCloseTo(2.5, 6);
    expect(perVoxel[inside]).toBeCloseTo(4, 6);
  });
  it('a bright point has the pattern of no neighbour, a dark one that of all', () => {
    for (const [height, ones] of [
      [100, 0],
      [-100, 8],
    ] as const) {
      const point = imageOf(size, (x, y, z) => (x === 5 && y === 5 && z === 4 ? height : 0));
      const at = 5 + size[0] * (5 + size[1] * 4);
      expect(run('LBP2D', { force2D: true }, point).get('lbp-2D')!.data[at]).toBe(ones);
      const strength = run('LBP3D', {}, point).get('lbp-3D-m1')!.data[at]!;
      // 42 vertices; bits times Y00 twice, and the root of the sum of its squares
      expect(strength).toBeCloseTo((ones === 0 ? 0 : 42 * Math.sqrt(42)) / (4 * Math.PI), 10);
    }
  });
  it('patterns do not change when a constant is added, away from the edge', () => {
    // no two neighbours are equal: there rounding would decide
    const inner: Box = { start: [3, 3, 3], size: [6, 5, 3] };
    for (const [name, options] of [
      ['LBP2D', { force2D: true }],
      ['LBP3D', {}],
    ] as const) {
      const [plain, raised] = [0, 1000].map((offset) =>
        [
          ...run(
            name,
            options,
            imageOf(size, (x, y, z) => texture(x, y, z) + x / 77 + y / 59 + z / 51 + offset),
          ).values(),
        ].map((one) => crop(one, inner)),
      );
      plain!.forEach((one, index) => expect(apart(one, raised![index]!)).toBeLessThan(1e-9));
    }
  });
  it('an unknown wavelet is refused with the nearest known one', () => {
    expect(() => of('Wavelet').options.parse({ wavelet: 'db39' })).toThrow(/did you mean .*db3/);
    expect(() => of('Wavelet').options.parse({ wavelet: 'coiff1' })).toThrow(/did you mean .*coif1/);
    expect(of('Wavelet').options.safeParse({ wavelet: 'mexh' }).success).toBe(false);
  });
  it('the original is the image itself', () => {
    const image = imageOf(size);
    expect(run('Original', {}, image).get('original')!.data).toEqual(image.data);
  });
});
