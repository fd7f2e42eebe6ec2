import { exp } from '@sentinode/core';
import { cholesky, choleskySolve } from '@sentinode/statistics';
import { type ProductLoops, type Workbench, workbench } from './compiled/index.ts';
import { dot, plainGram } from './inner-products.ts';

/** Bytes of a number. */
const NUMBER = 8;

/**
 * Equally long columns that lie together, and sums over them. The compiled loops work where the block lies on their bench, plain
 * TypeScript elsewhere: each sum runs in one order in both. A block holds until the next one is made: callers keep copies.
 */
export interface ColumnBlock {
  /** An array of so many numbers on the same bench; `extra` of them were announced. */
  array(length: number): Float64Array;
  /** Products of all pairs of columns, m x m, row-major; overwritten by the next. */
  gram(): Float64Array;
  /** The same of the columns times `values`, number by number. */
  gramScaled(values: Float64Array): Float64Array;
  /**
   * Solves P x = b in place for the products P that stand there now, with what the caller has added to them.
   * @returns undefined when P is not positive definite
   */
  factorise(): ((b: Float64Array) => void) | undefined;
  /** out[k] = column k . values */
  slopes(values: Float64Array, out: Float64Array): void;
  /** out = sum of weights[k] x column k, four columns at a time. */
  combine(weights: Float64Array, out: Float64Array): void;
  /** out = exp(-|values|) */
  decays(values: Float64Array, out: Float64Array): void;
}

/**
 * @param n length of the columns
 * @param extra lengths of the arrays that will be asked for
 * @param isScaled whether `gramScaled` and `factorise` will be asked for
 */
export function columnBlock(
  columns: readonly Float64Array[],
  n: number,
  extra: readonly number[] = [],
  isScaled = false,
): ColumnBlock {
  const m = columns.length;
  // every column begins on a whole vector
  const step = n + (n & 1);
  const bench = workbench([m * step, m * m, ...(isScaled ? [m * step, m * m] : [0, 0]), ...extra]);
  const all = bench.array(m * step);
  const products = bench.array(m * m);
  const [scaled, factor] = [m * step, m * m].map((length) => bench.array(isScaled ? length : 0)) as [
    Float64Array,
    Float64Array,
  ];
  const compiled = bench.on(all, products, scaled, factor);
  if (compiled === undefined) return plainBlock(bench, columns, n, products);
  columns.forEach((column, k) => all.set(column, k * step));
  return compiledBlock(bench, compiled.loops, compiled.at, { m, n, step }, products, factor);
}

interface Shape {
  readonly m: number;
  readonly n: number;
  readonly step: number;
}

function compiledBlock(
  bench: Workbench,
  loops: ProductLoops,
  at: readonly number[],
  { m, n, step }: Shape,
  products: Float64Array,
  factor: Float64Array,
): ColumnBlock {
  const [all, gram, scaled, factorAt] = at as [number, number, number, number];
  const bytes = step * NUMBER;
  const on = (...arrays: readonly Float64Array[]): readonly number[] => {
    const found = bench.on(...arrays);
    if (found === undefined) throw new Error('The array does not lie on the bench of its block.');
    return found.at;
  };
  return {
    array: bench.array,
    gram: () => {
      loops.gram(all, bytes, m, n, gram);
      return products;
    },
    gramScaled: (values) => {
      loops.scale(all, bytes, m, n, on(values)[0]!, scaled);
      loops.gram(scaled, bytes, m, n, gram);
      return products;
    },
    factorise: () => {
      // kept apart: the products may be asked for again while the factor serves
      factor.set(products);
      if (loops.factorise(factorAt, m) === 0) return undefined;
      return (b) => loops.solveBy(factorAt, m, on(b)[0]!);
    },
    slopes: (values, out) => {
      const [from, to] = on(values, out) as [number, number];
      loops.slopes(all, bytes, m, n, from, to);
    },
    combine: (weights, out) => {
      const [from, to] = on(weights, out) as [number, number];
      loops.combination(all, bytes, m, n, from, to);
    },
    decays: (values, out) => {
      const [from, to] = on(values, out) as [number, number];
      loops.decays(from, to, values.length);
    },
  };
}

function plainBlock(
  bench: Workbench,
  columns: readonly Float64Array[],
  n: number,
  products: Float64Array,
): ColumnBlock {
  const scaled = columns.map(() => new Float64Array(n));
  return {
    array: bench.array,
    gram: () => {
      plainGram(columns, products);
      return products;
    },
    gramScaled: (values) => {
      columns.forEach((column, k) => {
        for (let i = 0; i < n; i++) scaled[k]![i] = column[i]! * values[i]!;
      });
      plainGram(scaled, products);
      return products;
    },
    factorise: () => {
      const lower = cholesky(products, columns.length);
      return lower && ((b) => b.set(choleskySolve(lower, b, columns.length)));
    },
    slopes: (values, out) => {
      for (let k = 0; k < columns.length; k++) out[k] = dot(columns[k]!, values);
    },
    combine: (weights, out) => combineColumns(columns, weights, out),
    decays: (values, out) => {
      for (let i = 0; i < values.length; i++) out[i] = exp(-Math.abs(values[i]!));
    },
  };
}

function combineColumns(columns: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  const n = out.length;
  out.fill(0);
  let k = 0;
  for (; k + 3 < columns.length; k += 4) {
    const [p, q, r, s] = [columns[k]!, columns[k + 1]!, columns[k + 2]!, columns[k + 3]!];
    const [wp, wq, wr, ws] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!];
    for (let i = 0; i < n; i++) out[i]! += wp * p[i]! + wq * q[i]! + (wr * r[i]! + ws * s[i]!);
  }
  for (; k < columns.length; k++) {
    const column = columns[k]!;
    const weight = weights[k]!;
    for (let i = 0; i < n; i++) out[i]! += weight * column[i]!;
  }
}
