import { exp, log } from '@sentinode/core';
import gammaln from '@stdlib/math-base-special-gammaln';
import { type Counts, withoutEmpty } from './contingency.ts';

/** Tables whose probability exceeds the observed one by less than this factor count as equally likely (as in R). */
const RELATIVE_ERROR = 1 + 1e-7;
/** Partial tables with the same margins left whose weights differ by less than this (in the logarithm) are one. */
const SAME = 1e-10;
/** More partial tables than this at once, or looked at in all, are not followed: the table is too large. */
const MOST_STATES = 300_000;
const MOST_STEPS = 1_000_000;

/**
 * Fisher's exact test of an r x c table, two-sided: the sum of the probabilities of all tables with the same margins
 * that are not more likely than the observed one (R `fisher.test`). Rows are filled one by one; partial tables with
 * the same margins left are merged, and followed no further once all or none of their completions count (the idea of
 * Mehta & Patel's network algorithm, 1983). undefined below 2 x 2; `too-large` when the table is beyond that.
 */
export function fisherExact(table: Counts): number | 'too-large' | undefined {
  let counts = withoutEmpty(table);
  if (counts.length < 2 || (counts[0]?.length ?? 0) < 2) return undefined;
  // few columns make few different margins
  if (counts[0]!.length > counts.length)
    counts = counts[0]!.map((_, column) => counts.map((row) => row[column]!));
  const rowSums = counts.map((row) => row.reduce((a, b) => a + b, 0)).sort((a, b) => b - a);
  const columnSums = counts[0]!.map((_, column) => counts.reduce((sum, row) => sum + row[column]!, 0));
  const total = rowSums.reduce((a, b) => a + b, 0);
  const logFactorial = Float64Array.from({ length: total + 1 }, (_, k) => gammaln(k + 1));
  const of = (k: number): number => logFactorial[k]!;
  const constant = [...rowSums, ...columnSums].reduce((sum, margin) => sum + of(margin), 0) - of(total);
  const observed = constant - counts.flat().reduce((sum, count) => sum + of(count), 0);
  const limit = observed + log(RELATIVE_ERROR);
  return sumNotAbove(limit, constant, rowSums, columnSums, of);
}

/** A set of partial tables: margins left, logarithm of the product of their 1 / x!, and how many there are. */
interface Partial {
  readonly left: readonly number[];
  readonly weight: number;
  count: number;
}

function sumNotAbove(
  limit: number,
  constant: number,
  rowSums: readonly number[],
  columnSums: readonly number[],
  of: (k: number) => number,
): number | 'too-large' {
  let p = 0;
  let steps = 0;
  let states = new Map<string, Partial>([
    ['', { left: [...columnSums].sort((a, b) => a - b), weight: 0, count: 1 }],
  ]);
  for (let row = 0; row < rowSums.length; row++) {
    const rowsLeft = rowSums.slice(row + 1);
    const bounds = new Map<string, Bounds>();
    const next = new Map<string, Partial>();
    for (const { left, weight, count } of states.values()) {
      for (const [cells, sum] of rowsOf(rowSums[row]!, left, of)) {
        if (++steps > MOST_STEPS) return 'too-large';
        const margins = left.map((margin, column) => margin - cells[column]!).sort((a, b) => a - b);
        const key = margins.join();
        let bound = bounds.get(key);
        if (bound === undefined) {
          bound = boundsOf(rowsLeft, margins, of);
          bounds.set(key, bound);
        }
        const here = weight - sum;
        if (constant + here + bound.least > limit) continue;
        if (constant + here + bound.most <= limit) {
          p += count * exp(constant + here + bound.all);
          continue;
        }
        const merged = `${key}|${Math.round(here / SAME)}`;
        const known = next.get(merged);
        if (known !== undefined) known.count += count;
        else next.set(merged, { left: margins, weight: here, count });
        if (next.size > MOST_STATES) return 'too-large';
      }
    }
    states = next;
  }
  return Math.min(1, p);
}

/** All ways to fill a row within the margins left, with the sum of log x!. */
function* rowsOf(
  sum: number,
  left: readonly number[],
  of: (k: number) => number,
): Generator<[readonly number[], number]> {
  const cells = new Array<number>(left.length).fill(0);
  const room = left.map((_, column) => left.slice(column + 1).reduce((a, b) => a + b, 0));
  function* fill(column: number, remaining: number, weight: number): Generator<[readonly number[], number]> {
    if (column === left.length - 1) {
      cells[column] = remaining;
      yield [cells, weight + of(remaining)];
      return;
    }
    for (
      let count = Math.max(0, remaining - room[column]!);
      count <= Math.min(remaining, left[column]!);
      count++
    ) {
      cells[column] = count;
      yield* fill(column + 1, remaining - count, weight + of(count));
    }
  }
  yield* fill(0, sum, 0);
}

/** Logarithm of the product of 1 / x!: bounds over single completions, and its sum over all of them. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly all: number;
}

function boundsOf(rows: readonly number[], columns: readonly number[], of: (k: number) => number): Bounds {
  const n = rows.reduce((a, b) => a + b, 0);
  if (n === 0) return { least: 0, most: 0, all: 0 };
  const all = of(n) - [...rows, ...columns].reduce((sum, margin) => sum + of(margin), 0);
  // log(1 / x!) summed is largest where each cell is the mode of a Poisson variable with the expected count as mean
  // (weak duality), since the sum of x log(expected) is the same for all completions
  let most = 0;
  let fixed = 0;
  for (const r of rows) if (r > 0) fixed += r * log(r);
  for (const c of columns) if (c > 0) fixed += c * log(c);
  fixed -= n * log(n);
  for (const r of rows) {
    for (const c of columns) {
      if (r === 0 || c === 0) continue;
      const expected = (r * c) / n;
      const mode = Math.floor(expected);
      most += mode * log(expected) - of(mode);
    }
  }
  const packed = (from: readonly number[], into: readonly number[]): number => {
    const sizes = [...into].sort((a, b) => b - a);
    return from.reduce((sum, amount) => {
      let rest = amount;
      let part = 0;
      for (const size of sizes) {
        const put = Math.min(rest, size);
        part -= of(put);
        rest -= put;
      }
      return sum + part;
    }, 0);
  };
  return { least: Math.max(packed(rows, columns), packed(columns, rows)), most: most - fixed + 1e-12, all };
}
