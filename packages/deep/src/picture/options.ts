import { z } from 'zod';

/** How a picture of one sequence is cut from its volume; defaults are the published ones. Recorded in every model. */
export const pictureSchema = z
  .strictObject({
    slice: z
      .enum(['largest-area', 'same-position'])
      .default('largest-area')
      .describe(
        'per image the slice with the largest tumour area (lowest index of several), or the slice of the red channel and, in the others, the slice at the same place in the patient',
      ),
    region: z
      .enum(['slice', 'box', 'masked'])
      .default('slice')
      .describe('whole slice, tumour box with margin, or slice with everything outside the tumour black'),
    margin: z.number().nonnegative().default(10).describe('around the tumour box, mm'),
    window: z
      .enum(['slice', 'percentile', 'volume'])
      .default('slice')
      .describe(
        'grey values from 0 to 1: lowest to highest of the slice, its percentiles, lowest to highest of the volume',
      ),
    percentiles: z
      .tuple([z.number().min(0).max(100), z.number().min(0).max(100)])
      .default([0.5, 99.5])
      .describe('for window: percentile'),
    depth: z
      .enum(['float', '8-bit'])
      .default('float')
      .describe('8-bit: rounded to 256 grey levels and resized in whole numbers, as through Pillow'),
    resize: z.enum(['bilinear', 'bicubic', 'nearest']).default('bilinear'),
    antialias: z.boolean().default(true).describe('average over pixels when shrinking'),
    alignCorners: z
      .boolean()
      .default(false)
      .describe('corners of both grids coincide; only without antialias'),
  })
  .refine(({ percentiles: [low, high] }) => low < high, {
    message: 'the first percentile must be below the second',
    path: ['percentiles'],
  })
  .refine(({ alignCorners, antialias }) => !alignCorners || !antialias, {
    message: 'alignCorners needs antialias: false',
    path: ['alignCorners'],
  })
  .refine(({ alignCorners, resize }) => !alignCorners || resize !== 'nearest', {
    message: 'nearest has no alignCorners',
    path: ['alignCorners'],
  })
  .refine(({ depth, antialias, resize }) => depth === 'float' || (antialias && resize !== 'nearest'), {
    message: '8-bit pictures are resized by Pillow’s rule: bilinear or bicubic with antialias',
    path: ['depth'],
  });

export type PictureOptions = z.output<typeof pictureSchema>;

/** The published preparation. */
export const publishedPicture: PictureOptions = pictureSchema.parse({});
