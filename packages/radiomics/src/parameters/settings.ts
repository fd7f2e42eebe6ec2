import type { Vector3 } from '@sentinode/volume';
import { z } from 'zod';
import { filterOptions } from '../filters/index.ts';

const spacing = z.tuple([z.number().nonnegative(), z.number().nonnegative(), z.number().nonnegative()]);

/** Interpolators by the names that parameter files use. */
const interpolatorNames = [
  'sitkNearestNeighbor',
  'sitkLinear',
  'sitkBSpline',
  'sitkGaussian',
  'sitkLabelGaussian',
  'sitkHammingWindowedSinc',
  'sitkCosineWindowedSinc',
  'sitkWelchWindowedSinc',
  'sitkLanczosWindowedSinc',
  'sitkBlackmanWindowedSinc',
  'sitkBSplineResampler',
  'sitkBSplineResamplerOrder3',
  'sitkBSplineResamplerOrder1',
  'sitkBSplineResamplerOrder2',
  'sitkBSplineResamplerOrder4',
  'sitkBSplineResamplerOrder5',
] as const;

/** Settings that may differ between image types. */
const measurement = {
  binWidth: z.number().positive().default(25).describe('width of a grey level bin, in units of the image'),
  binCount: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('number of bins; overrides binWidth'),
  voxelArrayShift: z
    .number()
    .default(0)
    .describe('added to grey values for Energy, TotalEnergy and RootMeanSquared'),
  symmetricalGLCM: z.boolean().default(true),
  gldm_a: z
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe('grey levels that differ by at most this are dependent'),
};

/** The `setting` part of a parameter file, with PyRadiomics' names and defaults. */
export const settingSchema = z.strictObject({
  ...filterOptions,
  ...measurement,
  normalize: z.boolean().default(false).describe('z-scores over the whole image'),
  normalizeScale: z.number().positive().default(1),
  removeOutliers: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('cut at this many standard deviations'),
  resampledPixelSpacing: spacing
    .nullable()
    .default(null)
    .describe('mm along x, y, z; 0 keeps the spacing of an axis'),
  interpolator: z.enum(interpolatorNames).nullable().default('sitkBSpline'),
  preCrop: z.boolean().default(false),
  padDistance: z.number().int().nonnegative().default(5).describe('voxels kept around the region'),
  minimumROIDimensions: z.number().int().min(1).max(3).default(2),
  minimumROISize: z.number().int().nonnegative().nullable().default(null),
  label: z.number().int().positive().default(1),
  additionalInfo: z.boolean().default(true),
  geometryTolerance: z.number().positive().nullable().default(null),
  correctMask: z.boolean().default(false),
  distances: z.array(z.number()).default([1]),
  resegmentRange: z.array(z.number()).nullable().default(null),
  resegmentMode: z.enum(['absolute', 'relative', 'sigma']).default('absolute'),
  resegmentShape: z.boolean().default(false),
  weightingNorm: z.string().nullable().default(null),
  label_channel: z.number().int().nonnegative().default(0),
});

export const measurementSchema = z.strictObject(measurement);

/** How grey values are binned and counted for one image type. */
export type MeasurementSettings = z.output<typeof measurementSchema>;

/** An image type with its own options and the settings that hold for it. */
export interface ImageTypeSettings {
  /** As in parameter files, e.g. `LoG`. */
  readonly name: string;
  /** Options of the filter, checked against its schema. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly measurement: MeasurementSettings;
}

/** A feature class with the features wanted of it, in output order. */
export interface FeatureClassSettings {
  readonly name: string;
  readonly features: readonly string[];
}

/** Everything that decides the numbers of an extraction; plain data, so that it can be hashed and sent to threads. */
export interface ExtractionSettings {
  readonly normalize: boolean;
  readonly normalizeScale: number;
  readonly removeOutliers: number | null;
  /** null: the image is measured on its own grid. */
  readonly resampledPixelSpacing: Vector3 | null;
  readonly interpolator: 'bspline' | 'linear' | 'nearest';
  readonly preCrop: boolean;
  readonly padDistance: number;
  readonly minimumROIDimensions: number;
  readonly minimumROISize: number | null;
  readonly label: number;
  readonly imageTypes: readonly ImageTypeSettings[];
  readonly featureClasses: readonly FeatureClassSettings[];
  /** What a parameter file asks for and does not get, in words; each extraction repeats it as a warning. */
  readonly remarks: readonly string[];
}
