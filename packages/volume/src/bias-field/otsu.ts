const BINS = 200;

/** Threshold between two classes of values with the largest variance between them (Otsu 1979), on 200 bins. */
export function otsuThreshold(values: ArrayLike<number>): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return low;
  const width = (high - low) / BINS;
  const counts = new Float64Array(BINS);
  for (let at = 0; at < values.length; at++)
    counts[Math.min(BINS - 1, Math.floor((values[at] - low) / width))]++;
  const middle = (bin: number): number => low + (bin + 0.5) * width;
  const total = counts.reduce((sum, count, bin) => sum + count * middle(bin), 0);
  let [below, sumBelow, best, bestAt] = [0, 0, -1, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin];
    sumBelow += counts[bin] * middle(bin);
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const difference = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * difference * difference;
    if (between > best) [best, bestAt] = [between, bin];
  }
  return low + (bestAt + 1) * width;
}
