import type { Mask, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';

const size = [12, 11, 10] as const;
const geometry: Volume['geometry'] = {
  size,
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const place = (at: number) => [at % 12, Math.floor(at / 12) % 11, Math.floor(at / 132)] as const;

/** Values that are equal in most of the image. */
const flat: Volume = {
  geometry,
  elementType: 'int16',
  data: Int16Array.from({ length: 1320 }, (_, at) => (place(at)[0] < 9 ? 50 : 50 + ((at * 37) % 91))),
};
const region: Mask = {
  geometry,
  data: Uint8Array.from({ length: 1320 }, (_, at) => {
    const [x, y, z] = place(at);
    return x > 1 && x < 10 && y > 1 && y < 9 && z > 1 && z < 8 ? 1 : 0;
  }),
};

describe('an image type without a value where neighbours are equal', () => {
  const vector = extract(
    flat,
    region,
    resolveSettings({ imageType: { LBP3D: {} }, featureClass: { firstorder: ['Mean'], glcm: ['Contrast'] } }),
  );
  const measured = (name: string): number => vector.values[vector.names.indexOf(name)]!;

  it('keeps its columns, each with the reason', () => {
    expect(vector.names).toEqual(
      ['m1', 'm2', 'k'].flatMap((part) => [`lbp-3D-${part}_firstorder_Mean`, `lbp-3D-${part}_glcm_Contrast`]),
    );
    expect(measured('lbp-3D-k_firstorder_Mean')).toBeNaN();
    expect(vector.undefinedReasons['lbp-3D-k_glcm_Contrast']).toMatch(/no value in \d+ of 336 voxels/);
    expect(vector.warnings.map(({ code }) => code)).toContain('filter-undefined');
  });
  it('measures its other images', () => {
    expect(Number.isFinite(measured('lbp-3D-m1_firstorder_Mean'))).toBe(true);
    expect(Object.keys(vector.undefinedReasons).every((name) => name.startsWith('lbp-3D-k'))).toBe(true);
  });
});

describe('settings of image types', () => {
  const of = (imageType: Record<string, Record<string, unknown>>, setting: Record<string, unknown> = {}) =>
    resolveSettings({ imageType, setting });

  it('take what stands among the settings for all, and their own before it', () => {
    const { imageTypes } = of(
      { LoG: {}, Wavelet: { wavelet: 'db2', binWidth: 3 } },
      { sigma: [1.5], wavelet: 'haar', level: 2, binWidth: 7 },
    );
    expect(imageTypes.map(({ options }) => options)).toEqual([
      { sigma: [1.5] },
      { wavelet: 'db2', level: 2, start_level: 0, force2D: false, force2Ddimension: 0 },
    ]);
    expect(imageTypes.map(({ measurement }) => measurement.binWidth)).toEqual([7, 3]);
  });
  it('say which wavelet may be meant', () => {
    expect(() => of({ Wavelet: { wavelet: 'bior1.4' } })).toThrow(
      /unknown wavelet "bior1.4": did you mean "bior1/,
    );
    expect(() => of({ LBP3D: { lbp3DLevels: 1 } })).toThrow(/at least 2/);
    expect(() => of({ LBP2D: { lbp2DMethod: 'round' } })).toThrow(/lbp2DMethod/);
  });
  it('know interpolators by name and by number', () => {
    expect(of({ Original: {} }, { resampledPixelSpacing: [1, 1, 1], interpolator: 9 }).interpolator).toBe(
      'lanczos-sinc',
    );
    expect(() => of({ Original: {} }, { interpolator: 'sitkCubic' })).toThrow(/interpolator/);
  });
});
