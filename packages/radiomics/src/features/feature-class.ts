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
}

/** A value, or why there is none. */
export type FeatureValue = number | { readonly undefined: string };

/** One feature of a class, with its formula in words for the documentation. */
interface FeatureDefinition {
  readonly name: string;
  readonly formula: string;
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

/** The smallest double that the reference adds inside logarithms. */
export const EPSILON = 2.220446049250313e-16;
