import { workbench } from './compiled/index.ts';

/** Bytes of a number. */
const NUMBER = 8;
/** Terms of a strip, and its columns: 32 KB that lie together, whatever the distance between rows. */
const TERMS = 512;
const STRIP = 8;

/**
 * Row k of the product is the sum of factors[k][t] x rows[t], term after term, compiled or not.
 * @param length of every row
 */
export function product(
  factors: readonly Float64Array[],
  rows: readonly Float64Array[],
  length: number,
): Float64Array[] {
  const terms = rows.length;
  const count = factors.length;
  const bench = workbench([count * terms, TERMS * STRIP, count * length]);
  const a = bench.array(count * terms);
  const strip = bench.array(TERMS * STRIP);
  const c = bench.array(count * length);
  const compiled = bench.on(a, strip, c);
  if (compiled === undefined) return factors.map((factor) => combine(rows, factor, length));
  factors.forEach((factor, k) => a.set(factor, k * terms));
  const [from, by, to] = compiled.at as [number, number, number];
  for (let first = 0; first < terms; first += TERMS) {
    const some = Math.min(TERMS, terms - first);
    for (let start = 0; start < length; start += STRIP) {
      const width = Math.min(STRIP, length - start);
      for (let t = 0; t < some; t++) {
        const row = rows[first + t]!;
        for (let j = 0; j < width; j++) strip[t * STRIP + j] = row[start + j]!;
      }
      compiled.loops.accumulate(
        from + first * NUMBER,
        terms * NUMBER,
        NUMBER,
        by,
        STRIP * NUMBER,
        to + start * NUMBER,
        length * NUMBER,
        count,
        width,
        some,
      );
    }
  }
  return factors.map((_, k) => c.slice(k * length, (k + 1) * length));
}

/** Sum of factor[t] x rows[t]. */
function combine(rows: readonly Float64Array[], factor: Float64Array, length: number): Float64Array {
  const sum = new Float64Array(length);
  rows.forEach((row, t) => {
    const weight = factor[t]!;
    for (let i = 0; i < length; i++) sum[i]! += weight * row[i]!;
  });
  return sum;
}
