import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, shared } from '../../../../reference/locator.ts';
import { readVolume } from '../formats/index.ts';
import type { Geometry, Mask, Volume } from '../volume.ts';
import { connectedComponents, largestComponent } from './connected-components.ts';
import { assertFiniteInside } from './finite-voxels.ts';
import { maskFromLabels, regionOfLesions } from './mask-from-labels.ts';

const geometry: Geometry = {
  size: [5, 2, 2],
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
// Two slices of 5 x 2: label 1 at the left, label 3 at the right, touching label 2 by a corner.
const labels: Volume = {
  geometry,
  elementType: 'uint8',
  data: Uint8Array.of(1, 1, 0, 0, 3, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0),
};
const inside = (mask: Mask): number[] => [...mask.data].flatMap((value, at) => (value === 1 ? [at] : []));

describe('maskFromLabels', () => {
  it('takes one label, several, or all', () => {
    expect(inside(maskFromLabels(labels, 1))).toEqual([0, 1, 5]);
    expect(inside(maskFromLabels(labels, [2, 3]))).toEqual([4, 9, 18]);
    expect(inside(maskFromLabels(labels))).toEqual([0, 1, 4, 5, 9, 18]);
  });

  it('lists the labels found when the one asked for is not there', () => {
    expect(() => maskFromLabels(labels, 7)).toThrow(
      expect.objectContaining({
        code: 'mask-label',
        message: expect.stringMatching(/label 7; it holds 1 \(3 voxels\), 2 \(1 voxel\), 3 \(2 voxels\)/),
      }),
    );
  });

  it.each([[undefined], [1]])('refuses an empty mask (label %s)', (label) => {
    expect(() => maskFromLabels({ ...labels, data: new Uint8Array(20) }, label)).toThrow(
      expect.objectContaining({ code: 'mask-empty' }),
    );
  });

  it('reads labels stored as floats and refuses values between them', () => {
    expect(
      inside(maskFromLabels({ ...labels, elementType: 'float32', data: Float32Array.from(labels.data) }, 2)),
    ).toEqual([18]);
    const blurred = {
      ...labels,
      elementType: 'float32' as const,
      data: Float32Array.from(labels.data, (value) => value / 2),
    };
    expect(() => maskFromLabels(blurred)).toThrow(
      expect.objectContaining({ code: 'mask-label', message: expect.stringMatching(/0\.5/) }),
    );
    expect(() => maskFromLabels({ ...blurred, data: new Float32Array(20).fill(Number.NaN) })).toThrow(
      expect.objectContaining({ code: 'mask-label' }),
    );
  });
});

describe('connected pieces', () => {
  it('touch by faces, edges and corners', () => {
    const { sizes, labels: pieces } = connectedComponents(maskFromLabels(labels));
    expect(sizes).toEqual([3, 3]);
    expect([pieces[18], pieces[4], pieces[0]]).toEqual([2, 2, 1]);
  });

  it('of equal size are decided by the first voxel', () => {
    expect(inside(largestComponent(maskFromLabels(labels)))).toEqual([0, 1, 5]);
    expect(inside(regionOfLesions(labels, { lesions: 'largest' }))).toEqual([0, 1, 5]);
    expect(inside(regionOfLesions(labels, { lesions: 'union' }))).toHaveLength(6);
    expect(inside(regionOfLesions(labels, { lesions: 'largest', label: [2, 3] }))).toEqual([4, 9, 18]);
  });

  it('of a mask of a million voxels do not overflow the stack', () => {
    const size = [100, 100, 100] as const;
    const full = { geometry: { ...geometry, size }, data: new Uint8Array(1e6).fill(1) };
    expect(connectedComponents(full).sizes).toEqual([1e6]);
  });
});

describe('assertFiniteInside', () => {
  const image: Volume = { geometry, elementType: 'float32', data: new Float32Array(20) };
  image.data[9] = Number.NaN;
  image.data[18] = Number.POSITIVE_INFINITY;

  it('refuses NaN and infinite voxels inside and says where', () => {
    expect(() => assertFiniteInside(image, maskFromLabels(labels))).toThrow(
      expect.objectContaining({
        code: 'volume-nan',
        message: expect.stringMatching(/2 voxels .*index 4, 1, 0/),
      }),
    );
  });

  it('leaves those outside alone', () => {
    expect(() => assertFiniteInside(image, maskFromLabels(labels, 1))).not.toThrow();
  });
});

describe.skipIf(!hasShared('mri-prostate-mask-variants'))('masks of a prostate', () => {
  const read = (name: string): Promise<Volume> =>
    readVolume(readBytes(shared('mri-prostate-mask-variants', name)));

  it('have the voxels of their description', async () => {
    const two = await read('seg_two_labels.nii.gz');
    const counts = [1, 2].map((label) => inside(maskFromLabels(two, label)).length);
    expect(counts).toEqual([19_401, 2_499]);
    expect(inside(maskFromLabels(await read('seg_single_slice.nii.gz')))).toHaveLength(2_733);
  });

  it('that are empty are refused', async () => {
    const empty = await read('seg_empty.nii.gz');
    expect(() => maskFromLabels(empty)).toThrow(expect.objectContaining({ code: 'mask-empty' }));
  });
});
