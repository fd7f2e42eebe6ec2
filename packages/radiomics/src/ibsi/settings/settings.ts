import { z } from 'zod';
import { filterSchema, labelOf } from '../filters/index.ts';

const spacing = z.tuple([z.number().nonnegative(), z.number().nonnegative(), z.number().nonnegative()]);
const interpolation = z.enum(['nearest', 'linear', 'cubic']);

const interpolationSchema = z.strictObject({
  spacing: spacing.describe(
    'mm along x, y, z; 0 keeps an axis, e.g. [2, 2, 0] for 2D; grids share their centre',
  ),
  image: interpolation.default('linear').describe('cubic: interpolating cubic B-spline'),
  mask: interpolation.default('linear'),
  maskThreshold: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('voxels of the interpolated mask from this value are inside'),
  rounding: z
    .boolean()
    .default(false)
    .describe('round interpolated intensities to whole numbers (CT); halves go to the even one'),
});

const resegmentationSchema = z.strictObject({
  range: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .nullable()
    .default(null)
    .describe('intensities kept in the intensity mask, ends included; null leaves an end open'),
  outliers: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('keep intensities within this many standard deviations of the mean of the region'),
});

const binWidth = z.number().positive().describe('width of a bin in units of the image');
const binCount = z.number().int().min(2);
const start = z
  .number()
  .nullable()
  .default(null)
  .describe('lower edge of the first bin; null: the lower end of the range, else the lowest intensity');
const none = z.strictObject({ method: z.literal('none') });
const fixedBinSize = z.strictObject({ method: z.literal('fixedBinSize'), binWidth, start });
const fixedBinNumber = z.strictObject({
  method: z.literal('fixedBinNumber'),
  binCount: binCount.describe('number of bins between lowest and highest intensity'),
});
const discretisationSchema = z.discriminatedUnion('method', [none, fixedBinSize, fixedBinNumber]);

const distance = z.number().int().min(1).max(20).default(1);
const dimension = z.enum(['2D', '2.5D', '3D']);

/** Names of the feature families, in output order. */
export const familyNames = [
  'morphology',
  'local-intensity',
  'statistics',
  'intensity-histogram',
  'intensity-volume-histogram',
  'glcm',
  'glrlm',
  'glszm',
  'gldzm',
  'ngtdm',
  'ngldm',
] as const;

/** A parameter file with `standard: ibsi`. */
export const ibsiSchema = z.strictObject({
  standard: z.literal('ibsi'),
  label: z.number().int().positive().default(1),
  interpolation: interpolationSchema
    .nullable()
    .default(null)
    .describe('without it the image is measured on its own grid'),
  resegmentation: resegmentationSchema.prefault({}),
  discretisation: discretisationSchema
    .default({ method: 'none' })
    .describe('IBSI defines no default; none takes intensities as grey levels'),
  intensityVolumeHistogram: discretisationSchema
    .default({ method: 'none' })
    .describe('own discretisation of this family; none for calibrated units in whole steps'),
  aggregation: z
    .array(dimension)
    .min(1)
    .default(['2D', '2.5D', '3D'])
    .describe('texture matrices by slice, by slice and merged, in space; each averaged and merged'),
  families: z
    .array(z.enum(familyNames))
    .min(1)
    .default([...familyNames]),
  coOccurrence: z
    .strictObject({ distance: distance.describe('length of the step between two voxels (glcm)') })
    .prefault({}),
  dependence: z
    .strictObject({
      distance: distance.describe('neighbours up to this Chebyshev distance (ngldm)'),
      difference: z
        .number()
        .int()
        .nonnegative()
        .default(0)
        .describe('grey levels that differ by at most this are dependent (ngldm)'),
    })
    .prefault({}),
  toneDifference: z
    .strictObject({ distance: distance.describe('neighbours up to this Chebyshev distance (ngtdm)') })
    .prefault({}),
  filters: z
    .array(filterSchema)
    .min(1)
    .default([{ type: 'none' }])
    .superRefine((filters, context) => {
      const labels = filters.map(labelOf);
      const twice = labels.find((label, at) => labels.indexOf(label) < at);
      if (twice !== undefined)
        context.addIssue(`two filters would be called "${twice}" in feature names; give one of them a name`);
    })
    .describe('response maps that are measured; none is the image itself'),
});

/** Everything that decides the numbers of an IBSI extraction; plain data. */
export type IbsiSettings = z.output<typeof ibsiSchema>;

/** The settings of `--standard ibsi` without a parameter file. */
export function defaultIbsiSettings(): IbsiSettings {
  return ibsiSchema.parse({ standard: 'ibsi' });
}
