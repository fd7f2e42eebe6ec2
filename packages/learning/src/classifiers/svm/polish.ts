import { cholesky, choleskySolve } from '@sentinode/statistics';
import type { DualProblem } from './dual-problem.ts';

/** Share of the largest diagonal added to it, above the rounding of kernels in single precision; more when it fails. */
const DAMPING = 1e-7;
const MOST_DAMPING = 1e-2;
const MAX_STEPS = 12;
/** Free rows beyond which a factorisation costs more than the pairs it saves. */
const MOST_FREE = 1500;

/**
 * Moves all rows between their bounds at once to the optimum with the others held, as far as the box allows; a row
 * that meets its bound stays there. Pairs alone creep where rows are nearly dependent. Changes alphas and slopes.
 */
export function polish(problem: DualProblem, alphas: Float64Array, slopes: Float64Array): void {
  const { signs, bounds, kernels } = problem;
  const n = signs.length;
  for (let round = 0; round < MAX_STEPS; round++) {
    const free: number[] = [];
    for (let t = 0; t < n; t++) if (alphas[t]! > 0 && alphas[t]! < bounds[t]!) free.push(t);
    if (free.length < 2 || free.length > MOST_FREE) return;
    const direction = solveFree(problem, free, slopes);
    if (direction === undefined) return;
    let step = 1;
    let blocked = -1;
    free.forEach((t, x) => {
      const change = signs[t]! * direction[x]!;
      const room = change > 0 ? bounds[t]! - alphas[t]! : alphas[t]!;
      if (Math.abs(change) * step > room) {
        step = room / Math.abs(change);
        blocked = t;
      }
    });
    free.forEach((t, x) => {
      const change = step * direction[x]!;
      const next = alphas[t]! + signs[t]! * change;
      alphas[t] =
        t === blocked ? (signs[t]! * change > 0 ? bounds[t]! : 0) : Math.min(bounds[t]!, Math.max(0, next));
      const row = kernels[t]!;
      for (let r = 0; r < n; r++) slopes[r]! -= change * row[r]!;
    });
  }
}

/** Changes of y x alpha that make the slopes of the free rows equal and add up to 0. */
function solveFree(
  { kernels, diagonal }: DualProblem,
  free: readonly number[],
  slopes: Float64Array,
): Float64Array | undefined {
  const m = free.length;
  const gram = new Float64Array(m * m);
  let largest = 0;
  for (let x = 0; x < m; x++) {
    const row = kernels[free[x]!]!;
    for (let y = 0; y < m; y++) gram[x * m + y] = row[free[y]!]!;
    gram[x * m + x] = diagonal[free[x]!]!;
    largest = Math.max(largest, gram[x * m + x]!);
  }
  let added = 0;
  for (let damping = DAMPING; damping <= MOST_DAMPING; damping *= 10) {
    for (let x = 0; x < m; x++) gram[x * m + x]! += damping * largest - added;
    added = damping * largest;
    const lower = cholesky(gram, m);
    if (lower === undefined) continue;
    const own = choleskySolve(
      lower,
      free.map((t) => slopes[t]!),
      m,
    );
    const ones = choleskySolve(lower, new Float64Array(m).fill(1), m);
    let sumOwn = 0;
    let sumOnes = 0;
    for (let x = 0; x < m; x++) {
      sumOwn += own[x]!;
      sumOnes += ones[x]!;
    }
    return own.map((value, x) => value - (sumOwn / sumOnes) * ones[x]!);
  }
  return undefined;
}
