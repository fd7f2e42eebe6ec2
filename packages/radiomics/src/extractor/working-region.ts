import type { Box, Mask, Volume } from '@sentinode/volume';

/** An image and a region, ready for filters and measurement. */
export interface WorkingRegion {
  /** Normalised, resampled, cropped with padding, as the settings say. */
  readonly image: Volume;
  /** On the grid of `image`. */
  readonly mask: Mask;
  /** Bounding box of `mask`. */
  readonly box: Box;
  /** Where shape is measured, inside the same box. */
  readonly shapeMask: Mask;
  /** Masks that were made on the way. */
  readonly corrected: Mask | undefined;
  readonly resegmented: Mask | undefined;
  /** `image` and `mask` before resegmentation, where they were resampled. */
  readonly interpolated: { readonly image: Volume; readonly mask: Mask } | undefined;
}
