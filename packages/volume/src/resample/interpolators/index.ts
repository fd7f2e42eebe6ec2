import { bspline } from './bspline/index.ts';
import { gaussian, labelGaussian } from './gaussian.ts';
import type { Interpolation } from './interpolation.ts';
import { linear } from './linear.ts';
import { nearest } from './nearest.ts';
import { windowedSinc } from './windowed-sinc.ts';

/** Every interpolation, with the settings that SimpleITK gives it. */
export const interpolations = {
  nearest,
  linear,
  bspline: bspline(3, true),
  'bspline-1': bspline(1, true),
  'bspline-2': bspline(2, true),
  'bspline-4': bspline(4, true),
  'bspline-5': bspline(5, true),
  gaussian,
  'label-gaussian': labelGaussian,
  'hamming-sinc': windowedSinc('hamming'),
  'cosine-sinc': windowedSinc('cosine'),
  'welch-sinc': windowedSinc('welch'),
  'lanczos-sinc': windowedSinc('lanczos'),
  'blackman-sinc': windowedSinc('blackman'),
  'bspline-smoothing-1': bspline(1, false),
  'bspline-smoothing-2': bspline(2, false),
  'bspline-smoothing-3': bspline(3, false),
  'bspline-smoothing-4': bspline(4, false),
  'bspline-smoothing-5': bspline(5, false),
} satisfies Readonly<Record<string, Interpolation>>;

export type InterpolationName = keyof typeof interpolations;
