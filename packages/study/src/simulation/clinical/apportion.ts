/**
 * Whole numbers in proportion to weights that add up to `total` (largest remainder, Hamilton's method; ties go to the
 * earlier weight). Weights that already add up to `total` come back unchanged.
 */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (weight * total) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1;
  return parts;
}

/** Gives every item a level so that level k occurs `counts[k]` times: the lowest scores get the first level. */
export function assignByScore(counts: readonly number[], scores: readonly number[]): number[] {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const levels = new Array<number>(scores.length).fill(0);
  let at = 0;
  counts.forEach((count, level) => {
    for (let i = 0; i < count; i++) levels[order[at++]!] = level;
  });
  return levels;
}
