/** Longest run that NumPy adds with eight running sums before it halves. */
const BLOCK = 128;

/** As {@link pairwiseSum}, of terms in double precision that are there already: the eight sums stay in registers. */
function sumOfTerms(terms: Float64Array, start: number, length: number): number {
  const end = start + length;
  if (length < 8) {
    let total = 0;
    for (let k = start; k < end; k++) total += terms[k]!;
    return total;
  }
  if (length > BLOCK) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    return sumOfTerms(terms, start, half) + sumOfTerms(terms, start + half, length - half);
  }
  let a = terms[start]!;
  let b = terms[start + 1]!;
  let c = terms[start + 2]!;
  let d = terms[start + 3]!;
  let e = terms[start + 4]!;
  let f = terms[start + 5]!;
  let g = terms[start + 6]!;
  let h = terms[start + 7]!;
  const whole = end - (length % 8);
  for (let k = start + 8; k < whole; k += 8) {
    a += terms[k]!;
    b += terms[k + 1]!;
    c += terms[k + 2]!;
    d += terms[k + 3]!;
    e += terms[k + 4]!;
    f += terms[k + 5]!;
    g += terms[k + 6]!;
    h += terms[k + 7]!;
  }
  let total = a + b + (c + d) + (e + f + (g + h));
  for (let k = whole; k < end; k++) total += terms[k]!;
  return total;
}

function partialSum(
  values: ArrayLike<number>,
  of: (value: number) => number,
  round: (value: number) => number,
  start: number,
  length: number,
): number {
  if (length < 8) {
    let total = 0;
    for (let k = start; k < start + length; k++) total = round(total + of(values[k]!));
    return total;
  }
  if (length > BLOCK) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    const first = partialSum(values, of, round, start, half);
    return round(first + partialSum(values, of, round, start + half, length - half));
  }
  const lanes = Array.from({ length: 8 }, (_, lane) => of(values[start + lane]!));
  const whole = length - (length % 8);
  for (let k = 8; k < whole; k++) lanes[k % 8] = round(lanes[k % 8]! + of(values[start + k]!));
  const pair = (a: number, b: number): number => round(lanes[a]! + lanes[b]!);
  let total = round(round(pair(0, 1) + pair(2, 3)) + round(pair(4, 5) + pair(6, 7)));
  for (let k = whole; k < length; k++) total = round(total + of(values[start + k]!));
  return total;
}

const exact = (value: number): number => value;

/**
 * Sum in NumPy's order of additions (pairwise).
 * @param length how many of the terms, from the first; all when left out
 */
export function pairwiseTotal(terms: Float64Array, length = terms.length): number {
  return sumOfTerms(terms, 0, length);
}

/**
 * Sum of a function of values in NumPy's order of additions (pairwise), so that values on the edge of a bin or a
 * percentile fall where the reference has them and equal values have no spread.
 * @param round Math.fround where the reference adds in single precision
 */
export function pairwiseSum(
  values: ArrayLike<number>,
  of: (value: number) => number,
  round: (value: number) => number = exact,
): number {
  return partialSum(values, of, round, 0, values.length);
}

/** Mean of a function of values, added as {@link pairwiseSum} does. */
export function pairwiseMean(
  values: ArrayLike<number>,
  of: (value: number) => number,
  round: (value: number) => number = exact,
): number {
  return round(pairwiseSum(values, of, round) / values.length);
}
