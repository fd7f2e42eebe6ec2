import { log } from '@sentinode/core';
import { type ColumnBlock, columnBlock } from '../linear-algebra/column-block.ts';
import type { LogisticCoefficients, LogisticProblem } from './problem.ts';

const MAX_NEWTON = 200;
/** Newton steps end after one that changes no linear predictor by more than this share: its square is left. */
const CONVERGED = 1e-6;
/** After a step below this share the second derivatives are kept: the next error is smaller by about as much. */
export const REUSED = 3e-3;
/** Steps with kept derivatives end at this share instead. */
export const SETTLED = 1e-9;

/**
 * Minimises sum of weights x log-losses + l2/2 w^2 by Newton steps with halving, all columns at once.
 * @returns false when the steps never became small (no penalty, separated outcomes); undefined where a matrix cannot be
 * factorised: dependent columns without penalty
 */
export function fitRidge(
  problem: LogisticProblem,
  l2: number,
  model: LogisticCoefficients,
): boolean | undefined {
  const { columns, outcomes, weights, hasIntercept } = problem;
  const n = weights.length;
  const first = hasIntercept ? 1 : 0;
  const k = columns.length + first;
  if (k === 0) return true;
  const design = designBlock(hasIntercept ? [new Float64Array(n).fill(1), ...columns] : columns, n);
  const { block, row } = design;
  let current = Float64Array.from(hasIntercept ? [model.intercept] : []);
  current = Float64Array.of(...current, ...model.coefficients);
  let { eta, trialEta } = design;
  predict(design, current, eta);
  const objective = (w: Float64Array, at: Float64Array): number => {
    let sum = losses(design, at, outcomes, weights);
    for (let a = first; a < k; a++) sum += 0.5 * l2 * w[a]! * w[a]!;
    return sum;
  };
  let value = objective(current, eta);
  let converged = false;
  let share = 1;
  let solve: ((b: Float64Array) => void) | undefined;
  for (let iteration = 0; iteration < MAX_NEWTON && !converged; iteration++) {
    differentiate(eta, outcomes, weights, row);
    const move = design.slopes;
    block.slopes(row.residual, move);
    for (let a = first; a < k; a++) move[a]! -= l2 * current[a]!;
    // second derivatives cost most: after a small step those at hand lose little
    const isReused = solve !== undefined && share < REUSED;
    if (!isReused) {
      const hessian = block.gramScaled(row.root);
      for (let a = first; a < k; a++) hessian[a * k + a]! += l2;
      solve = block.factorise();
    }
    if (solve === undefined) return undefined;
    solve(move);
    let accepted = false;
    for (let halving = 0, step = 1; halving < 40 && !accepted; halving++, step /= 2) {
      const trial = current.map((w, a) => w + step * move[a]!);
      predict(design, trial, trialEta);
      const trialValue = objective(trial, trialEta);
      if (!(trialValue <= value + 1e-13 * Math.abs(value))) continue;
      accepted = true;
      share = step === 1 ? changeOf(trialEta, eta) : 1;
      converged = share < (isReused ? SETTLED : CONVERGED);
      current = trial;
      [eta, trialEta] = [trialEta, eta];
      value = trialValue;
    }
    if (accepted) continue;
    // rounding leaves no lower value: this is the optimum to the last bits, unless the derivatives were old
    losses(design, eta, outcomes, weights);
    if (isReused && share > SETTLED) share = 1;
    else converged = true;
  }
  if (hasIntercept) model.intercept = current[0]!;
  model.coefficients.set(current.subarray(first));
  return converged;
}

/** Values of each row that the derivatives are made of. */
export interface RowValues {
  /** exp(-|eta|). */
  readonly decay: Float64Array;
  /** Weight x (outcome - probability). */
  readonly residual: Float64Array;
  /** Square root of the curvature. */
  readonly root: Float64Array;
}

/** Columns of a fit with all its working memory. */
export interface Design {
  readonly block: ColumnBlock;
  readonly row: RowValues;
  readonly eta: Float64Array;
  readonly trialEta: Float64Array;
  /** One number per column: coefficients on their way to the predictors, and slopes. */
  readonly coefficients: Float64Array;
  readonly slopes: Float64Array;
}

export function designBlock(columns: readonly Float64Array[], n: number): Design {
  const k = columns.length;
  const block = columnBlock(columns, n, [n, n, n, n, n, k, k], true);
  return {
    block,
    row: { decay: block.array(n), residual: block.array(n), root: block.array(n) },
    eta: block.array(n),
    trialEta: block.array(n),
    coefficients: block.array(k),
    slopes: block.array(k),
  };
}

/** Linear predictors. */
export function predict({ block, coefficients }: Design, w: Float64Array, eta: Float64Array): void {
  coefficients.set(w);
  block.combine(coefficients, eta);
}

/** Weighted log-losses; keeps exp(-|eta|) of each row, which serves the derivatives too. */
export function losses(
  { block, row: { decay } }: Design,
  eta: Float64Array,
  outcomes: ArrayLike<number>,
  weights: Float64Array,
): number {
  block.decays(eta, decay);
  let sum = 0;
  // rows of one weight share a logarithm: the sum of log(1 + e) is the log of a product, which stays below 2^512
  let product = 1;
  let shared = 0;
  let weight = weights[0]!;
  for (let i = 0; i < eta.length; i++) {
    const size = Math.abs(eta[i]!);
    if (eta[i]! > 0 !== (outcomes[i] === 1)) sum += weights[i]! * size;
    if (weights[i] !== weight || shared === 512) {
      sum += weight * log(product);
      product = 1;
      shared = 0;
      weight = weights[i]!;
    }
    product *= 1 + decay[i]!;
    shared++;
  }
  return sum + weight * log(product);
}

/** Residuals and roots of the curvature, from the `decay` that `losses` left for the same predictors. */
export function differentiate(
  eta: Float64Array,
  outcomes: ArrayLike<number>,
  weights: Float64Array,
  { decay, residual, root }: RowValues,
): void {
  for (let i = 0; i < eta.length; i++) {
    const rest = 1 / (1 + decay[i]!);
    const probability = eta[i]! >= 0 ? rest : decay[i]! * rest;
    residual[i] = weights[i]! * (outcomes[i]! - probability);
    root[i] = Math.sqrt(weights[i]! * decay[i]!) * rest;
  }
}

/** Largest change of a linear predictor, as a share of the largest predictor and 1. */
export function changeOf(now: Float64Array, before: Float64Array): number {
  let change = 0;
  let size = 0;
  for (let i = 0; i < now.length; i++) {
    change = Math.max(change, Math.abs(now[i]! - before[i]!));
    size = Math.max(size, Math.abs(now[i]!));
  }
  return change / (1 + size);
}
