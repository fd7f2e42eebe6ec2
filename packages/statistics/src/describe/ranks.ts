/** Place of the first of the values equal to x (or larger) among ascending values. */
function lowerBound(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Indices that sort the values ascending; equal values keep their order. */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  // sorting numbers and seeking each is several times as fast as sorting indices by a comparison
  const sorted = new Float64Array(values).sort();
  const taken = new Uint32Array(sorted.length);
  const order = new Uint32Array(sorted.length);
  for (let i = 0; i < order.length; i++) {
    const place = lowerBound(sorted, values[i]!);
    order[place + taken[place]!++] = i;
  }
  return order;
}

/** Ranks from 1; tied values get the mean of their ranks. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values).sort();
  const rankAt = new Float64Array(sorted.length);
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    rankAt[start] = (start + end + 1) / 2;
    start = end;
  }
  const ranks = new Float64Array(sorted.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = rankAt[lowerBound(sorted, values[i]!)]!;
  return ranks;
}

/** Sum over groups of tied values of t^3 - t. */
export function tieCorrection(ranks: ArrayLike<number>): number {
  const sorted = new Float64Array(ranks).sort();
  let sum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const ties = end - start;
    sum += ties * ties * ties - ties;
    start = end;
  }
  return sum;
}
