import { isSentinodeError, type Warning } from '@sentinode/core';
import type { DicomFile } from '../data-set/read-file.ts';
import type { Slice } from '../frames/slice.ts';
import { openFrames } from '../pixels/decode-frames.ts';
import { type SplitSeries, splitSeries } from '../series/split-series.ts';
import { SAME_POSITION } from '../series/stack-geometry.ts';
import { dot, minus } from '../series/vectors.ts';

/**
 * Divides the slices of a series; where positions repeat and no header tells the slices apart, those that show the same
 * pixels at the same place are one image that was stored under several UIDs, and one of them is taken, with a warning.
 */
export async function splitWithoutTwins(
  slices: readonly Slice[],
  open: (source: number) => Promise<DicomFile>,
): Promise<SplitSeries> {
  const split = splitSeries(slices);
  const twins = new Set<Slice>();
  for (const { slices: part } of split.refused)
    for (const twin of await twinsAmong(part, open)) twins.add(twin);
  if (twins.size === 0) return split;
  const { volumes, refused } = splitSeries(slices.filter((slice) => !twins.has(slice)));
  const marked = volumes.map((volume) => {
    const own = [...twins].filter((twin) => volume.slices.some((slice) => samePlace(slice, twin))).length;
    return own === 0 ? volume : { ...volume, warnings: [...volume.warnings, warningOf(own)] };
  });
  return { volumes: marked, refused };
}

/** Larger parts, and places with more images than that, are no series with a file stored twice. */
const MOST_SLICES = 5000;
const MOST_COMPARED = 4;

const warningOf = (count: number): Warning => ({
  code: 'slices-twice',
  message: `${count} slice${count === 1 ? ' was' : 's were'} there twice, with the same pixels under two UIDs; one of each is taken.`,
});

/** Slices that repeat an earlier one of their place, pixel for pixel. */
async function twinsAmong(
  slices: readonly Slice[],
  open: (source: number) => Promise<DicomFile>,
): Promise<Slice[]> {
  if (slices.length > MOST_SLICES) return [];
  const twins: Slice[] = [];
  const kept: Slice[] = [];
  const sorted = [...slices].sort((a, b) => a.position[2] - b.position[2] || a.source - b.source);
  for (const slice of sorted) {
    let twin = false;
    const others = kept.filter((one) => samePlace(one, slice)).slice(0, MOST_COMPARED);
    for (const other of others) twin ||= await samePixels(other, slice, open);
    (twin ? twins : kept).push(slice);
  }
  return twins;
}

function samePlace(a: Slice, b: Slice): boolean {
  const step = minus(a.position, b.position);
  return (
    dot(step, step) < SAME_POSITION ** 2 &&
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.slope === b.slope &&
    a.intercept === b.intercept &&
    a.flavour.join() === b.flavour.join() &&
    a.bValue === b.bValue &&
    a.echoTime === b.echoTime &&
    a.tile === undefined &&
    b.tile === undefined
  );
}

async function samePixels(
  a: Slice,
  b: Slice,
  open: (source: number) => Promise<DicomFile>,
): Promise<boolean> {
  try {
    const first = (await openFrames(await open(a.source))).read(a.frame).slice();
    const second = (await openFrames(await open(b.source))).read(b.frame);
    return first.length === second.length && first.every((value, at) => value === second[at]);
  } catch (error) {
    if (isSentinodeError(error)) return false;
    throw error;
  }
}
