import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, shared } from '../../../../../reference/locator.ts';
import type { IbsiImage } from '../ibsi-image.ts';
import { filterSchema, readyFilter } from './index.ts';

/**
 * Settings of the response maps of phase 1 (IBSI-2 reference manual, chapter on filter tests). The impulse and sphere
 * maps do not depend on the boundary.
 */
const rotated = { rotationInvariant: true };
const maps: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['1_a_1', 'checkerboard', { type: 'mean', support: 15, boundary: 'zero' }],
  ['1_a_2', 'checkerboard', { type: 'mean', support: 15, boundary: 'nearest' }],
  ['1_a_3', 'checkerboard', { type: 'mean', support: 15, boundary: 'wrap' }],
  ['1_a_4', 'checkerboard', { type: 'mean', support: 15, boundary: 'mirror' }],
  ['1_b_1', 'impulse', { type: 'mean', support: 15, boundary: 'zero', dimension: '2D' }],
  ['2_a', 'impulse', { type: 'log', sigma: 3, boundary: 'zero' }],
  ['2_b', 'checkerboard', { type: 'log', sigma: 5 }],
  ['2_c', 'checkerboard', { type: 'log', sigma: 5, dimension: '2D' }],
  ['3_a_1', 'impulse', { type: 'laws', kernels: 'E5L5S5', boundary: 'zero' }],
  ['3_b_3', 'checkerboard', { type: 'laws', kernels: 'E3W5R5', ...rotated, energyDistance: 7 }],
  ['3_c_1', 'checkerboard', { type: 'laws', kernels: 'L5S5' }],
  ['3_c_3', 'checkerboard', { type: 'laws', kernels: 'L5S5', ...rotated, energyDistance: 7 }],
  ['4_a_1', 'impulse', { type: 'gabor', sigma: 10, lambda: 4, gamma: 0.5, theta: 60, boundary: 'zero' }],
  [
    '4_a_2',
    'impulse',
    {
      type: 'gabor',
      sigma: 10,
      lambda: 4,
      gamma: 0.5,
      thetaStep: 45,
      orthogonalPlanes: true,
      boundary: 'zero',
    },
  ],
  ['5_a_1', 'impulse', { type: 'wavelet', wavelet: 'db2', subband: 'LHL', boundary: 'zero' }],
  [
    '5_a_2',
    'impulse',
    { type: 'wavelet', wavelet: 'db2', subband: 'LHL', boundary: 'zero', ...rotated, pooling: 'mean' },
  ],
  ['6_a_1', 'sphere', { type: 'wavelet', wavelet: 'coif1', subband: 'HHL', boundary: 'wrap' }],
  [
    '6_a_2',
    'sphere',
    { type: 'wavelet', wavelet: 'coif1', subband: 'HHL', boundary: 'wrap', ...rotated, pooling: 'mean' },
  ],
  [
    '7_a_1',
    'checkerboard',
    { type: 'wavelet', wavelet: 'haar', subband: 'LLL', level: 2, ...rotated, pooling: 'mean' },
  ],
  [
    '7_a_2',
    'checkerboard',
    { type: 'wavelet', wavelet: 'haar', subband: 'HHH', level: 2, ...rotated, pooling: 'mean' },
  ],
  ['8_a_1', 'checkerboard', { type: 'simoncelli', level: 1 }],
  ['8_a_2', 'checkerboard', { type: 'simoncelli', level: 2 }],
  ['8_a_3', 'checkerboard', { type: 'simoncelli', level: 3 }],
];

/** Of the range of the reference map, at every voxel. */
const TOLERANCE = 0.01;

async function imageOf(...path: string[]): Promise<IbsiImage> {
  const { data, geometry } = await readVolume(readBytes(shared('ibsi-2', ...path)), { file: path.join('/') });
  return { values: Float64Array.from(data), size: geometry.size, spacing: geometry.spacing };
}

describe.skipIf(!hasShared('ibsi-2'))('IBSI-2 phase 1', () => {
  it.each(maps)('response map %s', async (id, phantom, options) => {
    const image = await imageOf('phantoms', `${phantom}.nii.gz`);
    const expected = (await imageOf('response_maps', `${id}-ValidCRM.nii.gz`)).values;
    const found = readyFilter(filterSchema.parse(options), image.spacing)!.apply(image);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let largest = 0;
    for (let k = 0; k < expected.length; k++) {
      low = Math.min(low, expected[k]!);
      high = Math.max(high, expected[k]!);
      largest = Math.max(largest, Math.abs(found[k]! - expected[k]!));
    }
    process.stdout.write(
      `${id}: largest difference ${((100 * largest) / (high - low)).toFixed(4)} % of the range\n`,
    );
    expect(largest).toBeLessThan(TOLERANCE * (high - low));
  });
});
