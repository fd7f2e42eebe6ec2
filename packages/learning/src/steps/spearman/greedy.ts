/**
 * For each column of standardised ranks: the first kept column that excludes it (its position), -1 for a constant
 * column, undefined when it is kept. Dot products are taken in blocks of four kept columns with an early end.
 */
export function firstRedundant(
  ranks: readonly (Float64Array | undefined)[],
  threshold: number,
): (number | undefined)[] {
  const keptRanks: Float64Array[] = [];
  const keptPositions: number[] = [];
  return ranks.map((column, position) => {
    if (column === undefined) return -1;
    const hit = firstAbove(column, keptRanks, threshold);
    if (hit >= 0) return keptPositions[hit];
    keptRanks.push(column);
    keptPositions.push(position);
    return undefined;
  });
}

/** Position of the first kept column with |rho| above the threshold, or -1. Each sum runs in row order. */
function firstAbove(column: Float64Array, kept: readonly Float64Array[], threshold: number): number {
  const rows = column.length;
  let k = 0;
  for (; k + 3 < kept.length; k += 4) {
    const a = kept[k]!;
    const b = kept[k + 1]!;
    const c = kept[k + 2]!;
    const d = kept[k + 3]!;
    let sa = 0;
    let sb = 0;
    let sc = 0;
    let sd = 0;
    for (let i = 0; i < rows; i++) {
      const value = column[i]!;
      sa += value * a[i]!;
      sb += value * b[i]!;
      sc += value * c[i]!;
      sd += value * d[i]!;
    }
    if (Math.abs(sa) > threshold) return k;
    if (Math.abs(sb) > threshold) return k + 1;
    if (Math.abs(sc) > threshold) return k + 2;
    if (Math.abs(sd) > threshold) return k + 3;
  }
  for (; k < kept.length; k++) {
    const other = kept[k]!;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += column[i]! * other[i]!;
    if (Math.abs(sum) > threshold) return k;
  }
  return -1;
}
