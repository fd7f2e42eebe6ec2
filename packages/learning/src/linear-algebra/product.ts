import { workbench } from './compiled/index.ts';

/** Bytes of a number. */
const NUMBER = 8;
/** Columns or terms whose rows fit into the cache nearest to the core that holds some hundred of them. */
const PANEL = 512;

/**
 * Row k of the product is the sum of factors[k][t] x rows[t], terms in groups of four in their order, compiled or not.
 * @param length of every row
 */
export function product(
  factors: readonly Float64Array[],
  rows: readonly Float64Array[],
  length: number,
): Float64Array[] {
  const terms = rows.length;
  const count = factors.length;
  const bench = workbench([count * terms, terms * length, count * length]);
  const a = bench.array(count * terms);
  const b = bench.array(terms * length);
  const c = bench.array(count * length);
  const compiled = bench.on(a, b, c);
  if (compiled === undefined) return factors.map((factor) => combine(rows, factor, length));
  factors.forEach((factor, k) => a.set(factor, k * terms));
  rows.forEach((row, t) => b.set(row, t * length));
  const [from, by, to] = compiled.at as [number, number, number];
  for (let t = 0; t < terms; t += PANEL)
    for (let j = 0; j < length; j += PANEL)
      compiled.loops.accumulate(
        from + t * NUMBER,
        terms * NUMBER,
        NUMBER,
        by + (t * length + j) * NUMBER,
        length * NUMBER,
        to + j * NUMBER,
        length * NUMBER,
        count,
        Math.min(PANEL, length - j),
        Math.min(PANEL, terms - t),
      );
  return factors.map((_, k) => c.slice(k * length, (k + 1) * length));
}

/** Sum of factor[t] x rows[t], four rows at a time. */
function combine(rows: readonly Float64Array[], factor: Float64Array, length: number): Float64Array {
  const sum = new Float64Array(length);
  let t = 0;
  for (; t + 3 < rows.length; t += 4) {
    const [a, b, c, d] = [rows[t]!, rows[t + 1]!, rows[t + 2]!, rows[t + 3]!];
    const [fa, fb, fc, fd] = [factor[t]!, factor[t + 1]!, factor[t + 2]!, factor[t + 3]!];
    for (let i = 0; i < length; i++) sum[i]! += fa * a[i]! + fb * b[i]! + (fc * c[i]! + fd * d[i]!);
  }
  for (; t < rows.length; t++) {
    const a = rows[t]!;
    const fa = factor[t]!;
    for (let i = 0; i < length; i++) sum[i]! += fa * a[i]!;
  }
  return sum;
}
