import { expect, it } from 'vitest';
import { summariseReaderMasks } from './reader-masks.ts';

it('summarises the overlap of masks over all images, by sequence, by visit and by both', () => {
  const compared = [0.9, 0.8, 0.6, 0.7].map((dice, at) => ({
    patient: `P${at % 2}`,
    visit: at < 2 ? 'pre' : 'post',
    sequence: 'DCE',
    dice,
    hausdorff95: 10 * (1 - dice),
    volumeDifference: 0,
  }));
  const { groups, patients } = summariseReaderMasks(compared, ['a', 'b']);
  expect(patients).toBe(2);
  expect(groups.map(({ by, name, images }) => [by, name, images])).toEqual([
    ['all', 'all images', 4],
    ['sequence', 'DCE', 4],
    ['visit', 'pre', 2],
    ['visit', 'post', 2],
    ['visit and sequence', 'pre DCE', 2],
    ['visit and sequence', 'post DCE', 2],
  ]);
  // R: mean, sd, quantile(type = 7) of 0.9 0.8 0.6 0.7
  expect(groups[0]!.dice.mean).toBeCloseTo(0.75, 12);
  expect(groups[0]!.dice.sd).toBeCloseTo(0.129_099_444_873_580_6, 12);
  expect(groups[0]!.dice.q1).toBeCloseTo(0.675, 12);
  expect(groups[0]!.dice.q3).toBeCloseTo(0.825, 12);
  expect(groups[0]!.dice.minimum).toBe(0.6);
});
