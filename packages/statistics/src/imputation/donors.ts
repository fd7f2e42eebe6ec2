import type { Random } from '@sentinode/core';

/**
 * Order of the candidates for predictive mean matching: ascending predictions, equal ones in random order, so that none of
 * them is preferred.
 */
export function donorOrder(predictions: ArrayLike<number>, random: Random): Int32Array {
  const positions = random.shuffle(Array.from({ length: predictions.length }, (_, i) => i));
  return Int32Array.from(positions.sort((a, b) => predictions[a]! - predictions[b]!));
}

/**
 * Positions (in the sorted candidates) of the `count` whose predictions lie nearest to a target, nearest first; of two
 * equally near ones the lower. All of them where there are fewer. (R `mice`, type 1 matching: candidates are predicted
 * with the estimated coefficients, targets with drawn ones.)
 * @param sorted predictions in ascending order
 */
export function nearestDonors(sorted: ArrayLike<number>, target: number, count: number): number[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < target) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  let left = low - 1;
  let right = low;
  while (found.length < Math.min(count, sorted.length)) {
    const below = left < 0 ? Number.POSITIVE_INFINITY : target - sorted[left]!;
    const above = right >= sorted.length ? Number.POSITIVE_INFINITY : sorted[right]! - target;
    found.push(below <= above ? left-- : right++);
  }
  return found;
}
