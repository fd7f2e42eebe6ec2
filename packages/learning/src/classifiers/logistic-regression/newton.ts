import { cholesky, choleskySolve, logistic, softplus } from '@sentinode/statistics';

const MAX_ITERATIONS = 200;

/**
 * Minimum of 0.5 |w|^2 + C sum of log-losses by Newton's method with step halving. The objective is strictly convex
 * in w, and in the intercept because both outcomes occur, so there is one optimum.
 */
export function fitPenalised(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  C: number,
): { intercept: number; coefficients: number[] } {
  const n = outcomes.length;
  const p = columns.length + 1;
  const value = (row: number, j: number): number => (j === 0 ? 1 : columns[j - 1]![row]!);
  const predictor = (b: Float64Array): Float64Array => {
    const eta = new Float64Array(n).fill(b[0]!);
    columns.forEach((column, j) => {
      for (let i = 0; i < n; i++) eta[i]! += b[j + 1]! * column[i]!;
    });
    return eta;
  };
  const objective = (b: Float64Array, eta: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < n; i++) loss += outcomes[i] === 1 ? softplus(-eta[i]!) : softplus(eta[i]!);
    let norm = 0;
    for (let j = 1; j < p; j++) norm += b[j]! * b[j]!;
    return C * loss + norm / 2;
  };
  let beta = new Float64Array(p);
  let eta = predictor(beta);
  let current = objective(beta, eta);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const gradient = new Float64Array(p);
    const hessian = new Float64Array(p * p);
    const probability = eta.map(logistic);
    for (let j = 0; j < p; j++) {
      for (let i = 0; i < n; i++) gradient[j]! += C * value(i, j) * (outcomes[i]! - probability[i]!);
      if (j > 0) gradient[j]! -= beta[j]!;
      for (let k = 0; k <= j; k++) {
        let sum = 0;
        for (let i = 0; i < n; i++)
          sum += value(i, j) * value(i, k) * probability[i]! * (1 - probability[i]!);
        const entry = C * sum + (j === k && j > 0 ? 1 : 0);
        hessian[j * p + k] = entry;
        hessian[k * p + j] = entry;
      }
    }
    const lower = cholesky(hessian, p);
    if (lower === undefined) break;
    const step = choleskySolve(lower, gradient, p);
    let factor = 1;
    let accepted = false;
    for (let halving = 0; halving < 40 && !accepted; halving++, factor /= 2) {
      const trial = beta.map((b, j) => b + factor * step[j]!);
      const trialEta = predictor(trial);
      const trialValue = objective(trial, trialEta);
      if (trialValue <= current + 1e-12 * Math.abs(current)) {
        beta = trial;
        eta = trialEta;
        current = trialValue;
        accepted = true;
      }
    }
    const size = Math.max(...step.map(Math.abs)) / (1 + Math.max(...beta.map(Math.abs)));
    if (!accepted || size < 1e-14) break;
  }
  return { intercept: beta[0]!, coefficients: Array.from(beta.subarray(1)) };
}
