import { z } from 'zod';

/** Changed copies of the training pictures; none where the study file does not ask for them. */
export const augmentationSchema = z.strictObject({
  copies: z.number().int().min(1).max(50).default(4).describe('changed copies of each training patient'),
  flips: z
    .array(z.enum(['horizontal', 'vertical']))
    .refine((flips) => new Set(flips).size === flips.length, 'each flip once')
    .default(['horizontal'])
    .describe('each is done to every second copy, drawn at random; [] for none'),
  rotation: z
    .number()
    .min(0)
    .max(180)
    .default(10)
    .describe('largest angle to either side, degrees; 0 for none'),
  brightness: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('grey values are multiplied by 1 minus to 1 plus this; 0 for none'),
});

export type AugmentationOptions = z.output<typeof augmentationSchema>;
