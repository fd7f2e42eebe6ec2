import type { Warning } from '@sentinode/core';
import type { Box, Mask, Volume } from '@sentinode/volume';
import type { z } from 'zod';

/** A filtered image inside the box of the region, with the name that its features carry. */
export interface FilteredImage {
  /** e.g. `original`, `log-sigma-2-0-mm-3D`, `wavelet-LLH`. */
  readonly name: string;
  readonly image: Volume;
}

/** Where the filtered values are wanted: a mask on the grid of the image and the box that holds it. */
export interface FilterRegion {
  readonly box: Box;
  readonly mask: Mask;
}

/** An image type. One folder each, one line in `filters/index.ts`. */
export interface ImageFilter<Options extends z.ZodObject = z.ZodObject> {
  /** Name in parameter files, e.g. `LoG`. */
  readonly name: string;
  /** By the names of PyRadiomics' settings; each may stand at the image type or among the settings for all. */
  readonly options: Options;
  /**
   * Filters an image as a whole and returns the part inside the box. Only the neighbourhood that can reach the box is
   * computed; the result is that of the whole image. A type that costs much a voxel (LBP3D) has values inside the mask
   * only, and 0 elsewhere.
   */
  apply(
    image: Volume,
    region: FilterRegion,
    options: z.output<Options>,
    warn: (warning: Warning) => void,
  ): FilteredImage[];
}
