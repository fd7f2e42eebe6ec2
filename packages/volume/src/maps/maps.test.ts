import { describe, expect, it } from 'vitest';
import type { Volume } from '../volume.ts';
import { computeMap, plainMapSettings } from './compute-map.ts';
import { derivedMaps } from './index.ts';

const image = (...values: number[]): Volume => ({
  geometry: {
    size: [values.length, 1, 1],
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  },
  elementType: 'float32',
  data: Float32Array.from(values),
});
const map = (name: string) => derivedMaps.find((one) => one.name === name)!;
const values = (name: string, images: Volume[], at: number[] = [], settings = plainMapSettings): number[] => [
  ...computeMap(map(name), images, at, settings).volume.data,
];

describe('maps of contrast', () => {
  const [before, early, late] = [image(100, 50, 0, 100), image(200, 60, 10, 90), image(150, 70, 20, 80)];

  it('are their formulas, with 0 where they have no value', () => {
    expect(values('subtraction', [before, early])).toEqual([100, 10, 10, -10]);
    expect(values('pe', [before, early])).toEqual([100, 20, 0, -10]);
    expect(values('ser', [before, early, late])).toEqual([2, 0.5, 0, 0]);
    expect(values('wash-in', [before, early, late], [0, 60, 180])).toEqual([100, 20, 0, -10]);
    expect(values('wash-out', [before, early, late], [0, 60, 180])).toEqual([-25, 10, 0, 0]);
    expect(values('ttp', [before, early, late], [10, 60, 180])).toEqual([50, 170, 170, 0]);
  });

  it('keep to their limits', () => {
    const settings = { minimumSignal: 60, minimumEnhancement: 70, cap: 1.5 };
    expect(values('ser', [before, early, late], [], settings)).toEqual([1.5, 0, 0, 0]);
    expect(computeMap(map('pe'), [before, early], [], settings).undefinedVoxels).toBe(2);
  });

  it('cap a ratio that has no finite value', () => {
    expect(values('ser', [image(10), image(20), image(5)], [], { ...plainMapSettings, cap: 3 })).toEqual([3]);
  });
});

describe('the ADC', () => {
  it('is that of an exponential decay, from any number of b-values', () => {
    const b = [0, 200, 500, 800, 1000];
    const images = b.map((value) => image(1000 * Math.E ** (-value * 1.2e-3)));
    expect(values('adc', images, b)[0]).toBeCloseTo(1200, 2);
  });

  it('of several directions is that of their geometric mean', () => {
    const [s0, x, y] = [800, 300, 200];
    const trace = (1e6 * Math.log(s0 / Math.sqrt(x * y))) / 1000;
    expect(values('adc', [image(s0), image(x), image(y)], [0, 1000, 1000])[0]).toBeCloseTo(trace, 2);
  });
});

describe('a map', () => {
  it.each<[string, Volume[], number[], RegExp]>([
    ['pe', [image(1)], [], /1 image given; it takes 2/],
    ['ttp', [image(1), image(2)], [0], /1 times given for 2 images/],
    ['ttp', [image(1), image(2)], [5, 5], /times must rise/],
    ['adc', [image(1), image(2)], [800, 800], /two different b-values/],
  ])('%s refuses what it cannot be computed from', (name, images, at, message) => {
    expect(() => computeMap(map(name), images, at)).toThrow(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringMatching(message) }),
    );
  });

  it('refuses images of different grids', () => {
    const other = { ...image(1), geometry: { ...image(1).geometry, spacing: [2, 1, 1] as const } };
    expect(() => computeMap(map('pe'), [image(1), other], [])).toThrow(
      expect.objectContaining({ code: 'mask-geometry' }),
    );
  });

  it('has a name, a unit and a formula of its own', () => {
    expect(new Set(derivedMaps.map(({ name }) => name)).size).toBe(derivedMaps.length);
    for (const { unit, formula } of derivedMaps) expect([unit, formula]).not.toContain('');
  });
});
