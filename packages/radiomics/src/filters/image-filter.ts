import type { Warning } from '@sentinode/core';
import type { Box, Volume } from '@sentinode/volume';
import type { z } from 'zod';

/** A filtered image inside the box of the region, with the name that its features carry. */
export interface FilteredImage {
  /** e.g. `original`, `log-sigma-2-0-mm-3D`, `wavelet-LLH`. */
  readonly name: string;
  readonly image: Volume;
}

/** An image type. One folder each, one line in `filters/index.ts`. */
export interface ImageFilter<Options extends z.ZodType = z.ZodType> {
  /** Name in parameter files, e.g. `LoG`. */
  readonly name: string;
  readonly options: Options;
  /**
   * Filters an image as a whole and returns the part inside `box`. Only the neighbourhood that can reach the box is
   * computed; the result is that of the whole image.
   */
  apply(
    image: Volume,
    box: Box,
    options: z.output<Options>,
    warn: (warning: Warning) => void,
  ): FilteredImage[];
}
