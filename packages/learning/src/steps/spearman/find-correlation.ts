import { gramOf } from '../../linear-algebra/gram.ts';

/** Columns beyond which the exact rule would need more memory than it is worth. */
export const MOST_COLUMNS_EXACT = 8000;
const FEW = 100;

/**
 * Columns that caret's `findCorrelation(exact = TRUE)` removes from absolute correlations: columns in order of falling
 * mean correlation are compared with all later ones; of a pair above the cut-off the first goes if its mean correlation
 * is larger than the mean of the whole rest of the matrix without the second's row, else the second. Means are over
 * what is left.
 * @param absolute row-major m x m
 * @returns positions in the order of that mean
 */
export function findCorrelationExact(absolute: Float64Array, m: number, cutoff: number): number[] {
  const meanOf = Float64Array.from({ length: m }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < m; k++) if (k !== i) sum += absolute[i * m + k]!;
    return sum / (m - 1);
  });
  const order = Array.from({ length: m }, (_, i) => i).sort((a, b) => meanOf[b]! - meanOf[a]! || a - b);
  const isGone = new Uint8Array(m);
  let left = m;
  const rowSum = (i: number): number => {
    let sum = 0;
    for (let k = 0; k < m; k++) if (k !== i && isGone[k] === 0) sum += absolute[i * m + k]!;
    return sum;
  };
  const totalOf = (): number => {
    let sum = 0;
    for (let i = 0; i < m; i++) if (isGone[i] === 0) sum += rowSum(i);
    return sum;
  };
  let total = totalOf();
  const remove = (column: number): void => {
    total -= 2 * rowSum(column);
    isGone[column] = 1;
    left--;
    // of few columns the two means can be equal, which the rounding of a running total would hide
    if (left <= FEW) total = totalOf();
  };
  for (let x = 0; x < m - 1; x++) {
    const i = order[x]!;
    if (isGone[i] === 1) continue;
    for (let y = x + 1; y < m && isGone[i] === 0; y++) {
      const j = order[y]!;
      if (isGone[j] === 1 || !(absolute[i * m + j]! > cutoff)) continue;
      const meanI = rowSum(i) / (left - 1);
      const meanRest = (total - rowSum(j)) / ((left - 1) * (left - 1));
      remove(meanI > meanRest ? i : j);
    }
  }
  return order.filter((column) => isGone[column] === 1);
}

/**
 * Columns that caret's `findCorrelation(exact = FALSE)` removes: of every pair above the cut-off, in whatever order, the
 * one with the larger mean correlation over all columns; of equal means (to 15 digits) the first.
 */
export function findCorrelationFast(ranks: readonly Float64Array[], cutoff: number): boolean[] {
  const m = ranks.length;
  const sums = new Float64Array(m);
  const isAbove: number[] = [];
  // one block of rows at a time: the whole matrix of 10,000 columns would take 800 MB
  const BLOCK = 256;
  for (let start = 0; start < m; start += BLOCK) {
    const end = Math.min(m, start + BLOCK);
    for (let i = start; i < end; i++) sums[i]! += 1;
    const block = gramOf(ranks.slice(start, end));
    const size = end - start;
    for (let a = 0; a < size; a++)
      for (let b = a + 1; b < size; b++) note(start + a, start + b, block[a * size + b]!);
    for (let i = start; i < end; i++) {
      const row = ranks[i]!;
      for (let k = end; k < m; k++) note(i, k, product(row, ranks[k]!));
    }
  }
  function note(i: number, k: number, value: number): void {
    const size = Math.abs(value);
    sums[i]! += size;
    sums[k]! += size;
    if (size > cutoff) isAbove.push(i, k);
  }
  const means = Array.from(sums, (sum) => Number((sum / m).toPrecision(15)));
  const isGone = new Array<boolean>(m).fill(false);
  for (let pair = 0; pair < isAbove.length; pair += 2) {
    const row = isAbove[pair]!;
    const column = isAbove[pair + 1]!;
    isGone[means[column]! > means[row]! ? column : row] = true;
  }
  return isGone;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
