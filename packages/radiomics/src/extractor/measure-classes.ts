import type { Volume } from '@sentinode/volume';
import { type Binning, discretise } from '../discretise/discretise.ts';
import type { FeatureValue, Region } from '../features/feature-class.ts';
import { featureClasses } from '../features/index.ts';
import { type LevelVolume, levelVolume, type RegionShape } from '../kernels/level-volume.ts';
import type { FeatureClassSettings, MeasurementSettings } from '../parameters/settings.ts';

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

/** Measures the classes asked for; `onMask` chooses those that see only the mask. */
export function measureClasses(
  into: Collected,
  imageName: string,
  region: Region,
  classes: readonly FeatureClassSettings[],
  onMask: boolean,
): void {
  for (const { name, features } of classes) {
    const found = featureClasses.find((candidate) => candidate.name === name)!;
    if (found.onMask !== onMask) continue;
    const values = found.compute(region, features);
    for (const feature of features) collect(into, `${imageName}_${name}_${feature}`, values[feature]!);
  }
}
