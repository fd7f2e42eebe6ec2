import { crop } from '@sentinode/volume';
import { z } from 'zod';
import type { ImageFilter } from './image-filter.ts';

const options = z.strictObject({});

/** Values inside a box that are scaled by the largest magnitude of the whole image. */
interface GreyScale {
  /** Name in parameter files. */
  readonly name: string;
  /** Name that its features carry. */
  readonly image: string;
  /** What becomes of a value in an image whose largest magnitude is `most`, which is not 0 unless `ofZero`. */
  of(most: number): (value: number) => number;
  /** Whether an image of zeros has a result, as in the reference. */
  readonly ofZero?: boolean;
}

/** An image type that changes grey values one by one; double precision. Skipped where every voxel is 0. */
export function greyScale({
  name,
  image: imageName,
  of,
  ofZero = false,
}: GreyScale): ImageFilter<typeof options> {
  return {
    name,
    options,
    apply: (image, { box }, _, warn) => {
      let most = 0;
      for (let at = 0; at < image.data.length; at++) most = Math.max(most, Math.abs(image.data[at]!));
      if (most === 0 && !ofZero) {
        warn({
          code: 'filter-skipped',
          message: `${name} was skipped: every voxel of the image is 0, and its scale is the largest magnitude.`,
        });
        return [];
      }
      const inside = crop(image, box);
      const data = Float64Array.from(inside.data as ArrayLike<number>, of(most));
      return [
        { name: imageName, image: { geometry: inside.geometry, elementType: 'float64' as const, data } },
      ];
    },
  };
}
