import { parseNumber } from '@sentinode/core';

/** A number as it is printed, with what it may have been before it was rounded. */
export interface PrintedNumber {
  readonly text: string;
  /** The number itself; for `<0.001` the bound. */
  readonly value: number;
  /** Both ends belong to it: papers round a half up, down or to even. */
  readonly low: number;
  readonly high: number;
}

/** Guard against the rounding of our own arithmetic, far below any printed digit. */
const GUARD = 1e-9;

/** `0.425`, `<0.001`, `>0.99`; undefined for an empty cell or text. Probabilities have 0 and 1 as their other bound. */
export function printedNumber(cell: string | undefined): PrintedNumber | undefined {
  const text = (cell ?? '').trim();
  const match = /^([<>])?\s*(\S+)$/.exec(text);
  const value = match === null ? undefined : parseNumber(match[2]!);
  if (match === null || value === undefined) return undefined;
  if (match[1] === '<') return { text, value, low: 0, high: value };
  if (match[1] === '>') return { text, value, low: value, high: 1 };
  const decimals = /\.(\d+)/.exec(match[2]!)?.[1]?.length ?? 0;
  const half = 0.5 * 10 ** -decimals;
  return { text, value, low: value - half - GUARD, high: value + half + GUARD };
}

/** Whether a number could be printed like that. */
export function rounds({ low, high }: PrintedNumber, exact: number): boolean {
  return exact >= low && exact <= high;
}

/** Whether some number of a range could be printed like that. */
export function meets({ low, high }: PrintedNumber, range: Range): boolean {
  return range[1] >= low && range[0] <= high;
}

/** Lowest and highest value. */
export type Range = readonly [number, number];

/** A number for a sentence: four digits. */
export function shown(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
