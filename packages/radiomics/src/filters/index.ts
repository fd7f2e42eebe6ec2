import type { ImageFilter } from './image-filter.ts';
import { laplacian } from './log/index.ts';
import { original } from './original/index.ts';
import { wavelet } from './wavelet/index.ts';

/** All image types. */
export const filters: readonly ImageFilter[] = [original, laplacian, wavelet];
