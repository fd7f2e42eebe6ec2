import type { Mask } from '@sentinode/volume';
import { expect, test } from 'vitest';
import { acrossOf, otherSides } from './sides.ts';

/** One voxel in a grid of 40 x 40 x 10 voxels of 8 x 8 x 2 mm. */
function maskAt(x: number, direction: readonly number[] = [1, 0, 0, 0, 1, 0, 0, 0, 1]): Mask {
  const data = new Uint8Array(40 * 40 * 10);
  data[x + 40 * 20] = 1;
  return {
    geometry: { size: [40, 40, 10], spacing: [8, 8, 2], origin: [0, 0, 0], direction },
    data,
  } as Mask;
}
const placed = (visit: string, mask: Mask, patient = 'P1') => ({
  patient,
  visit,
  sequence: 'DCE',
  across: acrossOf(mask)!,
});

test('measures the distance from the middle towards the left', () => {
  expect(acrossOf(maskAt(30))).toEqual({ left: 8 * 10.5, width: 320 });
  // an axis that runs to the right
  expect(acrossOf(maskAt(30, [-1, 0, 0, 0, -1, 0, 0, 0, 1]))).toEqual({ left: -8 * 10.5, width: 320 });
  expect(acrossOf({ ...maskAt(0), data: new Uint8Array(16000) } as Mask)).toBeUndefined();
});

test('names a region on the other side than the one before', () => {
  const [first, same, other, nobody] = otherSides([
    placed('pre', maskAt(30)),
    placed('post', maskAt(35)),
    placed('post', maskAt(6)),
    placed('pre', maskAt(6), 'P2'),
  ]);
  expect([first, same, nobody]).toEqual([undefined, undefined, undefined]);
  expect(other).toBe(
    'The region lies in the right half of the body and that of pre DCE in the left half: look whether image, mask and patient belong together.',
  );
});

test('says nothing near the middle, nor of images of one breast', () => {
  expect(otherSides([placed('pre', maskAt(30)), placed('post', maskAt(18))])).toEqual([undefined, undefined]);
  const narrow = { patient: 'P1', visit: 'post', sequence: 'T2', across: { left: -60, width: 180 } };
  expect(otherSides([placed('pre', maskAt(30)), narrow])).toEqual([undefined, undefined]);
});
