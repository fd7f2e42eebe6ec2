import { SentinodeError } from '@sentinode/core';

/** More grey levels than this are stopped before memory is spent on matrices. */
const MOST_LEVELS = 10_000;
/** Without discretisation, more levels than this are no grey levels but an image. */
const MOST_UNBINNED = 1024;

/** How intensities become grey levels. */
export type Discretisation =
  | { readonly method: 'none' }
  | { readonly method: 'fixedBinSize'; readonly binWidth: number; readonly start: number | null }
  | { readonly method: 'fixedBinNumber'; readonly binCount: number };

/** Grey levels from 1. */
export interface Discretised {
  readonly bins: Uint16Array;
  /** Highest grey level, Ng. */
  readonly highest: number;
}

/**
 * Grey levels of a region. Fixed bin size: floor((x - start) / width) + 1 with the start of the parameter file, else
 * the lower end of the re-segmentation range, else the lowest intensity. Fixed bin number: floor(N (x - min) / (max -
 * min)) + 1, the highest intensity in bin N. None: intensities are grey levels already.
 * @param lower lower end of the re-segmentation range
 * @throws SentinodeError `grey-levels` where intensities are no grey levels or lie below the start, `too-many-bins`
 */
export function discretise(values: Float64Array, how: Discretisation, lower: number | null): Discretised {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const bins = new Uint16Array(values.length);
  if (how.method === 'none') {
    const levels = minimum >= 1 && maximum <= MOST_UNBINNED && values.every(Number.isInteger);
    if (!levels)
      throw new SentinodeError(
        'grey-levels',
        `The region holds intensities from ${minimum} to ${maximum}, which are no grey levels (whole numbers from 1 to ${MOST_UNBINNED}). Choose a discretisation in the parameter file: fixedBinNumber (binCount 32) for arbitrary units such as MRI, fixedBinSize (binWidth 25) for calibrated units such as CT.`,
        { field: 'discretisation.method' },
      );
    bins.set(values);
    return { bins, highest: maximum };
  }
  if (how.method === 'fixedBinNumber') {
    const { binCount } = how;
    if (binCount > MOST_LEVELS) throw tooMany(`binCount ${binCount}`, minimum, maximum);
    for (let i = 0; i < values.length; i++) {
      const level = Math.floor((binCount * (values[i]! - minimum)) / (maximum - minimum)) + 1;
      bins[i] = maximum === minimum ? 1 : Math.min(binCount, level);
    }
    return { bins, highest: maximum === minimum ? 1 : binCount };
  }
  const start = how.start ?? lower ?? minimum;
  if (start > minimum)
    throw new SentinodeError(
      'grey-levels',
      `The first bin starts at ${start}, above the lowest intensity of the region, ${minimum}; set a lower start or a re-segmentation range from ${start}.`,
      { field: 'discretisation.start' },
    );
  const highest = Math.floor((maximum - start) / how.binWidth) + 1;
  if (!(highest <= MOST_LEVELS)) throw tooMany(`binWidth ${how.binWidth}`, minimum, maximum);
  for (let i = 0; i < values.length; i++) bins[i] = Math.floor((values[i]! - start) / how.binWidth) + 1;
  return { bins, highest };
}

/** Lowest intensity of each level, and so the end of the one before, as {@link discretise} places it. */
export function levelEdge(
  values: Float64Array,
  how: Discretisation,
  lower: number | null,
): (level: number) => number {
  if (how.method === 'none') return (level) => level;
  const minimum = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  if (how.method === 'fixedBinSize') {
    const start = how.start ?? lower ?? minimum;
    return (level) => start + (level - 1) * how.binWidth;
  }
  const maximum = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return (level) => minimum + ((level - 1) * (maximum - minimum)) / how.binCount;
}

function tooMany(what: string, minimum: number, maximum: number): SentinodeError {
  return new SentinodeError(
    'too-many-bins',
    `A ${what} gives more than ${MOST_LEVELS} grey levels between ${minimum} and ${maximum}; a bin width of about ${((maximum - minimum) / 32).toPrecision(3)} would give 32.`,
    { field: 'discretisation' },
  );
}
