import { assembly } from '@sentinode/core';
import { built } from './built.ts';

/** What `assembly/filters.ts` of this package exports; addresses, whole numbers and one factor. */
export interface FilterLoops {
  recursivePass(
    input: number,
    double: boolean,
    output: number,
    start: number,
    n: number,
    stride: number,
    from: number,
    to: number,
    inner: number,
    apart: number,
    outer: number,
    far: number,
    coefficients: number,
    rows: number,
  ): void;
  addInside(
    sum: number,
    values: number,
    start: number,
    nx: number,
    ny: number,
    nz: number,
    row: number,
    slice: number,
    factor: number,
  ): void;
  convolve(
    single: boolean,
    input: number,
    output: number,
    nx: number,
    ny: number,
    nz: number,
    ox: number,
    oy: number,
    oz: number,
    axis: number,
    taps: number,
    orders: number,
    length: number,
    straight: number,
  ): void;
}

/** The compiled loops of LoG and wavelets, and their memory; undefined where plain TypeScript is to do it. */
export const filterLoops = assembly<FilterLoops>(built);

/** Bytes of grids beyond which plain TypeScript does it: the loops' memory holds 4 GiB at most and is never given back. */
export const MOST_BYTES = 600_000_000;
