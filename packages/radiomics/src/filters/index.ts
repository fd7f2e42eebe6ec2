import { exponential } from './exponential/index.ts';
import { gradient } from './gradient/index.ts';
import type { ImageFilter } from './image-filter.ts';
import { lbp2D } from './lbp-2d/index.ts';
import { lbp3D } from './lbp-3d/index.ts';
import { laplacian } from './log/index.ts';
import { logarithm } from './logarithm/index.ts';
import { original } from './original/index.ts';
import { square } from './square/index.ts';
import { squareRoot } from './square-root/index.ts';
import { wavelet } from './wavelet/index.ts';

/** All image types. */
export const filters: readonly ImageFilter[] = [
  original,
  laplacian,
  wavelet,
  square,
  squareRoot,
  logarithm,
  exponential,
  gradient,
  lbp2D,
  lbp3D,
];

/** Options of all image types: each may also stand among the settings that hold for all. */
export const filterOptions = {
  ...laplacian.options.shape,
  ...wavelet.options.shape,
  ...gradient.options.shape,
  ...lbp2D.options.shape,
  ...lbp3D.options.shape,
};
