import type { Vector3, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';

interface Case {
  readonly size?: Vector3;
  readonly spacing?: Vector3;
  readonly box?: readonly [low: Vector3, high: Vector3];
  readonly value?: (k: number) => number;
}

/** Warnings of a case by code. */
function warningsOf(
  {
    size = [12, 12, 12],
    spacing = [1, 1, 1],
    box = [
      [3, 3, 3],
      [8, 8, 8],
    ],
    value = (k) => (k * 7919) % 800,
  }: Case,
  parameters: Parameters<typeof resolveSettings>[0] = {},
): Map<string, string> {
  const geometry: Volume['geometry'] = {
    size,
    spacing,
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const length = size[0] * size[1] * size[2];
  const data = Float64Array.from({ length }, (_, k) => value(k));
  const inside = Uint8Array.from({ length }, (_, k) => {
    const at = [k % size[0], Math.floor(k / size[0]) % size[1], Math.floor(k / (size[0] * size[1]))];
    return at.every((index, axis) => index >= box[0][axis]! && index <= box[1][axis]!) ? 1 : 0;
  });
  const { warnings } = extract(
    { geometry, elementType: 'float64', data },
    { geometry, data: inside },
    resolveSettings({ featureClass: { firstorder: ['Entropy'] }, ...parameters }),
  );
  return new Map(warnings.map(({ code, message }) => [code, message]));
}

describe('warnings that users ask for', () => {
  it('none for a solid region away from the border, with 32 grey levels', () => {
    expect([...warningsOf({}).keys()]).toEqual([]);
  });
  it('grey levels outside 16 to 128, image type by image type, with the bin width for 32', () => {
    const text = warningsOf(
      {},
      { imageType: { Original: {}, LoG: { sigma: [2] }, Square: {} }, setting: { binWidth: 100 } },
    );
    expect(text.get('bins-unusual')).toMatch(
      /original 8 \(a binWidth of 2[45](\.\d)? gives 32\).*log-sigma-2-0-mm-3D \d+ \(a binWidth of [\d.]+ gives 32\)/,
    );
    const many = warningsOf({}, { setting: { binWidth: 1 } }).get('bins-unusual');
    expect(many).toMatch(/original [1-9]\d\d \(/);
    expect(warningsOf({ value: () => 5 }).get('bins-unusual')).toMatch(/original 1 \(the region is flat\)/);
  });
  it('fewer than 64 voxels, and the border', () => {
    const found = warningsOf({
      box: [
        [0, 3, 3],
        [2, 5, 5],
      ],
    });
    expect(found.get('region-small')).toMatch(/27 voxels/);
    expect(found.get('region-at-border')).toMatch(/border/);
  });
  it('resampling that makes more than 20 voxels of one', () => {
    const setting = { resampledPixelSpacing: [1, 1, 1] };
    const found = warningsOf({ spacing: [2, 2, 6] }, { setting });
    expect(found.get('resampling-fine')).toMatch(/from 2 x 2 x 6 mm to 1 x 1 x 1 mm makes 24 voxels/);
    expect(warningsOf({ spacing: [2, 2, 5] }, { setting }).has('resampling-fine')).toBe(false);
  });
  it('LoG on an image too thin for it', () => {
    const imageType = { LoG: { sigma: [8] }, Original: {} };
    const thin = {
      size: [12, 12, 6] as const,
      box: [
        [3, 3, 1],
        [8, 8, 4],
      ] as const,
    };
    expect(warningsOf(thin, { imageType }).get('log-skipped')).toMatch(/sigma 8 mm/);
  });
  it('wavelets along an axis of one slice', () => {
    const imageType = { Wavelet: {} };
    const image = {
      size: [12, 12, 1] as const,
      box: [
        [3, 3, 0],
        [8, 8, 0],
      ] as const,
    };
    expect(warningsOf(image, { imageType }).get('wavelet-one-slice')).toMatch(/image has one slice along z/);
    const region = {
      box: [
        [3, 3, 4],
        [8, 8, 4],
      ] as const,
    };
    expect(warningsOf(region, { imageType }).get('wavelet-one-slice')).toMatch(
      /region has one slice along z/,
    );
    const setting = { force2D: true };
    expect(warningsOf(region, { imageType, setting }).has('wavelet-one-slice')).toBe(false);
  });
});
