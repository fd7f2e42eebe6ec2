import type { InterpolationName, Vector3 } from '@sentinode/volume';
import { z } from 'zod';
import { filterOptions } from '../filters/index.ts';

const spacing = z.tuple([z.number().nonnegative(), z.number().nonnegative(), z.number().nonnegative()]);
const planeSpacing = z.tuple([z.number().nonnegative(), z.number().nonnegative()]);

/** Interpolators by the names that parameter files use. */
export const interpolators = {
  sitkNearestNeighbor: 'nearest',
  sitkLinear: 'linear',
  sitkBSpline: 'bspline',
  sitkGaussian: 'gaussian',
  sitkLabelGaussian: 'label-gaussian',
  sitkHammingWindowedSinc: 'hamming-sinc',
  sitkCosineWindowedSinc: 'cosine-sinc',
  sitkWelchWindowedSinc: 'welch-sinc',
  sitkLanczosWindowedSinc: 'lanczos-sinc',
  sitkBlackmanWindowedSinc: 'blackman-sinc',
  sitkBSpline1: 'bspline-1',
  sitkBSpline2: 'bspline-2',
  sitkBSpline3: 'bspline',
  sitkBSpline4: 'bspline-4',
  sitkBSpline5: 'bspline-5',
  sitkBSplineResampler: 'bspline-smoothing-3',
  sitkBSplineResamplerOrder1: 'bspline-smoothing-1',
  sitkBSplineResamplerOrder2: 'bspline-smoothing-2',
  sitkBSplineResamplerOrder3: 'bspline-smoothing-3',
  sitkBSplineResamplerOrder4: 'bspline-smoothing-4',
  sitkBSplineResamplerOrder5: 'bspline-smoothing-5',
} as const satisfies Readonly<Record<string, InterpolationName>>;

type InterpolatorName = keyof typeof interpolators;
const interpolatorNames = Object.keys(interpolators) as [InterpolatorName, ...InterpolatorName[]];

/** A name, or the number from 1 to 10 that SimpleITK has for it. */
const interpolator = z.union([
  z.enum(interpolatorNames),
  z
    .number()
    .int()
    .min(1)
    .max(10)
    .transform((number) => interpolatorNames[number - 1]!),
]);

const distances = z
  .array(z.number().int().positive())
  .min(1)
  .refine((given) => new Set(given).size === given.length, 'each distance may stand once')
  .default([1])
  .describe('voxels to the neighbours of glcm, gldm and ngtdm (largest step along an axis)');

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
  distances,
  force2D: z.boolean().default(false).describe('neighbours, runs and zones only within slices'),
  force2Ddimension: z
    .number()
    .int()
    .min(0)
    .max(2)
    .default(0)
    .describe('axis across the slices: 0 z (axial), 1 y (coronal), 2 x (sagittal)'),
  symmetricalGLCM: z.boolean().default(true).describe('count pairs from both ends'),
  weightingNorm: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'manhattan, euclidean, infinity or no_weighting: directions of glcm and glrlm are weighted by length and added instead of averaged',
    ),
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
  resampledPixelSpacing: z
    .union([spacing, planeSpacing])
    .nullable()
    .default(null)
    .describe('mm along x, y, z (x, y of a picture); 0 keeps the spacing of an axis'),
  interpolator: interpolator.nullable().default('sitkBSpline'),
  preCrop: z.boolean().default(false),
  padDistance: z.number().int().nonnegative().default(5).describe('voxels kept around the region'),
  minimumROIDimensions: z.number().int().min(1).max(3).default(2),
  minimumROISize: z.number().int().nonnegative().nullable().default(null),
  label: z.number().int().positive().default(1).describe('value of the region in the mask'),
  label_channel: z
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe('component of a mask with several values per voxel'),
  additionalInfo: z.boolean().default(true).describe('put diagnostics_* in front of the features'),
  geometryTolerance: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('how far mask and image grids may differ, in parts of the first spacing; default 1e-4'),
  correctMask: z
    .boolean()
    .default(false)
    .describe('put a mask of another grid on that of its image (nearest neighbour)'),
  resegmentRange: z
    .array(z.number())
    .min(1)
    .max(2)
    .nullable()
    .default(null)
    .describe('keep the voxels from the first value up, to the second'),
  resegmentMode: z
    .enum(['absolute', 'relative', 'sigma'])
    .default('absolute')
    .describe('grey values, parts of the largest value in the region, or standard deviations from its mean'),
  resegmentShape: z.boolean().default(false).describe('measure shape on what resegmentRange leaves, too'),
});

/** The `voxelSetting` part of a parameter file: how feature maps are made. */
export const voxelSettingSchema = z.strictObject({
  kernelRadius: z.number().int().positive().default(1).describe('voxels round each voxel of a map'),
  maskedKernel: z.boolean().default(true).describe('only voxels of the region count in a neighbourhood'),
  initValue: z.number().or(z.nan()).default(0).describe('value of a map outside the region'),
  voxelBatch: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe(
      'voxels measured together; decides where MCC and JointAverage have no value, as in PyRadiomics',
    ),
});
export type VoxelSettings = z.output<typeof voxelSettingSchema>;

export const measurementSchema = z.strictObject(measurement);

/** How grey values are binned and counted for one image type. */
export type MeasurementSettings = z.output<typeof measurementSchema>;

/** Axis (0 x, 1 y, 2 z) along which no neighbour lies when measuring slice by slice; undefined in 3-D. */
export function stillAxis({
  force2D,
  force2Ddimension,
}: Pick<MeasurementSettings, 'force2D' | 'force2Ddimension'>): 0 | 1 | 2 | undefined {
  return force2D ? ((2 - force2Ddimension) as 0 | 1 | 2) : undefined;
}

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
  /** How many numbers the file has for it: 2 for pictures. */
  readonly spacingAxes: 2 | 3;
  readonly interpolator: InterpolationName;
  readonly preCrop: boolean;
  readonly padDistance: number;
  readonly minimumROIDimensions: number;
  readonly minimumROISize: number | null;
  readonly label: number;
  readonly label_channel: number;
  readonly additionalInfo: boolean;
  readonly geometryTolerance: number | null;
  readonly correctMask: boolean;
  readonly resegmentRange: readonly number[] | null;
  readonly resegmentMode: 'absolute' | 'relative' | 'sigma';
  readonly resegmentShape: boolean;
  /** What holds where an image type says nothing else. */
  readonly measurement: MeasurementSettings;
  readonly voxel: VoxelSettings;
  readonly imageTypes: readonly ImageTypeSettings[];
  readonly featureClasses: readonly FeatureClassSettings[];
  /** What a parameter file asks for and does not get, in words; each extraction repeats it as a warning. */
  readonly remarks: readonly string[];
  /** The configuration as the reference prints it in `diagnostics_Configuration_*`. */
  readonly configuration: ConfigurationText;
}

/** Python's text of a configuration. */
export interface ConfigurationText {
  /** Settings with their values, in the order of the reference: its defaults first, then those of the file. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly imageTypes: string;
}
