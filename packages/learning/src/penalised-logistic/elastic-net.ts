import { dot } from '../linear-algebra/inner-products.ts';
import type { LogisticCoefficients, LogisticProblem } from './problem.ts';
import { minimiseQuadratic } from './quadratic.ts';
import { changeOf, designBlock, differentiate, fitRidge, losses, predict, REUSED, SETTLED } from './ridge.ts';

export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** What a fit leaves behind; overwritten by the next fit of the same solver. */
export interface Solution {
  /** false when the steps never became small: without penalty, outcomes are then separated. */
  readonly converged: boolean;
  /** Sum of weights x log-losses. */
  readonly loss: number;
  /** Weight x (outcome - probability) of each row. */
  readonly residual: Float64Array;
}

const MAX_NEWTON = 200;
/** Newton steps end after one that changes no linear predictor by more than this share: its square is left. */
const CONVERGED = 1e-6;
/** Enough to see which columns are still to join. */
const ROUGH = 1e-2;
/** A column without coefficient joins when its gradient is beyond the penalty by this share. */
const JOINS = 1e-10;
/** So many columns join at once, those with the largest gradients first. */
const JOIN_AT_ONCE = 64;

/**
 * Converged optimum by proximal Newton steps on the columns that matter: each quadratic model is solved exactly, and
 * columns join until no gradient is beyond the penalty.
 * @returns false when the steps never became small
 */
export function fitElasticNet(
  problem: LogisticProblem,
  penalty: Penalty,
  model: LogisticCoefficients,
): boolean {
  if (penalty.l1 === 0) {
    const smooth = fitRidge(problem, penalty.l2, model);
    if (smooth !== undefined) return smooth;
  }
  return elasticNetSolver(problem)(penalty, model).converged;
}

/** Fits of one problem at several penalties: the work space is kept between them. */
export function elasticNetSolver(
  problem: LogisticProblem,
): (penalty: Penalty, model: LogisticCoefficients, likely?: readonly number[]) => Solution {
  const { columns } = problem;
  const p = columns.length;
  const fitMembers = memberSolver(problem);
  return (penalty, model, likely) => {
    const isMember = new Uint8Array(p);
    for (let j = 0; j < p; j++) if (penalty.l1 === 0 || model.coefficients[j] !== 0) isMember[j] = 1;
    for (const j of likely ?? []) isMember[j] = 1;
    // who knows which columns are likely need not look roughly first
    let precision = penalty.l1 === 0 || likely !== undefined ? CONVERGED : ROUGH;
    for (;;) {
      const members: number[] = [];
      for (let j = 0; j < p; j++) if (isMember[j] === 1) members.push(j);
      const solution = fitMembers(penalty, model, members, precision);
      if (!solution.converged) return solution;
      const violating: { j: number; size: number }[] = [];
      for (let j = 0; j < p; j++) {
        if (isMember[j] === 1) continue;
        const size = Math.abs(dot(columns[j]!, solution.residual));
        if (size > penalty.l1 * (1 + JOINS)) violating.push({ j, size });
      }
      if (violating.length === 0) {
        if (precision === CONVERGED) return solution;
        precision = CONVERGED;
        continue;
      }
      violating.sort((a, b) => b.size - a.size || a.j - b.j);
      for (const { j } of violating.slice(0, JOIN_AT_ONCE)) isMember[j] = 1;
    }
  };
}

/** Optimum over some columns. */
function memberSolver(problem: LogisticProblem) {
  const { columns, outcomes, weights, hasIntercept } = problem;
  const n = weights.length;
  const first = hasIntercept ? 1 : 0;
  const ones = new Float64Array(n).fill(1);
  let curvature: { readonly members: string; readonly values: Float64Array } | undefined;
  return (
    penalty: Penalty,
    model: LogisticCoefficients,
    members: readonly number[],
    precision: number,
  ): Solution => {
    const k = members.length + first;
    const taken: Float64Array[] = hasIntercept ? [ones] : [];
    for (const j of members) taken.push(columns[j]!);
    const design = designBlock(taken, n);
    const { block, row } = design;
    let { eta, trialEta } = design;
    let current: Float64Array = new Float64Array(k);
    if (hasIntercept) current[0] = model.intercept;
    members.forEach((j, a) => {
      current[a + first] = model.coefficients[j]!;
    });
    const l1 = new Float64Array(k).fill(penalty.l1);
    if (hasIntercept) l1[0] = 0;
    let loss = 0;
    const objective = (w: Float64Array, at: Float64Array): number => {
      loss = losses(design, at, outcomes, weights);
      let sum = loss;
      for (let a = first; a < k; a++) sum += penalty.l1 * Math.abs(w[a]!) + 0.5 * penalty.l2 * w[a]! * w[a]!;
      return sum;
    };
    predict(design, current, eta);
    let value = objective(current, eta);
    let converged = k === 0;
    let share = 1;
    const key = members.join();
    for (let iteration = 0; iteration < MAX_NEWTON && !converged; iteration++) {
      differentiate(eta, outcomes, weights, row);
      const gradient = new Float64Array(k);
      block.slopes(row.residual, design.slopes);
      for (let a = 0; a < k; a++)
        gradient[a] = design.slopes[a]! - (a < first ? 0 : penalty.l2 * current[a]!);
      // second derivatives cost most: those at hand serve a first step, and steps that have become small
      const isReused = curvature?.members === key && (iteration === 0 || share < REUSED);
      if (!isReused) {
        const values = block.gramScaled(row.root).slice();
        for (let a = first; a < k; a++) values[a * k + a]! += penalty.l2;
        curvature = { members: key, values };
      }
      const target = minimiseQuadratic(curvature!.values.slice(), gradient, l1, current);
      let accepted = false;
      for (let halving = 0, step = 1; halving < 40 && !accepted; halving++, step /= 2) {
        const trial = current.map((w, a) => (step === 1 ? target[a]! : w + step * (target[a]! - w)));
        predict(design, trial, trialEta);
        const trialValue = objective(trial, trialEta);
        if (trialValue > value + 1e-13 * Math.abs(value)) continue;
        accepted = true;
        share = step === 1 ? changeOf(trialEta, eta) : 1;
        converged = share < (isReused ? Math.min(precision, SETTLED) : precision);
        current = trial;
        [eta, trialEta] = [trialEta, eta];
        value = trialValue;
      }
      if (accepted) continue;
      objective(current, eta);
      // rounding leaves no lower value: this is the optimum to the last bits, unless the derivatives were old
      if (isReused && share > SETTLED) curvature = undefined;
      else converged = true;
    }
    differentiate(eta, outcomes, weights, row);
    if (hasIntercept) model.intercept = current[0]!;
    members.forEach((j, a) => {
      model.coefficients[j] = current[a + first]!;
    });
    return { converged, loss, residual: row.residual.slice() };
  };
}
