import type { LevelVolume } from '../kernels/level-volume.ts';
import type { MeasurementSettings } from '../parameters/settings.ts';

/** What a feature class measures: one region on one image type. */
export interface Region {
  /** Values of the region's voxels, x fastest. */
  readonly values: Float64Array;
  readonly volume: LevelVolume;
  /** Voxels inside the box, 1 inside the region. */
  readonly mask: Uint8Array;
  readonly size: readonly [number, number, number];
  /** Millimetres. */
  readonly spacing: readonly [number, number, number];
  readonly settings: MeasurementSettings;
  /** The neighbourhood of one voxel of a feature map, which the reference measures together with others. */
  readonly neighbourhood?: true;
}

/** A value, or why there is none. */
export type FeatureValue = number | { readonly undefined: string };

/** One feature of a class, with its formula in words for the documentation. */
interface FeatureDefinition {
  readonly name: string;
  readonly formula: string;
}

/** A table behind a feature: a matrix of counts, a histogram, or the quantities that its formula names. */
export interface EvidenceTable {
  readonly title: string;
  /** What rows and columns are, e.g. `grey level` and `run length`. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly rows: readonly (number | string)[];
  readonly columns: readonly (number | string)[];
  /** NaN where there is no value. */
  readonly values: readonly (readonly number[])[];
}

/** What a class can say about its features beside their values. */
export interface FeatureExplanation {
  /** Code of the definition in the reference manual of the Image Biomarker Standardisation Initiative, by feature. */
  readonly ibsi: Readonly<Record<string, string>>;
  /** Where this definition differs from that of the manual, by feature; it is the same for all others. */
  readonly differs?: Readonly<Record<string, string>>;
  /** The tables behind a feature of this region. */
  evidence(region: Region, feature: string): readonly EvidenceTable[];
}

/**
 * Traces of PyRadiomics' batches in feature maps: what becomes of a feature when a direction has pairs round one voxel
 * of a batch and none round another.
 */
export interface BatchTraces {
  /** Have no value for the whole batch then. */
  readonly failing: readonly string[];
  /** Have no value at the voxel with the gap. */
  readonly plainMean: readonly string[];
  /** Whether a region has a pair, direction by direction. */
  paired(region: Region): readonly boolean[];
}

/** A feature class. One folder each, one line in `features/index.ts`. */
export interface FeatureClass {
  /** As in column names, e.g. `glcm`. */
  readonly name: string;
  /** In the order in which an unrestricted extraction lists them (alphabetical, as the reference does). */
  readonly features: readonly FeatureDefinition[];
  /** Names that the reference has withdrawn: accepted in a parameter file, said, and never measured. */
  readonly withdrawn?: readonly string[];
  /** Whether it is measured on the mask alone, once per case. */
  readonly onMask: boolean;
  /** The features that read grey levels, where not all do: without them no bin is counted, so none can be too many. */
  readonly binned?: readonly string[];
  /** What a gap in one direction does to feature maps, which are measured batch by batch. */
  readonly batches?: BatchTraces;
  readonly explanation: FeatureExplanation;
  /** Values of the features asked for. */
  compute(region: Region, wanted: readonly string[]): Readonly<Record<string, FeatureValue>>;
}

/** Mean of the values that exist; a reason when there is none. */
export function meanOfDefined(values: readonly number[], reason: string): FeatureValue {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? { undefined: reason } : sum / count;
}

/** A finite number, or the reason why it is none. */
export function finiteOr(value: number, reason: string): FeatureValue {
  return Number.isFinite(value) ? value : { undefined: reason };
}

export { EPSILON } from '../kernels/texture/texture-kernels.ts';
