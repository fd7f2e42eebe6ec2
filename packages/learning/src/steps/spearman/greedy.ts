import { workbench } from '../../linear-algebra/compiled/index.ts';
import { dot } from '../../linear-algebra/inner-products.ts';

/** Bytes of a number. */
const NUMBER = 8;
/** Kept columns that are compared before one of them may end the search. */
const AT_ONCE = 32;

/**
 * For each column of standardised ranks: the first kept column that excludes it (its position), -1 for a constant
 * column, undefined when it is kept.
 */
export function firstRedundant(
  ranks: readonly (Float64Array | undefined)[],
  threshold: number,
): (number | undefined)[] {
  const keptPositions: number[] = [];
  const kept = keptColumns(ranks.length, ranks.find((column) => column !== undefined)?.length ?? 0);
  return ranks.map((column, position) => {
    if (column === undefined) return -1;
    const hit = kept.firstAbove(column, threshold);
    if (hit >= 0) return keptPositions[hit];
    kept.add(column);
    keptPositions.push(position);
    return undefined;
  });
}

interface KeptColumns {
  add(column: Float64Array): void;
  /** Position of the first kept column with |rho| above the threshold, or -1. */
  firstAbove(column: Float64Array, threshold: number): number;
}

/** Room for `most` kept columns of `n` rows. */
function keptColumns(most: number, n: number): KeptColumns {
  // every column begins on a whole vector
  const step = n + (n & 1);
  const bench = workbench([most * step, n, AT_ONCE]);
  const [all, candidate, products] = [most * step, n, AT_ONCE].map((length) => bench.array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const compiled = bench.on(all, candidate, products);
  if (compiled === undefined) return plainColumns();
  const { loops } = compiled;
  const [from, by, to] = compiled.at as [number, number, number];
  let count = 0;
  return {
    add: (column) => all.set(column, step * count++),
    firstAbove: (column, threshold) => {
      candidate.set(column);
      for (let start = 0; start < count; start += AT_ONCE) {
        const some = Math.min(AT_ONCE, count - start);
        loops.slopes(from + start * step * NUMBER, step * NUMBER, some, n, by, to);
        for (let k = 0; k < some; k++) if (Math.abs(products[k]!) > threshold) return start + k;
      }
      return -1;
    },
  };
}

function plainColumns(): KeptColumns {
  const kept: Float64Array[] = [];
  return {
    add: (column) => void kept.push(column),
    firstAbove: (column, threshold) => kept.findIndex((other) => Math.abs(dot(other, column)) > threshold),
  };
}
