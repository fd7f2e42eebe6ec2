import { z } from 'zod';

const visit = z
  .union([
    z.literal('first'),
    z.literal('last'),
    z.string().regex(/^S\d+$/),
    z.strictObject({ days: z.tuple([z.number(), z.number()]) }),
  ])
  .describe('first, last, a study by its name (S2), or the days after the first study that it lies in');

const sequence = z
  .strictObject({
    kind: z
      .enum(['DCE', 'T2WI', 'T1WI', 'DWI', 'ADC', 'subtraction'])
      .describe('what the volume was taken for'),
    description: z.string().optional().describe('a word that the description must hold'),
    plane: z.enum(['axial', 'sagittal', 'coronal']).optional(),
    phase: z.number().int().min(1).optional().describe('DCE: time point, 1 is before contrast'),
    seconds: z.number().optional().describe('DCE: the time point nearest to these seconds after the first'),
    afterInjection: z
      .number()
      .optional()
      .describe(
        'DCE: the time point nearest to these seconds after contrast was injected, where files say when',
      ),
    minus: z.number().int().min(1).optional().describe('DCE: this time point is subtracted, computed here'),
    b: z
      .union([z.literal('highest'), z.number().min(0)])
      .optional()
      .describe('DWI: b-value, s/mm²'),
    adc: z
      .union([z.literal('all'), z.array(z.number().min(0)).min(2)])
      .optional()
      .describe('DWI: the apparent diffusion coefficient over these b-values, computed here'),
  })
  .describe('which volume of a visit is this sequence');

/** Which series of an import are which image of a study. */
export const arrangeSchema = z.strictObject({
  visits: z.record(z.string().regex(/^[A-Za-z0-9]+$/), visit).default({ pre: 'first', post: 'last' }),
  sequences: z
    .record(z.string().regex(/^[A-Za-z0-9]+$/), sequence)
    .default({ DCE: { kind: 'DCE', phase: 2 }, T2WI: { kind: 'T2WI' }, DWI: { kind: 'DWI', b: 'highest' } }),
});

export type ArrangeRules = z.output<typeof arrangeSchema>;
export type SequenceRule = ArrangeRules['sequences'][string];
export type VisitRule = ArrangeRules['visits'][string];
