import { symmetricEigen } from '@sentinode/core';
import { EPSILON } from '../feature-class.ts';
import { largestAcross } from './largest-eigenvalue.ts';

/** Up to this many levels all eigenvalues at once cost no more than the largest alone. */
const DENSE = 64;

/**
 * Square root of the second largest eigenvalue of Q(i,j) = sum_k p(i,k) p(j,k) / (px(i) py(k) + eps); 1 where the
 * region has one level. Without eps, Q is similar to M M' with M = p(i,k) / sqrt(px(i) py(k)). What eps changes is
 * added as the first-order perturbation of the eigenvalue; it matters where levels are rare, and its square is below
 * double precision.
 * @param p probabilities, rows x columns; @param px, py their margins
 */
export function maximalCorrelation(
  p: Float64Array,
  px: Float64Array,
  py: Float64Array,
  levelsOfRegion: number,
): number {
  if (levelsOfRegion < 2) return 1;
  const rows = occupied(px);
  const columns = occupied(py);
  if (rows.length < 2 || columns.length < 2) return 0;
  const apart = separateParts(p, px, py, rows, columns);
  const value = apart ?? secondEigenvalue(p, px, py, rows, columns);
  return Math.sqrt(Math.max(0, value));
}

function occupied(margin: Float64Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < margin.length; i++) if (margin[i]! > 0) found.push(i);
  return found;
}

/**
 * Levels that no pair joins make blocks of Q, each with an eigenvalue of 1 but for eps: the second largest of these, or
 * undefined where all levels are joined.
 */
function separateParts(
  p: Float64Array,
  px: Float64Array,
  py: Float64Array,
  rows: readonly number[],
  columns: readonly number[],
): number | undefined {
  const width = py.length;
  const parent = Int32Array.from({ length: px.length + width }, (_, k) => k);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const i of rows)
    for (const k of columns) if (p[i * width + k]! > 0) parent[root(i)] = root(px.length + k);
  const weight = new Map<number, number>();
  for (const i of rows) weight.set(root(i), (weight.get(root(i)) ?? 0) + px[i]!);
  if (weight.size < 2) return undefined;
  const change = new Map<number, number>();
  for (const i of rows) {
    let sum = 0;
    for (const k of columns) sum += p[i * width + k]! / (px[i]! * py[k]!);
    change.set(root(i), (change.get(root(i)) ?? 0) + sum);
  }
  const values = [...weight].map(([part, mass]) => 1 - (EPSILON / mass) * change.get(part)!);
  return values.sort((a, b) => b - a)[1]!;
}

function secondEigenvalue(
  p: Float64Array,
  px: Float64Array,
  py: Float64Array,
  rows: readonly number[],
  columns: readonly number[],
): number {
  const width = py.length;
  const { value, vector: u } =
    rows.length > DENSE ? bySteps(p, px, py, rows, columns) : atOnce(p, px, py, rows, columns);
  let change = 0;
  for (const k of columns) {
    let left = 0;
    let right = 0;
    rows.forEach((i, a) => {
      const root = Math.sqrt(px[i]!);
      const value = p[i * width + k]!;
      const both = px[i]! * py[k]!;
      left -= (root * u[a]! * value * EPSILON) / (both * (both + EPSILON));
      right += (value * u[a]!) / root;
    });
    change += left * right;
  }
  return value + change;
}

interface Eigen {
  readonly value: number;
  /** Of unit length, by row. */
  readonly vector: Float64Array;
}

/** From the whole product M M'. */
function atOnce(
  p: Float64Array,
  px: Float64Array,
  py: Float64Array,
  rows: readonly number[],
  columns: readonly number[],
): Eigen {
  const n = rows.length;
  const width = py.length;
  const m = rows.map((i) =>
    Float64Array.from(columns, (k) => p[i * width + k]! / Math.sqrt(px[i]! * py[k]!)),
  );
  const product = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let k = 0; k < columns.length; k++) sum += m[a]![k]! * m[b]![k]!;
      product[a * n + b] = sum;
      product[b * n + a] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(product, n);
  return { value: values[1]!, vector: vectors[1]! };
}

/** From products with the entries of M that are not 0: few, where levels are many. The largest eigenvalue is 1 at sqrt(px). */
function bySteps(
  p: Float64Array,
  px: Float64Array,
  py: Float64Array,
  rows: readonly number[],
  columns: readonly number[],
): Eigen {
  const width = py.length;
  const [at, to, entries]: [number[], number[], number[]] = [[], [], []];
  rows.forEach((i, a) => {
    columns.forEach((k, b) => {
      const value = p[i * width + k]!;
      if (value === 0) return;
      at.push(a);
      to.push(b);
      entries.push(value / Math.sqrt(px[i]! * py[k]!));
    });
  });
  const [from, into, m] = [Int32Array.from(at), Int32Array.from(to), Float64Array.from(entries)];
  const across = new Float64Array(columns.length);
  return largestAcross(
    Float64Array.from(rows, (i) => Math.sqrt(px[i]!)),
    (x) => {
      across.fill(0);
      for (let e = 0; e < m.length; e++) across[into[e]!]! += m[e]! * x[from[e]!]!;
      const y = new Float64Array(x.length);
      for (let e = 0; e < m.length; e++) y[from[e]!]! += m[e]! * across[into[e]!]!;
      return y;
    },
  );
}
