/**
 * Lowess smoother with local lines and no robustness iterations (Cleveland 1979; R `lowess(x, y, f, iter = 0)`,
 * whose `delta` of 1 % of the range is kept). `x` ascending. Returns the smoothed values at x.
 */
export function lowess(x: ArrayLike<number>, y: ArrayLike<number>, span = 2 / 3): Float64Array {
  const n = x.length;
  const smooth = new Float64Array(n);
  if (n < 2) {
    if (n === 1) smooth[0] = y[0]!;
    return smooth;
  }
  const near = Math.max(2, Math.min(n, Math.floor(span * n + 1e-7)));
  const delta = 0.01 * (x[n - 1]! - x[0]!);
  let left = 0;
  let right = near - 1;
  let last = -1;
  let i = 0;
  for (;;) {
    if (right < n - 1 && x[i]! - x[left]! > x[right + 1]! - x[i]!) {
      left++;
      right++;
      continue;
    }
    smooth[i] = localLine(x, y, x[i]!, left, right) ?? y[i]!;
    if (last < i - 1) {
      const width = x[i]! - x[last]!;
      for (let j = last + 1; j < i; j++) {
        const share = (x[j]! - x[last]!) / width;
        smooth[j] = share * smooth[i]! + (1 - share) * smooth[last]!;
      }
    }
    last = i;
    const cut = x[last]! + delta;
    for (i = last + 1; i < n; i++) {
      if (x[i]! > cut) break;
      if (x[i] === x[last]) {
        smooth[i] = smooth[last]!;
        last = i;
      }
    }
    i = Math.max(last + 1, i - 1);
    if (last >= n - 1) return smooth;
  }
}

/** Weighted line through the neighbours, tricube weights; undefined when all weights vanish. */
function localLine(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  at: number,
  left: number,
  right: number,
): number | undefined {
  const n = x.length;
  const range = x[n - 1]! - x[0]!;
  const h = Math.max(at - x[left]!, x[right]! - at);
  const close = 0.001 * h;
  const far = 0.999 * h;
  const weights: number[] = [];
  let total = 0;
  let end = left;
  for (let j = left; j < n; j++) {
    const distance = Math.abs(x[j]! - at);
    let weight = 0;
    if (distance <= far) {
      const share = distance / h;
      const cube = 1 - share * share * share;
      weight = distance > close ? cube * cube * cube : 1;
      total += weight;
    } else if (x[j]! > at) {
      break;
    }
    weights.push(weight);
    end = j;
  }
  if (!(total > 0)) return undefined;
  for (let k = 0; k < weights.length; k++) weights[k]! /= total;
  if (h > 0) {
    let centre = 0;
    for (let j = left; j <= end; j++) centre += weights[j - left]! * x[j]!;
    let spread = 0;
    for (let j = left; j <= end; j++) spread += weights[j - left]! * (x[j]! - centre) * (x[j]! - centre);
    if (Math.sqrt(spread) > 0.001 * range) {
      const slope = (at - centre) / spread;
      for (let j = left; j <= end; j++) weights[j - left]! *= slope * (x[j]! - centre) + 1;
    }
  }
  let value = 0;
  for (let j = left; j <= end; j++) value += weights[j - left]! * y[j]!;
  return value;
}
