import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { solvePath } from './coordinate-descent.ts';
import { alphaGrid } from './lasso-cv.ts';
import { centre, largestAlpha } from './problem.ts';

/** Violation of the optimality conditions allowed, relative to the penalty; the answer is solved exactly, then rounded. */
const OPTIMAL = 1e-8;

/** Correlated columns that carry a part of the outcome, as radiomic columns after a filter do. */
function correlated(n: number, p: number, seed: number): { columns: Float64Array[]; y: number[] } {
  const random = createRandom(seed, 'lasso');
  const y = Array.from({ length: n }, (_, i) => i % 2);
  const factors = Array.from({ length: 9 }, () => Float64Array.from(y, () => random.normal()));
  const columns = Array.from({ length: p }, (_, j) =>
    Float64Array.from(y, (value, i) => 0.4 * value + factors[j % 9]![i]! + 0.4 * random.normal()),
  );
  return { columns, y };
}

/**
 * Largest violation of the conditions that define the optimum: X'r = penalty x sign for columns with a coefficient,
 * |X'r| <= penalty for the others.
 */
function violation(
  columns: readonly Float64Array[],
  y: Float64Array,
  w: Float64Array,
  penalty: number,
): number {
  const residual = y.map(
    (value, i) => value - columns.reduce((sum, column, j) => sum + column[i]! * w[j]!, 0),
  );
  return columns.reduce((worst, column, j) => {
    const c = column.reduce((sum, value, i) => sum + value * residual[i]!, 0);
    const off = w[j] === 0 ? Math.max(0, Math.abs(c) - penalty) : Math.abs(c - penalty * Math.sign(w[j]!));
    return Math.max(worst, off / penalty);
  }, 0);
}

describe('path of LASSO solutions', () => {
  const shapes = [
    { n: 60, p: 8, name: 'few columns' },
    { n: 40, p: 120, name: 'more columns than rows' },
    { n: 25, p: 300, name: 'far more columns than rows' },
  ];
  it.each(shapes)('is optimal at every penalty: $name', ({ n, p }) => {
    const { columns, y } = correlated(n, p, n + p);
    const { problem } = centre(columns, y);
    const alphas = alphaGrid(largestAlpha(problem), 100, 1e-3);
    solvePath(problem, alphas).forEach((w, k) => {
      expect(violation(problem.columns, problem.y, w, alphas[k]! * n), `penalty ${k}`).toBeLessThan(OPTIMAL);
    });
  });
  it('is optimal with columns that are the same, opposite or constant', () => {
    const { columns, y } = correlated(40, 12, 5);
    const twins = [
      ...columns,
      columns[0]!,
      columns[1]!.map((value) => -value),
      new Float64Array(40).fill(3),
      columns[2]!.map((value, i) => value + columns[3]![i]!),
    ];
    const { problem } = centre(twins, y);
    const alphas = alphaGrid(largestAlpha(problem), 100, 1e-3);
    solvePath(problem, alphas).forEach((w, k) => {
      expect(violation(problem.columns, problem.y, w, alphas[k]! * 40), `penalty ${k}`).toBeLessThan(OPTIMAL);
    });
  });
});
