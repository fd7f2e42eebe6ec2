import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../reference/locator.ts';
import { inverse } from '../geometry/matrix.ts';
import type { ElementType, Geometry, Volume, VoxelArray } from '../volume.ts';
import { type InterpolationName, interpolations } from './interpolators/index.ts';
import { resampleVolume } from './resample.ts';

/** Answers of SimpleITK, by reference/generate/resampling.py. */
interface Answers {
  readonly cases: readonly {
    readonly elementType: ElementType;
    readonly image: Geometry;
    readonly values: readonly number[];
    readonly target: Geometry;
    readonly results: Readonly<Record<string, readonly number[]>>;
  }[];
  readonly inverses: readonly {
    readonly spacing: readonly number[];
    readonly direction: readonly number[];
    readonly inverse: readonly number[];
  }[];
}
const { cases, inverses } = readJson<Answers>(reference('resampling', 'simpleitk.json'));

/** Names of SimpleITK for ours. */
const named: Readonly<Record<InterpolationName, readonly string[]>> = {
  nearest: ['sitkNearestNeighbor'],
  linear: ['sitkLinear'],
  bspline: ['sitkBSpline', 'sitkBSpline3'],
  'bspline-1': ['sitkBSpline1'],
  'bspline-2': ['sitkBSpline2'],
  'bspline-4': ['sitkBSpline4'],
  'bspline-5': ['sitkBSpline5'],
  gaussian: ['sitkGaussian'],
  'label-gaussian': ['sitkLabelGaussian'],
  'hamming-sinc': ['sitkHammingWindowedSinc'],
  'cosine-sinc': ['sitkCosineWindowedSinc'],
  'welch-sinc': ['sitkWelchWindowedSinc'],
  'lanczos-sinc': ['sitkLanczosWindowedSinc'],
  'blackman-sinc': ['sitkBlackmanWindowedSinc'],
  'bspline-smoothing-1': ['sitkBSplineResamplerOrder1'],
  'bspline-smoothing-2': ['sitkBSplineResamplerOrder2'],
  'bspline-smoothing-3': ['sitkBSplineResampler', 'sitkBSplineResamplerOrder3'],
  'bspline-smoothing-4': ['sitkBSplineResamplerOrder4'],
  'bspline-smoothing-5': ['sitkBSplineResamplerOrder5'],
};

/**
 * Largest difference relative to the largest value. Those with elementary functions differ where the last bit of a
 * sine or an exponential does; whole numbers, the others and the inverse matrices are equal to the last bit.
 */
const allowed = (name: InterpolationName, type: ElementType): number =>
  /sinc|gaussian/.test(name) && type.startsWith('float') ? 4e-16 : 0;

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  int16: Int16Array,
  uint8: Uint8Array,
} as const;

function imageOf({ elementType, image, values }: Answers['cases'][number]): Volume {
  const data = arrays[elementType as keyof typeof arrays].from(values) as VoxelArray;
  return { geometry: image, elementType, data };
}

describe('resampling as SimpleITK', () => {
  it.each(Object.keys(interpolations) as InterpolationName[])('%s', (name) => {
    for (const one of cases) {
      const found = resampleVolume(imageOf(one), one.target, name);
      expect(found.elementType).toBe(one.elementType);
      for (const theirs of named[name]) {
        const expected = one.results[theirs]!;
        expect(found.data).toHaveLength(expected.length);
        const most = Math.max(...expected.map(Math.abs));
        const apart = Math.max(...expected.map((value, at) => Math.abs(value - found.data[at]!)));
        const single = one.elementType === 'float32' && allowed(name, one.elementType) > 0 ? 2 ** -24 : 0;
        expect(apart / most, `${theirs} ${one.elementType}`).toBeLessThanOrEqual(
          allowed(name, one.elementType) + single,
        );
      }
    }
  });
  it('inverts the matrix of a grid to the last bit', () => {
    for (const { spacing, direction, inverse: expected } of inverses)
      expect(inverse(direction.map((cosine, at) => cosine * spacing[at % 3]!))).toEqual(expected);
  });
  it('gives the same inside a larger image, where only a part is read', () => {
    const size = [90, 8, 7] as const;
    const data = Float64Array.from({ length: 90 * 56 }, (_, at) => ((at * 7919) % 1009) / 3);
    const image: Volume = {
      geometry: {
        size,
        spacing: [1, 1.5, 2],
        origin: [3, -4, 5],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      },
      elementType: 'float64',
      data,
    };
    const far: Geometry = {
      ...image.geometry,
      size: [6, 5, 4],
      spacing: [1.1, 1.2, 1.3],
      origin: [78.013, -3.031, 6.077],
    };
    const whole: Geometry = { ...far, size: [6 + 65, 5, 4], origin: [78.013 - 65 * 1.1, -3.031, 6.077] };
    for (const name of Object.keys(interpolations) as InterpolationName[]) {
      const part = resampleVolume(image, far, name).data;
      const all = resampleVolume(image, whole, name).data;
      for (let row = 0; row < 20; row++)
        for (let x = 0; x < 6; x++)
          expect(Math.abs(part[row * 6 + x]! - all[row * 71 + 65 + x]!), name).toBeLessThan(1e-9);
    }
  });
  it('mirrors about the ends of an axis of two voxels as often as needed, where ITK reads past its memory', () => {
    const geometry: Geometry = {
      size: [3, 3, 2],
      spacing: [1, 1, 1],
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    };
    const data = Float64Array.from({ length: 18 }, (_, at) => (at * 7) % 11);
    const target: Geometry = { ...geometry, size: [3, 3, 7], spacing: [1, 1, 0.25], origin: [0, 0, -0.25] };
    for (const name of ['bspline', 'bspline-4', 'bspline-5'] as const) {
      const found = resampleVolume({ geometry, elementType: 'float64', data }, target, name).data;
      // -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25: the spline is symmetric about both ends and goes through the voxels
      for (let at = 0; at < 9; at++) {
        expect(found[at]).toBeCloseTo(found[2 * 9 + at]!, 12);
        expect(found[6 * 9 + at]).toBeCloseTo(found[4 * 9 + at]!, 12);
        expect(found[9 + at]).toBeCloseTo(data[at]!, 12);
        expect(found[5 * 9 + at]).toBeCloseTo(data[9 + at]!, 12);
      }
    }
  });
});
