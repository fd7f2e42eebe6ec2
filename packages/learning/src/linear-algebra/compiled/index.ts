import { type Assembly, assembly } from '@sentinode/core';
import { built } from './built.ts';

/** What `assembly/loops.ts` of this package exports; addresses, distances in bytes and whole numbers. */
export interface ProductLoops {
  accumulate(
    a: number,
    aRow: number,
    aTerm: number,
    b: number,
    bTerm: number,
    c: number,
    cRow: number,
    rows: number,
    columns: number,
    terms: number,
  ): void;
  penalise(gradient: number, weights: number, count: number, alpha: number, rows: number): void;
  adam(
    values: number,
    gradient: number,
    first: number,
    second: number,
    count: number,
    beta1: number,
    beta2: number,
    rate: number,
    epsilon: number,
  ): void;
  fillRows(out: number, rows: number, columns: number, intercepts: number): void;
  rectify(values: number, count: number): void;
  rectifySlopes(values: number, delta: number, count: number): void;
  meanRows(values: number, rows: number, columns: number, out: number): void;
  gram(columns: number, step: number, m: number, n: number, out: number): void;
  slopes(columns: number, step: number, m: number, n: number, values: number, out: number): void;
  scale(columns: number, step: number, m: number, n: number, values: number, out: number): void;
  combination(columns: number, step: number, m: number, n: number, weights: number, out: number): void;
  decays(values: number, out: number, n: number): void;
  factorise(matrix: number, n: number): number;
  solveBy(factor: number, n: number, values: number): void;
}

const loaded = assembly<ProductLoops>(built);

/** Numbers beyond which work stays in plain TypeScript: the loops' memory is never given back. */
const MOST_NUMBERS = 30_000_000;
/** Slack that each array takes beside its numbers. */
const SLACK = 32;

/**
 * Arrays in the memory of the compiled loops for one piece of work, or ordinary arrays where there are none. They hold
 * until the next piece of work begins: what is to outlive it is copied.
 */
export interface Workbench {
  array(length: number): Float64Array;
  /** The loops, where all arrays given are on the bench, with their addresses. */
  on(...arrays: readonly Float64Array[]): { loops: ProductLoops; at: readonly number[] } | undefined;
}

/** @param lengths of all arrays that will be asked for */
export function workbench(lengths: readonly number[]): Workbench {
  const numbers = lengths.reduce((sum, length) => sum + length, 0);
  const found = numbers > MOST_NUMBERS ? undefined : loaded();
  if (found === undefined) return { array: (length) => new Float64Array(length), on: () => undefined };
  found.room.clear();
  // all at once: growing moves the memory away from under the arrays
  found.room.reserve(8 * numbers + SLACK * lengths.length);
  return benchOn(found);
}

function benchOn({ loops, room }: Assembly<ProductLoops>): Workbench {
  return {
    array: (length) => room.view(Float64Array, room.takeZeros(8 * length), length),
    on: (...arrays) => {
      const at = arrays.map((array) => room.addressOf(array));
      return at.includes(undefined) ? undefined : { loops, at: at as number[] };
    },
  };
}
