import { crop } from '@sentinode/volume';
import { z } from 'zod';
import type { ImageFilter } from '../image-filter.ts';

const options = z.strictObject({});

/** The image itself. */
export const original = {
  name: 'Original',
  options,
  apply: (image, { box }) => [{ name: 'original', image: crop(image, box) }],
} satisfies ImageFilter<typeof options>;
