import type { Warning } from '@sentinode/core';
import type { Volume } from '@sentinode/volume';
import { type Binning, discretise } from '../discretise/discretise.ts';
import type { FeatureClass, FeatureValue, Region } from '../features/feature-class.ts';
import { featureClasses } from '../features/index.ts';
import { type LevelVolume, levelVolume, type RegionShape, regionShape } from '../kernels/level-volume.ts';
import type {
  ExtractionSettings,
  FeatureClassSettings,
  MeasurementSettings,
} from '../parameters/settings.ts';
import { withoutSpace } from './picture.ts';

/** Collects features in output order. */
export interface Collected {
  readonly names: string[];
  readonly values: number[];
  readonly undefinedReasons: Record<string, string>;
}

function collect(into: Collected, name: string, value: FeatureValue): void {
  into.names.push(name);
  const reason =
    typeof value === 'number'
      ? Number.isFinite(value)
        ? undefined
        : 'the formula has no finite value here'
      : value.undefined;
  into.values.push(reason === undefined ? (value as number) : Number.NaN);
  if (reason !== undefined) into.undefinedReasons[name] = reason;
}

/** Whether any feature asked for reads grey levels. */
export function readsLevels(classes: readonly FeatureClassSettings[]): boolean {
  return classes.some(({ name, features }) => {
    const { onMask, binned } = featureClasses.find((candidate) => candidate.name === name)! as FeatureClass;
    return !onMask && features.some((feature) => binned?.includes(feature) ?? true);
  });
}

/** The region's grey values and levels on one filtered image, both inside the box. */
export function levelsOf(
  image: Volume,
  shape: RegionShape,
  measurement: MeasurementSettings,
): { values: Float64Array; volume: LevelVolume } {
  const values = new Float64Array(shape.inBox.length);
  for (let i = 0; i < values.length; i++) values[i] = image.data[shape.inBox[i]!] as number;
  const binning: Binning =
    measurement.binCount === null ? { binWidth: measurement.binWidth } : { binCount: measurement.binCount };
  const { bins, highest } = discretise(values, binning);
  return { values, volume: levelVolume(shape, bins, highest) };
}

/** Measures the classes that see grey values, in the order asked for. */
export function measureClasses(
  into: Collected,
  imageName: string,
  region: Region,
  classes: readonly FeatureClassSettings[],
): void {
  for (const { name, features } of classes) {
    const found = featureClasses.find((candidate) => candidate.name === name)!;
    if (!found.onMask) measureOne(into, imageName, found, region, features);
  }
}

/** Voxels of the region without a value on a filtered image (a pattern of equal neighbours has none). */
export function voxelsWithoutValue(image: Volume, shape: RegionShape): number {
  return shape.inBox.reduce((count, at) => count + (Number.isFinite(image.data[at]!) ? 0 : 1), 0);
}

/** Keeps the columns of a filtered image that cannot be measured, each feature with the reason. */
export function leaveUndefined(
  into: Collected,
  imageName: string,
  classes: readonly FeatureClassSettings[],
  reason: string,
): void {
  for (const { name, features } of classes) {
    if (featureClasses.find((candidate) => candidate.name === name)!.onMask) continue;
    for (const feature of features) collect(into, `${imageName}_${name}_${feature}`, { undefined: reason });
  }
}

function measureOne(
  into: Collected,
  imageName: string,
  { name, compute }: FeatureClass,
  region: Region,
  features: readonly string[],
): void {
  const values = compute(region, features);
  for (const feature of features) collect(into, `${imageName}_${name}_${feature}`, values[feature]!);
}

/**
 * Measures the classes that see only the mask, under the name of the original image: shape, then shape2D where the
 * settings measure slice by slice.
 */
export function measureShape(
  into: Collected,
  { mask, size, spacing, picture }: Pick<Region, 'mask' | 'size' | 'spacing'> & { readonly picture: boolean },
  { featureClasses: wanted, measurement: given }: Pick<ExtractionSettings, 'featureClasses' | 'measurement'>,
  warn: (warning: Warning) => void,
): void {
  // a picture is one slice across z, whatever force2D says
  const measurement = picture ? { ...given, force2D: true, force2Ddimension: 0 } : given;
  for (const found of featureClasses) {
    const features = wanted.find(({ name }) => name === found.name)?.features;
    if (!found.onMask || features === undefined) continue;
    if (picture && found.name === 'shape') {
      warn(withoutSpace);
      continue;
    }
    const reason = found.name === 'shape2D' && !picture ? withoutShape2D(size, measurement) : undefined;
    if (reason !== undefined) {
      warn({ code: 'shape2d-skipped', message: `shape2D was left out: ${reason}` });
      continue;
    }
    const volume = levelVolume(regionShape(mask, size), new Uint16Array(mask.length).fill(1), 1);
    const region = { mask, size, spacing, values: new Float64Array(0), volume, settings: measurement };
    measureOne(into, 'original', found, region, features);
  }
}

/**
 * Why the reference leaves shape2D out without an error. It looks up force2Ddimension (z, y, x) in an extent that is
 * in the order x, y, z, so that a coronal slice is never measured.
 */
function withoutShape2D(
  size: Region['size'],
  { force2D, force2Ddimension }: MeasurementSettings,
): string | undefined {
  if (!force2D) return 'it needs force2D: true.';
  return size[force2Ddimension as 0 | 1 | 2] > 1
    ? undefined
    : `PyRadiomics does so where the region spans one voxel along ${'xyz'[force2Ddimension]} and force2Ddimension is ${force2Ddimension}.`;
}
