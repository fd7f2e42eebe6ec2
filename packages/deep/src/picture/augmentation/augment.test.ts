import { createRandom } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../../reference/locator.ts';
import { relativeToLargest } from '../../testing/formula.ts';
import { readNpy } from '../../testing/npy.ts';
import type { Picture } from '../picture.ts';
import { augment, brighten, drawAugmentation, flip, rotate } from './augment.ts';
import { augmentationSchema } from './options.ts';

const npy = (name: string) => readNpy(readBytes(reference('deep', 'images', `${name}.npy`)));
const picture = (name: string): Picture => {
  const { shape, values } = npy(name);
  return { width: shape[1]!, height: shape[0]!, values };
};
/** torchvision keeps the sampling grid in float32, so that places are off by up to 1e-5 pixel; measured up to 9.6e-6. */
const TOLERANCE = 2e-5;

describe.each(['s0', 's1'])('slice %s against torchvision', (slice) => {
  const from = picture(`${slice}_percentile_1_99`);
  it.each([
    ['hflip', 'horizontal'],
    ['vflip', 'vertical'],
  ] as const)('%s', (name, direction) => {
    expect(Float32Array.from(flip(from, direction).values)).toEqual(
      Float32Array.from(npy(`${slice}_${name}`).values),
    );
  });
  it.each([10, -10, 3.5])('turned by %s degrees', (angle) => {
    const { values } = npy(`${slice}_rotate_${angle}_bilinear`);
    const difference = relativeToLargest(rotate(from, angle).values, values);
    expect(difference).toBeLessThan(TOLERANCE);
  });
});

describe('changes of a picture', () => {
  const grey: Picture = {
    width: 5,
    height: 4,
    values: Float64Array.from({ length: 20 }, (_, at) => at / 20),
  };
  it('do nothing when nothing is drawn', () => {
    const same = augment([grey, grey, grey], { flips: [], rotation: 0, brightness: 1 });
    expect(same).toEqual([grey, grey, grey]);
  });
  it('turn by a right angle as numpy.rot90', () => {
    const square: Picture = { width: 2, height: 2, values: Float64Array.of(1, 2, 3, 4) };
    const { values } = rotate(square, 90);
    expect(Array.from(values, (value) => Math.round(value * 1e6) / 1e6)).toEqual([2, 4, 1, 3]);
  });
  it('keep grey values between black and white', () => {
    expect(Math.max(...brighten(grey, 5).values)).toBe(1);
    expect(brighten(grey, 0.5).values[19]).toBeCloseTo(0.475, 12);
  });
  it('stay in the ranges that are declared, and are the same for the same generator', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 180, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (rotation, brightness, seed) => {
          const options = augmentationSchema.parse({ rotation, brightness, flips: ['vertical'] });
          const drawn = drawAugmentation(options, createRandom(seed, 'copy'));
          expect(Math.abs(drawn.rotation)).toBeLessThanOrEqual(rotation);
          expect(Math.abs(drawn.brightness - 1)).toBeLessThanOrEqual(brightness + 1e-15);
          expect(drawn.flips.every((direction) => direction === 'vertical')).toBe(true);
          expect(drawAugmentation(options, createRandom(seed, 'copy'))).toEqual(drawn);
        },
      ),
    );
  });
});
