import { discretise } from '../../processing/discretise.ts';
import type { IbsiRegion } from '../../region.ts';

/** Share of a region's volume at or above each intensity level. */
export interface VolumeHistogram {
  /** Ascending. */
  readonly levels: Float64Array;
  readonly volume: Float64Array;
  /** Ends of the intensity range that fractions refer to. */
  readonly minimum: number;
  readonly maximum: number;
  /** The level that would follow the last. */
  readonly beyond: number;
}

/** More levels than this are not listed one by one: then only those that occur are levels. */
const MOST_LEVELS = 100_000;

/**
 * Without discretisation the levels are the whole numbers of the re-segmentation range (or from lowest to highest
 * intensity), or the values that occur where these are not whole. With a fixed bin size they are bin centres, with a
 * fixed bin number the bins.
 */
export function volumeHistogram({ values, settings, base }: IbsiRegion): VolumeHistogram {
  const how = settings.intensityVolumeHistogram;
  const range = base ? settings.resegmentation.range : null;
  const sorted = Float64Array.from(values).sort();
  const lowest = range?.[0] ?? sorted[0]!;
  const highest = range?.[1] ?? sorted[sorted.length - 1]!;
  if (how.method === 'none') {
    const whole = Number.isInteger(lowest) && sorted.every(Number.isInteger);
    if (!whole || highest - lowest > MOST_LEVELS) {
      const levels = sorted.filter((value, k) => k === 0 || value > sorted[k - 1]!);
      return { ...curveOf(sorted, levels), minimum: lowest, maximum: highest, beyond: highest };
    }
    const levels = steps(lowest, Math.floor(highest) - lowest + 1, 1);
    return { ...curveOf(sorted, levels), minimum: lowest, maximum: highest, beyond: Math.floor(highest) + 1 };
  }
  const { bins, highest: last } = discretise(values, how, range?.[0] ?? null);
  const levelsSorted = Float64Array.from(bins).sort();
  if (how.method === 'fixedBinNumber') {
    const levels = steps(1, last, 1);
    return { ...curveOf(levelsSorted, levels), minimum: 1, maximum: last, beyond: last + 1 };
  }
  const start = how.start ?? lowest;
  const count = range?.[1] == null ? last : Math.max(last, Math.ceil((range[1] - start) / how.binWidth));
  const curve = curveOf(levelsSorted, steps(1, count, 1));
  const levels = steps(start + how.binWidth / 2, count, how.binWidth);
  return {
    levels,
    volume: curve.volume,
    minimum: levels[0]!,
    maximum: levels[count - 1]!,
    beyond: levels[count - 1]! + how.binWidth,
  };
}

const steps = (from: number, count: number, step: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => from + k * step);

/** @param sorted, levels ascending */
function curveOf(sorted: Float64Array, levels: Float64Array): Pick<VolumeHistogram, 'levels' | 'volume'> {
  const volume = new Float64Array(levels.length);
  let below = 0;
  for (let k = 0; k < levels.length; k++) {
    while (below < sorted.length && sorted[below]! < levels[k]!) below++;
    volume[k] = 1 - below / sorted.length;
  }
  return { levels, volume };
}
