import type { Warning } from '@sentinode/core';
import type { Slice } from '../frames/slice.ts';
import { offsetsOf } from './stack-geometry.ts';

/** A distance between slices of this many others is a space between two slabs, not slices that are missing. */
const SPACE = 3;
/** Fewer slices than this are no slab. */
const FEWEST = 3;

/** What a volume that is half of a series is told. */
export const slabWarning: Warning = {
  code: 'two-slabs',
  message:
    'The series holds two slabs of as many slices with a space between them, as both breasts in sagittal planes; this is one of them.',
};

/**
 * The two slabs of a sagittal series that holds both breasts: as many slices each, with one wide space between them.
 * @returns undefined for any other series
 */
export function slabsOf(slices: readonly Slice[]): readonly [Slice[], Slice[]] | undefined {
  const half = slices.length / 2;
  if (!Number.isInteger(half) || half < FEWEST || !isSagittal(slices[0])) return undefined;
  const offsets = offsetsOf(slices);
  const order = slices.map((_, at) => at).sort((a, b) => offsets[a] - offsets[b]);
  const gaps = order.slice(1).map((at, k) => offsets[at] - offsets[order[k]]);
  const others = gaps.filter((_, k) => k !== half - 1);
  if (gaps[half - 1] <= SPACE * Math.max(...others)) return undefined;
  const sorted = order.map((at) => slices[at]);
  return [sorted.slice(0, half), sorted.slice(half)];
}

function isSagittal({ rowDirection, columnDirection }: Slice): boolean {
  return Math.abs(rowDirection[0]) < 0.5 && Math.abs(columnDirection[0]) < 0.5;
}
