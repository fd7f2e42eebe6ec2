import { dot, gramOf } from '../linear-algebra/gram.ts';
import type { LogisticCoefficients, LogisticProblem } from './problem.ts';
import { minimiseQuadratic } from './quadratic.ts';
import { fitRidge, losses } from './ridge.ts';

export interface Penalty {
  readonly l1: number;
  readonly l2: number;
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
 * @returns false when the steps never became small: without penalty, outcomes are then separated
 */
export function fitElasticNet(
  problem: LogisticProblem,
  penalty: Penalty,
  model: LogisticCoefficients,
): boolean {
  const { columns } = problem;
  const p = columns.length;
  if (penalty.l1 === 0) {
    const smooth = fitRidge(problem, penalty.l2, model);
    if (smooth !== undefined) return smooth;
  }
  const isMember = new Uint8Array(p);
  const members: number[] = [];
  const join = (j: number): void => {
    isMember[j] = 1;
    members.push(j);
  };
  for (let j = 0; j < p; j++) if (penalty.l1 === 0 || model.coefficients[j] !== 0) join(j);
  let precision = penalty.l1 === 0 ? CONVERGED : ROUGH;
  for (;;) {
    const residual = fitMembers(problem, penalty, model, members, precision);
    if (residual === undefined) return false;
    const violating: { j: number; size: number }[] = [];
    for (let j = 0; j < p; j++) {
      if (isMember[j] === 1) continue;
      const size = Math.abs(dot(columns[j]!, residual));
      if (size > penalty.l1 * (1 + JOINS)) violating.push({ j, size });
    }
    if (violating.length === 0) {
      if (precision === CONVERGED) return true;
      precision = CONVERGED;
      continue;
    }
    violating.sort((a, b) => b.size - a.size || a.j - b.j);
    for (const { j } of violating.slice(0, JOIN_AT_ONCE)) join(j);
    members.sort((a, b) => a - b);
  }
}

/** Optimum over some columns; returns weight x (outcome - probability) of each row, undefined when not converged. */
function fitMembers(
  problem: LogisticProblem,
  penalty: Penalty,
  model: LogisticCoefficients,
  members: readonly number[],
  precision: number,
): Float64Array | undefined {
  const { columns, outcomes, weights, hasIntercept } = problem;
  const n = weights.length;
  const first = hasIntercept ? 1 : 0;
  const k = members.length + first;
  const ones = new Float64Array(n).fill(1);
  const design = [...(hasIntercept ? [ones] : []), ...members.map((j) => columns[j]!)];
  let current = new Float64Array(k);
  if (hasIntercept) current[0] = model.intercept;
  members.forEach((j, a) => {
    current[a + first] = model.coefficients[j]!;
  });
  const l1 = new Float64Array(k).fill(penalty.l1);
  const l2 = new Float64Array(k).fill(penalty.l2);
  if (hasIntercept) {
    l1[0] = 0;
    l2[0] = 0;
  }
  const predictor = (w: Float64Array): Float64Array => {
    const eta = new Float64Array(n);
    for (let a = 0; a < k; a++) addScaled(eta, design[a]!, w[a]!);
    return eta;
  };
  // of the latest predictor: exp(-|eta|) of each row serves the loss and its derivatives
  const decay = new Float64Array(n);
  const objective = (w: Float64Array, eta: Float64Array): number => {
    let sum = losses(eta, outcomes, weights, decay);
    for (let a = 0; a < k; a++) sum += l1[a]! * Math.abs(w[a]!) + 0.5 * l2[a]! * w[a]! * w[a]!;
    return sum;
  };
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  const differentiate = (eta: Float64Array): void => {
    for (let i = 0; i < n; i++) {
      const rest = 1 / (1 + decay[i]!);
      const probability = eta[i]! >= 0 ? rest : decay[i]! * rest;
      residual[i] = weights[i]! * (outcomes[i]! - probability);
      curvature[i] = weights[i]! * decay[i]! * rest * rest;
    }
  };
  let eta = predictor(current);
  let value = objective(current, eta);
  let converged = k === 0;
  for (let iteration = 0; iteration < MAX_NEWTON && !converged; iteration++) {
    differentiate(eta);
    const gradient = Float64Array.from(design, (column, a) => dot(column, residual) - l2[a]! * current[a]!);
    const target = minimiseQuadratic(weightedGram(design, curvature, l2), gradient, l1, current);
    let step = 1;
    let accepted = false;
    for (let halving = 0; halving < 40 && !accepted; halving++, step /= 2) {
      const trial = current.map((w, a) => (step === 1 ? target[a]! : w + step * (target[a]! - w)));
      const trialEta = predictor(trial);
      const trialValue = objective(trial, trialEta);
      if (trialValue > value + 1e-13 * Math.abs(value)) continue;
      accepted = true;
      converged = step === 1 && largestChange(trialEta, eta) < precision * (1 + largestSize(trialEta));
      current = trial;
      eta = trialEta;
      value = trialValue;
    }
    // rounding leaves no lower value: this is the optimum to the last bits
    if (!accepted) {
      converged = true;
      objective(current, eta);
    }
  }
  differentiate(eta);
  if (hasIntercept) model.intercept = current[0]!;
  members.forEach((j, a) => {
    model.coefficients[j] = current[a + first]!;
  });
  return converged ? residual : undefined;
}

/** X' diag(h) X + diag(l2), row-major. */
function weightedGram(
  design: readonly Float64Array[],
  curvature: Float64Array,
  l2: Float64Array,
): Float64Array {
  const k = design.length;
  const roots = curvature.map((value) => Math.sqrt(value));
  const gram = gramOf(design.map((column) => multiply(column, roots)));
  for (let a = 0; a < k; a++) gram[a * k + a]! += l2[a]!;
  return gram;
}

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(a.length);
  for (let i = 0; i < product.length; i++) product[i] = a[i]! * b[i]!;
  return product;
}

function addScaled(target: Float64Array, column: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < target.length; i++) target[i]! += factor * column[i]!;
}

function largestChange(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

function largestSize(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!));
  return largest;
}
