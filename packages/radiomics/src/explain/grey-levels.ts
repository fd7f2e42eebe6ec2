import { binEdge } from '../discretise/discretise.ts';
import type { Region } from '../features/feature-class.ts';
import type { MeasurementSettings } from '../parameters/settings.ts';

/** One occupied grey level of a region. */
export interface GreyLevel {
  /** Bin number from 1. */
  readonly level: number;
  /** Grey values from here, up to but without `to`; the last bin of a fixed number of bins is closed. */
  readonly from: number;
  readonly to: number;
  readonly voxels: number;
}

/** The occupied grey levels of a region with the grey values that they hold. */
export function greyLevels({ values, volume }: Region, settings: MeasurementSettings): GreyLevel[] {
  const { binOf, count, levels, voxels } = volume;
  const found = new Array<number>(count + 1).fill(0);
  for (const at of voxels) found[levels[at]!]! += 1;
  const edge = binEdge(
    values,
    settings.binCount === null ? { binWidth: settings.binWidth } : { binCount: settings.binCount },
  );
  return Array.from(binOf.slice(1), (level, k) => ({
    level,
    from: edge(level - 1),
    to: edge(level),
    voxels: found[k + 1]!,
  }));
}
