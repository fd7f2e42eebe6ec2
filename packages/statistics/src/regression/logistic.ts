import { log } from '@sentinode/core';
import { countEvents, type Outcomes } from '../checks.ts';
import { chiSquareUpper } from '../distributions/index.ts';
import { cholesky, choleskySolve, inverseDiagonal } from '../linear-algebra/cholesky.ts';
import { independentColumns } from '../linear-algebra/independent-columns.ts';
import type { CoefficientRow } from '../results.ts';
import { aliasedRow, waldRow } from './coefficient-row.ts';
import type { DesignColumn } from './design.ts';
import { devianceOf, informationOf, linearPredictor, logistic, scoreOf } from './likelihood.ts';
import { provesSeparation, unboundedColumns } from './separation.ts';

const MAX_ITERATIONS = 100;
/** Newton steps stop when the largest change of a linear predictor is below this share of the largest one. */
const CONVERGED = 1e-12;
/** Linear predictors beyond this, still moving, are looked at for separation. */
const FAR = 12;

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
  /** Terms whose coefficients grow without limit; empty unless separated. */
  readonly unbounded: readonly string[];
  readonly aliased: readonly string[];
  /** Against the model of the intercept alone; null with an offset. */
  readonly overall: { readonly statistic: number; readonly df: number; readonly p: number } | null;
}

/** Deviance of the share of events given to everybody. */
function nullDeviance(events: number, n: number): number {
  const share = events / n;
  return -2 * (events * log(share) + (n - events) * log(1 - share));
}

/**
 * Logistic regression by Newton's method to the converged optimum (R `glm(binomial)`; Wald intervals as
 * `confint.default` and SPSS). A column that is a combination of earlier ones is aliased and has no coefficient.
 * Separation is proved by a direction in which the likelihood only grows, also where R gives no warning.
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
  const found = maximise(
    used.map((column) => column.values),
    outcomes,
    offset,
  );
  const variances = varianceOf(
    used.map((column) => column.values),
    found,
  );
  const coefficients = new Float64Array(columns.length).fill(Number.NaN);
  let position = 0;
  const rows = columns.map((column, j) => {
    if (!independent[j]) return aliasedRow(column);
    coefficients[j] = found.beta[position]!;
    return waldRow(column, coefficients[j]!, Math.sqrt(variances[position++]!));
  });
  const overall = Math.max(0, nullDeviance(events, n) - found.deviance);
  const df = used.length - 1;
  const growing =
    found.direction === undefined
      ? []
      : unboundedColumns(
          used.map((column) => column.values),
          found.direction,
        );
  return {
    rows,
    coefficients,
    linearPredictor: found.eta,
    deviance: found.deviance,
    aic: found.deviance + 2 * used.length,
    rank: used.length,
    n,
    events,
    converged: found.converged,
    separated: found.direction !== undefined,
    unbounded: used.filter((_, j) => growing[j]).map((column) => column.term),
    aliased: columns.filter((_, j) => !independent[j]).map((column) => column.term),
    overall:
      offset !== undefined || df < 1 ? null : { statistic: overall, df, p: chiSquareUpper(overall, df) },
  };
}

interface Maximum {
  readonly beta: Float64Array;
  readonly eta: Float64Array;
  readonly deviance: number;
  readonly converged: boolean;
  /** Direction that proves separation. */
  readonly direction?: Float64Array;
  /** Factor of the last information matrix that was positive definite. */
  readonly lower?: Float64Array;
}

function maximise(columns: readonly Float64Array[], outcomes: Outcomes, offset?: ArrayLike<number>): Maximum {
  const n = outcomes.length;
  const p = columns.length;
  let beta = new Float64Array(p);
  let eta = linearPredictor(columns, beta, n, offset);
  let probabilities = new Float64Array(n);
  let deviance = devianceOf(eta, outcomes, probabilities);
  let spare = new Float64Array(n);
  let lower: Float64Array | undefined;
  let step: Float64Array | undefined;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const factor = cholesky(informationOf(columns, probabilities), p);
    if (factor === undefined) break;
    lower = factor;
    step = choleskySolve(lower, scoreOf(columns, probabilities, outcomes), p);
    let share = 1;
    let moved = false;
    for (let halving = 0; halving < 30 && !moved; halving++, share /= 2) {
      const trial = beta.map((value, j) => value + share * step![j]!);
      const trialEta = linearPredictor(columns, trial, n, offset);
      const trialDeviance = devianceOf(trialEta, outcomes, spare);
      if (!(trialDeviance <= deviance + 1e-10 * (1 + Math.abs(deviance)))) continue;
      let change = 0;
      let largest = 0;
      for (let i = 0; i < n; i++) {
        change = Math.max(change, Math.abs(trialEta[i]! - eta[i]!));
        largest = Math.max(largest, Math.abs(trialEta[i]!));
      }
      beta = trial;
      eta = trialEta;
      deviance = trialDeviance;
      [probabilities, spare] = [spare, probabilities];
      moved = true;
      if (change < CONVERGED * (1 + largest)) return { beta, eta, deviance, converged: true, lower };
      if (largest > FAR && change > 0.1 && provesSeparation(columns, step, outcomes))
        return { beta, eta, deviance, converged: false, lower, direction: step };
    }
    if (!moved) return { beta, eta, deviance, converged: true, lower };
  }
  for (const direction of [step, beta])
    if (direction !== undefined && provesSeparation(columns, direction, outcomes))
      return { beta, eta, deviance, converged: false, lower, direction };
  return { beta, eta, deviance, converged: false, lower };
}

function varianceOf(columns: readonly Float64Array[], { eta, lower }: Maximum): Float64Array {
  const p = columns.length;
  const factor = cholesky(informationOf(columns, eta.map(logistic)), p) ?? lower;
  return factor === undefined ? new Float64Array(p).fill(Number.NaN) : inverseDiagonal(factor, p);
}
