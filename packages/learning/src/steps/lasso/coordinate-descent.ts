import { cholesky, choleskySolve } from '@sentinode/statistics';
import { startHomotopy } from './homotopy.ts';
import { correlation, type LassoProblem } from './problem.ts';

const MAX_SWEEPS = 20_000;
/** Coordinate descent hands over to the exact solution when no coefficient moves by more than this share. */
const HAND_OVER = 1e-7;
/** Largest violation of the optimality conditions, relative to the penalty scale. */
const OPTIMAL = 1e-10;
/** Violation, per row, that rounding leaves of the sums of standardised columns. */
const ROUNDING = 1e-13;

/**
 * Converged optima for falling penalties. The homotopy finds each optimum; where rounding has moved it, the optimum on
 * its active set is solved exactly and checked against the optimality conditions. Where that fails too, coordinate descent takes over.
 */
export function solvePath(problem: LassoProblem, alphas: readonly number[]): Float64Array[] {
  const homotopy = startHomotopy(problem);
  const w = new Float64Array(problem.columns.length);
  const start = new Float64Array(problem.columns.length);
  return alphas.map((alpha) => {
    const penalty = alpha * problem.n;
    const isReliable = homotopy.advance(penalty, start);
    if (isReliable) w.set(start);
    if (isReliable && isOptimal(problem, penalty, w)) return w.slice();
    if (!solveOnActiveSet(problem, penalty, w)) solveLasso(problem, alpha, w);
    return w.slice();
  });
}

/**
 * Converged optimum for one penalty from a warm start, which is changed in place. Coordinate descent finds the active
 * set; the optimum on it is then solved exactly and checked against the optimality conditions.
 */
function solveLasso(problem: LassoProblem, alpha: number, w: Float64Array): void {
  const { columns, y, squares, n } = problem;
  const penalty = alpha * n;
  const residual = Float64Array.from(y);
  const reset = (): void => {
    residual.set(y);
    columns.forEach((column, j) => {
      const weight = w[j]!;
      if (weight !== 0) for (let i = 0; i < n; i++) residual[i]! -= weight * column[i]!;
    });
  };
  reset();
  const sweep = (indices: readonly number[]): number => {
    let moved = 0;
    let largest = 0;
    for (const j of indices) {
      const s = squares[j]!;
      if (s === 0) continue;
      const column = columns[j]!;
      const old = w[j]!;
      const rho = correlation(column, residual) + old * s;
      const next = rho > penalty ? (rho - penalty) / s : rho < -penalty ? (rho + penalty) / s : 0;
      if (next !== old) {
        const change = old - next;
        for (let i = 0; i < n; i++) residual[i]! += change * column[i]!;
        w[j] = next;
      }
      moved = Math.max(moved, Math.abs(next - old));
      largest = Math.max(largest, Math.abs(next));
    }
    return largest === 0 ? 0 : moved / largest;
  };
  const all = columns.map((_, j) => j);
  for (let sweeps = 0; sweeps < MAX_SWEEPS; ) {
    let moved = sweep(all);
    sweeps++;
    const active = all.filter((j) => w[j] !== 0);
    for (; moved > HAND_OVER && sweeps < MAX_SWEEPS; sweeps++) moved = sweep(active);
    if (solveOnActiveSet(problem, penalty, w)) return;
    reset();
  }
}

/** Whether all optimality conditions hold to the rounding of their sums. */
function isOptimal({ columns, y, n }: LassoProblem, penalty: number, w: Float64Array): boolean {
  const residual = y.slice();
  for (let j = 0; j < w.length; j++) {
    const weight = w[j]!;
    if (weight === 0) continue;
    const column = columns[j]!;
    for (let i = 0; i < n; i++) residual[i]! -= weight * column[i]!;
  }
  const slack = ROUNDING * n;
  for (let j = 0; j < w.length; j++) {
    const slope = correlation(columns[j]!, residual);
    const excess = w[j] === 0 ? Math.abs(slope) - penalty : Math.abs(slope - penalty * Math.sign(w[j]!));
    if (excess > slack) return false;
  }
  return true;
}

/** Exact optimum on the current support; true (and w changed) when it satisfies all optimality conditions. */
function solveOnActiveSet(
  { columns, y, n, products }: LassoProblem,
  penalty: number,
  w: Float64Array,
): boolean {
  const active = [...w.keys()].filter((j) => w[j] !== 0);
  const k = active.length;
  const residual = Float64Array.from(y);
  if (k > 0) {
    const gram = new Float64Array(k * k);
    const right = new Float64Array(k);
    active.forEach((j, a) => {
      right[a] = correlation(columns[j]!, y) - penalty * Math.sign(w[j]!);
      const row = products(j);
      active.forEach((other, b) => {
        gram[a * k + b] = row[other]!;
      });
    });
    const lower = cholesky(gram, k);
    if (lower === undefined) return false;
    const exact = choleskySolve(lower, right, k);
    if (active.some((j, a) => exact[a] === 0 || Math.sign(exact[a]!) !== Math.sign(w[j]!))) return false;
    active.forEach((j, a) => {
      for (let i = 0; i < n; i++) residual[i]! -= exact[a]! * columns[j]![i]!;
    });
    const slack = penalty * (1 + OPTIMAL) + OPTIMAL * n;
    if (columns.some((column, j) => w[j] === 0 && Math.abs(correlation(column, residual)) > slack))
      return false;
    active.forEach((j, a) => {
      w[j] = exact[a]!;
    });
    return true;
  }
  const slack = penalty * (1 + OPTIMAL) + OPTIMAL * n;
  return columns.every((column) => Math.abs(correlation(column, residual)) <= slack);
}
