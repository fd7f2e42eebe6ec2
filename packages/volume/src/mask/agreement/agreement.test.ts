import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../../reference/locator.ts';
import type { Geometry, Mask } from '../../volume.ts';
import { consensusMask } from './consensus.ts';
import { maskAgreement } from './overlap.ts';
import { staple } from './staple.ts';

const golden = readJson<{
  size: [number, number, number];
  spacing: [number, number, number];
  runs: number[][];
  pairs: {
    readers: [number, number];
    dice: number;
    jaccard: number;
    hausdorff95: number;
    hausdorff: number;
    mean: number;
  }[];
  staple: { sensitivity: number[]; specificity: number[]; iterations: number; inside: number; sum: number };
}>(reference('mask-agreement', 'expected.json'));
const geometry: Geometry = {
  size: golden.size,
  spacing: golden.spacing,
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const masks = golden.runs.map((edges): Mask => {
  const data = new Uint8Array(golden.size[0] * golden.size[1] * golden.size[2]);
  for (let run = 0; run < edges.length; run += 2) data.fill(1, edges[run], edges[run + 1]);
  return { geometry, data };
});

/** Ratios of integers and roots of sums: only rounding differs. STAPLE stops by a sum of squares of 1e-14. */
const TOLERANCE = { ratio: 1e-14, millimetres: 1e-12, staple: 1e-6 };

describe('two readers', () => {
  it.each(golden.pairs)('$readers agree as SimpleITK and NumPy say', ({ readers, mean, ...wanted }) => {
    const found = maskAgreement(masks[readers[0]], masks[readers[1]])!;
    expect(Math.abs(found.dice - wanted.dice)).toBeLessThanOrEqual(TOLERANCE.ratio);
    expect(Math.abs(found.jaccard - wanted.jaccard)).toBeLessThanOrEqual(TOLERANCE.ratio);
    expect(Math.abs(found.hausdorff95 - wanted.hausdorff95)).toBeLessThanOrEqual(TOLERANCE.millimetres);
    expect(Math.abs(found.hausdorff - wanted.hausdorff)).toBeLessThanOrEqual(TOLERANCE.millimetres);
    expect(Math.abs(found.meanSurfaceDistance - mean)).toBeLessThanOrEqual(TOLERANCE.millimetres);
  });

  it('agree wholly with themselves, and in either order alike', () => {
    expect(maskAgreement(masks[0], masks[0])).toMatchObject({
      dice: 1,
      jaccard: 1,
      hausdorff95: 0,
      volumeDifference: 0,
    });
    const [there, back] = [maskAgreement(masks[0], masks[1])!, maskAgreement(masks[1], masks[0])!];
    expect(back).toEqual({
      ...there,
      volumes: [...there.volumes].reverse(),
      volumeDifference: -there.volumeDifference,
    });
  });

  it('cannot be compared where one drew nothing', () => {
    expect(maskAgreement(masks[0], { geometry, data: new Uint8Array(masks[0].data.length) })).toBeUndefined();
  });
});

describe('consensus', () => {
  const count = ({ data }: Mask): number => data.reduce((sum, value) => sum + value, 0);

  it('by STAPLE is that of SimpleITK', () => {
    const { probability, sensitivity, specificity } = staple(masks);
    sensitivity.forEach((value, at) =>
      expect(Math.abs(value - golden.staple.sensitivity[at])).toBeLessThanOrEqual(TOLERANCE.staple),
    );
    specificity.forEach((value, at) =>
      expect(Math.abs(value - golden.staple.specificity[at])).toBeLessThanOrEqual(TOLERANCE.staple),
    );
    expect(Math.abs(probability.reduce((a, b) => a + b, 0) / golden.staple.sum - 1)).toBeLessThanOrEqual(
      TOLERANCE.staple,
    );
    expect(count(consensusMask(masks, 'staple'))).toBe(golden.staple.inside);
  });

  it('by count lies between intersection and union', () => {
    const [union, majority, intersection] = (['union', 'majority', 'intersection'] as const).map((rule) =>
      consensusMask(masks, rule),
    );
    expect(count(intersection)).toBeLessThan(count(majority));
    expect(count(majority)).toBeLessThan(count(union));
    masks[0].data.forEach((_, at) => {
      const marks = masks[0].data[at] + masks[1].data[at] + masks[2].data[at];
      expect([union.data[at], majority.data[at], intersection.data[at]]).toEqual([
        marks > 0 ? 1 : 0,
        marks > 1 ? 1 : 0,
        marks > 2 ? 1 : 0,
      ]);
    });
  });

  it('is refused where nothing is left, and of too few readers', () => {
    const far = { geometry, data: new Uint8Array(masks[0].data.length).fill(1, 0, 1) };
    expect(() => consensusMask([masks[0], far], 'intersection')).toThrow(
      expect.objectContaining({ code: 'mask-empty' }),
    );
    expect(() => consensusMask(masks.slice(0, 2), 'majority')).toThrow(
      expect.objectContaining({ code: 'option-invalid' }),
    );
  });
});
