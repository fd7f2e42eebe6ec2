import type { Vector3 } from '@sentinode/volume';
import type { z } from 'zod';
import type { IbsiImage } from '../ibsi-image.ts';

/** A convolutional filter of IBSI-2. One folder each, one line in `filters/index.ts`. */
export interface IbsiFilter<Options extends z.ZodObject = z.ZodObject> {
  /** Value of `type` in parameter files. */
  readonly type: string;
  readonly title: string;
  readonly options: Options;
  /** Part of feature names, e.g. `log-3D-sigma-1.5`; options at their defaults may be left out. */
  label(options: z.output<Options>): string;
  /**
   * Voxels along x, y, z from which a response can come, or undefined where the whole image takes part. An image cut to
   * a region and this much around it gives the same responses in the region.
   */
  reach(options: z.output<Options>, spacing: Vector3): Vector3 | undefined;
  /** The response map, of the image's size. */
  apply(image: IbsiImage, options: z.output<Options>): Float64Array;
}
