import { countEvents, type Outcomes } from '../checks.ts';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';
import { devianceOf, informationOf, linearPredictor, logistic, logit, scoreOf } from './likelihood.ts';

/** Change of the deviance at which rms `lrm.fit` stops. */
const STOP = 0.025;
const MAX_STEPS = 12;

/**
 * Coefficients of separated outcomes, which have no finite optimum: Newton's method from the share of events, stopped
 * one step after the deviance changes by less than 0.025 (rms 6.5 `lrm.fit`). What a resample needs so that it counts;
 * never a result. Columns must be independent, the first the intercept. undefined where the information is singular.
 */
export function stoppedNewton(
  columns: readonly Float64Array[],
  outcomes: Outcomes,
): Float64Array | undefined {
  const n = outcomes.length;
  let beta = new Float64Array(columns.length);
  beta[0] = logit(countEvents(outcomes) / n);
  let deviance = devianceOf(linearPredictor(columns, beta, n), outcomes);
  let last = false;
  for (let step = 0; step < MAX_STEPS; step++) {
    const probabilities = linearPredictor(columns, beta, n).map(logistic);
    const lower = cholesky(informationOf(columns, probabilities), columns.length);
    if (lower === undefined) return undefined;
    const move = choleskySolve(lower, scoreOf(columns, probabilities, outcomes), columns.length);
    beta = beta.map((value, j) => value + move[j]!);
    if (last) return beta;
    const next = devianceOf(linearPredictor(columns, beta, n), outcomes);
    last = Math.abs(deviance - next) < STOP;
    deviance = next;
  }
  return beta;
}
