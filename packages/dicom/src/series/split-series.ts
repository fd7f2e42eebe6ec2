import { isSentinodeError, type SentinodeError } from '@sentinode/core';
import type { Slice } from '../frames/slice.ts';
import { groupBy } from './group-by.ts';
import { slabsOf, slabWarning } from './slabs.ts';
import { offsetsOf, SAME_POSITION, type Stack, stackOf } from './stack-geometry.ts';
import { timePoints } from './time-points.ts';
import { dot } from './vectors.ts';

/** One volume of a series, and what tells it from the others. */
export interface SeriesVolume extends Stack {
  readonly flavour: readonly string[];
  readonly echoTime?: number;
  readonly bValue?: number;
  readonly bDirection?: string;
  /** Time point from 1, of how many; seconds after the first. */
  readonly phase?: { readonly number: number; readonly of: number; readonly seconds: number | undefined };
  /** How the volumes of the series were told apart, in words. */
  readonly splitBy: readonly string[];
}

/** A part of a series that makes no volume, and why. */
export interface RefusedVolume {
  readonly slices: readonly Slice[];
  readonly error: SentinodeError;
  readonly bValue?: number;
  readonly phase?: SeriesVolume['phase'];
}

export interface SplitSeries {
  readonly volumes: readonly SeriesVolume[];
  readonly refused: readonly RefusedVolume[];
}

type Part = Omit<SeriesVolume, keyof Stack> & { readonly slices: readonly Slice[] };

/** Two directions whose cosine is nearer to 1 than this are one orientation. */
const ORIENTATION_TOLERANCE = 1e-3;

/**
 * Divides the slices of one series into volumes. Size, spacing, orientation and image type always divide; frame of
 * reference, echo time, b-value, diffusion direction and time only where a position occurs more than once.
 * @returns volumes in the order: image type, orientation, echo, b-value, direction, time; and the parts that make no
 *   regular grid, each with its reason, so that the others are not lost
 */
export function splitSeries(slices: readonly Slice[]): SplitSeries {
  const volumes: SeriesVolume[] = [];
  const refused: RefusedVolume[] = [];
  const parts = byKind(slices).flatMap((part) => byTime(tellApart.reduce(byProperty, [part])));
  for (const part of parts) {
    const slabs = slabsOf(part.slices);
    try {
      if (slabs === undefined) volumes.push({ ...part, ...stackOf(part.slices) });
      else volumes.push(...slabs.map((slab) => volumeOfSlab(part, slab)));
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      refused.push({ slices: part.slices, error, bValue: part.bValue, phase: part.phase });
    }
  }
  return { volumes, refused };
}

function volumeOfSlab(part: Part, slab: readonly Slice[]): SeriesVolume {
  const stack = stackOf(slab);
  return {
    ...part,
    ...stack,
    splitBy: [...part.splitBy, 'slab'],
    warnings: [...stack.warnings, slabWarning],
  };
}

/** By size, spacing, orientation and image type. */
function byKind(slices: readonly Slice[]): Part[] {
  const groups: Slice[][] = [];
  for (const slice of slices) {
    const group = groups.find(([first]) => sameKind(first, slice));
    if (group === undefined) groups.push([slice]);
    else group.push(slice);
  }
  const key = ([first]: Slice[]): string =>
    JSON.stringify([
      first.flavour,
      first.columns,
      first.rows,
      first.spacing,
      first.rowDirection,
      first.columnDirection,
    ]);
  groups.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const { length } = groups;
  const flavours = new Set(groups.map(([first]) => first.flavour.join('\\'))).size;
  const splitBy =
    length === 1 ? [] : [flavours > 1 ? 'image type (0008,0008)' : 'size, spacing or orientation'];
  return groups.map((group) => ({ slices: group, flavour: group[0].flavour, splitBy }));
}

function sameKind(a: Slice, b: Slice): boolean {
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    Math.abs(a.spacing[0] - b.spacing[0]) < 1e-4 &&
    Math.abs(a.spacing[1] - b.spacing[1]) < 1e-4 &&
    dot(a.rowDirection, b.rowDirection) > 1 - ORIENTATION_TOLERANCE ** 2 &&
    dot(a.columnDirection, b.columnDirection) > 1 - ORIENTATION_TOLERANCE ** 2 &&
    a.flavour.join('\\') === b.flavour.join('\\')
  );
}

interface Property {
  readonly name: string;
  readonly read: (slice: Slice) => number | string | undefined;
  readonly mark: (slice: Slice) => Partial<Part>;
}

const coordinates: Property = {
  name: 'frame of reference (0020,0052)',
  read: ({ frameOfReference }) => frameOfReference,
  mark: () => ({}),
};
const echo: Property = {
  name: 'echo time (0018,0081)',
  read: ({ echoTime }) => echoTime,
  mark: ({ echoTime }) => ({ echoTime }),
};
const weighting: Property = {
  name: 'b-value',
  read: ({ bValue }) => bValue,
  mark: ({ bValue }) => ({ bValue }),
};
const direction: Property = {
  name: 'direction of diffusion weighting',
  read: ({ bDirection }) => bDirection ?? '',
  mark: ({ bDirection }) => (bDirection === undefined ? {} : { bDirection }),
};

/** In the order in which they are asked. */
const tellApart = [coordinates, echo, weighting, direction] as const;

function byProperty(parts: readonly Part[], { name, read, mark }: Property): Part[] {
  return parts.flatMap((part) => {
    const values = groupBy(part.slices, read);
    if (values.size === 1) return [{ ...part, ...mark(part.slices[0]) }];
    if (!repeatsPosition(part.slices)) return [part];
    return [...values]
      .sort(([a], [b]) => compare(a, b))
      .map(([, slices]) => ({ ...part, ...mark(slices[0]), slices, splitBy: [...part.splitBy, name] }));
  });
}

function compare(a: number | string | undefined, b: number | string | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '') < String(b ?? '') ? -1 : 1;
}

function byTime(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    if (!repeatsPosition(part.slices)) return [part];
    const found = timePoints(part.slices);
    if (found === undefined) return [part];
    const { points, clock } = found;
    const start = points[0].seconds;
    return points.map(({ slices, seconds }, at) => ({
      ...part,
      slices,
      splitBy: [...part.splitBy, clock],
      phase: {
        number: at + 1,
        of: points.length,
        seconds: seconds === undefined || start === undefined ? undefined : seconds - start,
      },
    }));
  });
}

function repeatsPosition(slices: readonly Slice[]): boolean {
  const offsets = offsetsOf(slices).sort((a, b) => a - b);
  return offsets.some((offset, at) => at > 0 && offset - offsets[at - 1] < SAME_POSITION);
}
