import type { PictureOptions } from '../options.ts';
import type { Picture } from '../picture.ts';
import { areaSamples } from './area-samples.ts';
import { pointSamples, type Samples } from './point-sampling.ts';

/** How pictures are resized. */
export type ResizeOptions = Pick<PictureOptions, 'resize' | 'antialias' | 'alignCorners'>;

/** A picture of another size, columns first, then rows, in double precision. */
export function resize(picture: Picture, toWidth: number, toHeight: number, options: ResizeOptions): Picture {
  const across = samplesOf(picture.width, toWidth, options);
  const down = samplesOf(picture.height, toHeight, options);
  return interpolate(picture, across, down, (sum) => sum);
}

/** Fixed-point weights of Pillow's 8-bit resizing: 32 bits less 8 of the value and 2 to spare. */
const FIXED = 2 ** 22;

/**
 * A picture of whole grey levels 0..255 in another size, in Pillow's whole-number arithmetic: weights in fixed point,
 * each pass rounded to a grey level.
 */
export function resizeLevels(
  picture: Picture,
  toWidth: number,
  toHeight: number,
  method: 'bilinear' | 'bicubic',
): Picture {
  const fixed = (from: number, to: number): Samples[] =>
    areaSamples(from, to, method).map(({ at, weights }) => ({
      at,
      weights: weights.map((weight) => Math.trunc(weight * FIXED + (weight < 0 ? -0.5 : 0.5))),
    }));
  const level = (sum: number): number => Math.min(255, Math.max(0, Math.floor((sum + FIXED / 2) / FIXED)));
  return interpolate(picture, fixed(picture.width, toWidth), fixed(picture.height, toHeight), level);
}

function samplesOf(
  from: number,
  to: number,
  { resize: method, antialias, alignCorners }: ResizeOptions,
): Samples[] {
  return antialias && method !== 'nearest'
    ? areaSamples(from, to, method)
    : pointSamples(from, to, method, alignCorners);
}

function interpolate(
  { width, height, values }: Picture,
  across: readonly Samples[],
  down: readonly Samples[],
  finish: (sum: number) => number,
): Picture {
  const rows = new Float64Array(height * across.length);
  for (let y = 0; y < height; y++) {
    across.forEach(({ at, weights }, x) => {
      let sum = 0;
      for (let k = 0; k < at.length; k++) sum += weights[k]! * values[y * width + at[k]!]!;
      rows[y * across.length + x] = finish(sum);
    });
  }
  const out = new Float64Array(across.length * down.length);
  down.forEach(({ at, weights }, y) => {
    for (let x = 0; x < across.length; x++) {
      let sum = 0;
      for (let k = 0; k < at.length; k++) sum += weights[k]! * rows[at[k]! * across.length + x]!;
      out[y * across.length + x] = finish(sum);
    }
  });
  return { width: across.length, height: down.length, values: out };
}
