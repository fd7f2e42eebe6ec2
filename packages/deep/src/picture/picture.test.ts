import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../reference/locator.ts';
import { relativeToLargest } from '../testing/formula.ts';
import { channelsOf, imageNetScore, minMax, networkInput } from './network-input.ts';
import { resize } from './resize.ts';

/** A numpy array of float32 or float64 in C order. */
function npy(name: string): { shape: number[]; values: Float64Array } {
  const bytes = readBytes(reference('deep', 'images', name));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, start));
  const shape = /\(([^)]*)\)/
    .exec(header)![1]!
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number);
  const wide = header.includes('f8');
  const count = shape.reduce((product, size) => product * size, 1);
  return {
    shape,
    values: Float64Array.from({ length: count }, (_, i) =>
      wide ? view.getFloat64(start + 8 * i, true) : view.getFloat32(start + 4 * i, true),
    ),
  };
}
const picture = (name: string) => {
  const { shape, values } = npy(name);
  return { width: shape[1]!, height: shape[0]!, values };
};
/** torchvision computes weights and sums in float32; measured up to 1.8e-6. */
const TOLERANCE = 3e-6;

describe('pictures against torchvision', () => {
  it.each([
    ['s0_percentile_1_99.npy', 's0_torchvision_bilinear_antialias_True.npy'],
    ['s0_percentile_1_99.npy', 's0_down_torchvision_bilinear_antialias_True.npy'],
    ['s1_percentile_1_99.npy', 's1_torchvision_bilinear_antialias_True.npy'],
    ['s1_percentile_1_99.npy', 's1_down_torchvision_bilinear_antialias_True.npy'],
  ])('resizes %s to %s', (from, to) => {
    const expected = npy(to);
    const resized = resize(picture(from), expected.shape[1]!, expected.shape[0]!);
    expect(relativeToLargest(resized.values, expected.values)).toBeLessThan(TOLERANCE);
  });
  it('scales by minimum and maximum', () => {
    expect(
      relativeToLargest(minMax(picture('s0_input.npy')).values, npy('s0_minmax.npy').values),
    ).toBeLessThan(1e-12);
  });
});

describe('ImageNet scores against torchvision', () => {
  it('gives red, green and blue', () => {
    const grey = npy('s0_down_torchvision_bilinear_antialias_False.npy').values;
    const scores = [0, 1, 2].flatMap((channel) => Array.from(grey, (value) => imageNetScore(value, channel)));
    expect(relativeToLargest(scores, npy('s0_imagenet_normalised.npy').values)).toBeLessThan(TOLERANCE);
  });
});

describe('network input', () => {
  const flat = (value: number) => ({ width: 3, height: 2, values: new Float64Array(6).fill(value) });
  it('gives ImageNet scores of black for flat pictures', () => {
    const input = networkInput([flat(1), flat(7), flat(-2)]);
    expect(input).toHaveLength(3 * 224 * 224);
    expect(input[0]).toBeCloseTo(-0.485 / 0.229, 6);
    expect(input[2 * 224 * 224]).toBeCloseTo(-0.406 / 0.225, 6);
  });
  it('does not change when grey values are scaled and shifted by powers of two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 12, maxLength: 12 }),
        (values) => {
          const one = { width: 4, height: 3, values: Float64Array.from(values) };
          const other = { ...one, values: one.values.map((value) => value * 4 + 8) };
          expect(minMax(other).values).toEqual(minMax(one).values);
        },
      ),
      { numRuns: 30 },
    );
  });
  it('names the image whose values are not finite', () => {
    const holed = flat(1);
    holed.values[2] = Number.NaN;
    expect(() => networkInput([flat(1), holed, flat(2)], ['dce', 'dwi', 't2'])).toThrow(
      expect.objectContaining({ code: 'volume-nan', place: expect.objectContaining({ file: 'dwi' }) }),
    );
  });
  it('maps sequences to colours', () => {
    expect(channelsOf(['T2WI', 'DCE', 'DWI'])).toEqual(['DCE', 'DWI', 'T2WI']);
    expect(channelsOf(['T1'])).toEqual(['T1', 'T1', 'T1']);
    expect(() => channelsOf(['T1', 'T2'])).toThrow('three sequences');
  });
});
