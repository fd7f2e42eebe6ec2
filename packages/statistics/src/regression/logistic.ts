import { exp, log1p } from '@sentinode/core';
import { countEvents, type Outcomes } from '../checks.ts';
import { normalQuantile, normalTwoSided } from '../distributions/index.ts';
import { cholesky, choleskySolve, inverseDiagonal } from '../linear-algebra/cholesky.ts';
import { independentColumns } from '../linear-algebra/independent-columns.ts';
import type { CoefficientRow } from '../results.ts';
import type { DesignColumn } from './design.ts';

const MAX_ITERATIONS = 100;
/** Newton steps stop when the largest change of a linear predictor is below this. */
const CONVERGED = 1e-12;
/** Linear predictors beyond this mean fitted probabilities of 0 or 1. */
const SEPARATED = 30;

/** Maximum likelihood fit of a logistic regression. */
export interface LogisticFit {
  readonly rows: readonly CoefficientRow[];
  /** As long as the design; NaN for aliased columns. */
  readonly coefficients: Float64Array;
  readonly linearPredictor: Float64Array;
  readonly deviance: number;
  readonly aic: number;
  /** Number of estimated coefficients. */
  readonly rank: number;
  readonly n: number;
  readonly events: number;
  readonly converged: boolean;
  /** Complete or quasi-complete separation: the likelihood has no maximum, coefficients and errors mean nothing. */
  readonly separated: boolean;
  readonly aliased: readonly string[];
}

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));

/** 1 / (1 + e^-x) without overflow. */
export const logistic = (x: number): number => {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
};

/**
 * Logistic regression by Newton's method to the converged optimum (R `glm(binomial)`; Wald intervals as
 * `confint.default` and SPSS). A column that is a combination of earlier ones is aliased and has no coefficient.
 * @param columns design with the intercept as a column
 * @param offset added to the linear predictor
 * @throws SentinodeError `one-class`
 */
export function fitLogistic(
  columns: readonly DesignColumn[],
  outcomes: Outcomes,
  offset?: ArrayLike<number>,
): LogisticFit {
  const events = countEvents(outcomes);
  const n = outcomes.length;
  const independent = independentColumns(columns.map((column) => column.values));
  const used = columns.filter((_, j) => independent[j]);
  const p = used.length;
  let beta = new Float64Array(p);
  const predictor = (b: Float64Array): Float64Array =>
    Float64Array.from({ length: n }, (_, i) =>
      used.reduce((sum, column, j) => sum + column.values[i]! * b[j]!, offset?.[i] ?? 0),
    );
  let eta = predictor(beta);
  let deviance = devianceOf(eta, outcomes);
  let converged = false;
  let lower: Float64Array | undefined;
  for (let iteration = 0; iteration < MAX_ITERATIONS && !converged; iteration++) {
    const { gradient, information } = derivatives(used, eta, outcomes);
    lower = cholesky(information, p);
    if (lower === undefined) break;
    const step = choleskySolve(lower, gradient, p);
    let factor = 1;
    for (let halving = 0; halving < 30; halving++, factor /= 2) {
      const trial = beta.map((value, j) => value + factor * step[j]!);
      const trialEta = predictor(trial);
      const trialDeviance = devianceOf(trialEta, outcomes);
      if (trialDeviance <= deviance + 1e-10 * (1 + Math.abs(deviance))) {
        const change = trialEta.reduce(
          (largest, value, i) => Math.max(largest, Math.abs(value - eta[i]!)),
          0,
        );
        beta = trial;
        eta = trialEta;
        deviance = trialDeviance;
        converged =
          change < CONVERGED * (1 + eta.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0));
        break;
      }
      if (halving === 29) converged = true;
    }
    if (eta.some((value) => Math.abs(value) > SEPARATED) && deviance < 1e-6) break;
  }
  const final = derivatives(used, eta, outcomes);
  lower = cholesky(final.information, p) ?? lower;
  const variances = lower === undefined ? new Float64Array(p).fill(Number.NaN) : inverseDiagonal(lower, p);
  // where outcomes are separated the likelihood has no maximum, and Newton's steps never become small
  const separated = !converged;
  const coefficients = new Float64Array(columns.length).fill(Number.NaN);
  const rows: CoefficientRow[] = [];
  let position = 0;
  columns.forEach((column, j) => {
    const described = {
      term: column.term,
      variable: column.variable,
      level: column.level,
      reference: column.reference,
    };
    if (!independent[j]) {
      rows.push({ ...described, coefficient: null, se: null, z: null, p: null, oddsRatio: null, ci: null });
      return;
    }
    const coefficient = beta[position]!;
    coefficients[j] = coefficient;
    rows.push({ ...described, ...waldRow(coefficient, Math.sqrt(variances[position]!)) });
    position++;
  });
  const aliased = columns.filter((_, j) => !independent[j]).map((column) => column.term);
  return {
    rows,
    coefficients,
    linearPredictor: eta,
    deviance,
    aic: deviance + 2 * p,
    rank: p,
    n,
    events,
    converged,
    separated,
    aliased,
  };
}

function waldRow(
  coefficient: number,
  se: number,
): Pick<CoefficientRow, 'coefficient' | 'se' | 'z' | 'p' | 'oddsRatio' | 'ci'> {
  if (!Number.isFinite(se) || !(se > 0))
    return { coefficient, se: null, z: null, p: null, oddsRatio: exp(coefficient), ci: null };
  const half = normalQuantile(0.975) * se;
  const z = coefficient / se;
  const ci = [exp(coefficient - half), exp(coefficient + half)] as const;
  return {
    coefficient,
    se,
    z,
    p: normalTwoSided(z),
    oddsRatio: exp(coefficient),
    ci: ci.every(Number.isFinite) ? ci : null,
  };
}

function devianceOf(eta: Float64Array, outcomes: Outcomes): number {
  let sum = 0;
  for (let i = 0; i < eta.length; i++) sum += outcomes[i] === 1 ? softplus(-eta[i]!) : softplus(eta[i]!);
  return 2 * sum;
}

function derivatives(
  columns: readonly DesignColumn[],
  eta: Float64Array,
  outcomes: Outcomes,
): { gradient: Float64Array; information: Float64Array } {
  const p = columns.length;
  const probabilities = eta.map(logistic);
  const gradient = new Float64Array(p);
  const information = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const a = columns[j]!.values;
    for (let i = 0; i < eta.length; i++) gradient[j]! += a[i]! * (outcomes[i]! - probabilities[i]!);
    for (let k = 0; k <= j; k++) {
      const b = columns[k]!.values;
      let sum = 0;
      for (let i = 0; i < eta.length; i++) sum += a[i]! * b[i]! * probabilities[i]! * (1 - probabilities[i]!);
      information[j * p + k] = sum;
      information[k * p + j] = sum;
    }
  }
  return { gradient, information };
}
