import { exp, log } from '@sentinode/core';
import { countEvents, type Outcomes } from '../checks.ts';
import { chiSquareUpper, normalQuantile } from '../distributions/index.ts';
import { cholesky, choleskySolve, inverseDiagonal } from '../linear-algebra/cholesky.ts';
import { independentColumns } from '../linear-algebra/independent-columns.ts';
import type { CoefficientRow } from '../results.ts';
import { aliasedRow, describeColumn } from './coefficient-row.ts';
import type { DesignColumn } from './design.ts';
import { devianceOf, informationOf, linearPredictor, logistic } from './likelihood.ts';

/** Penalised fit; intervals and p values are of the profile penalised likelihood, `z` is the Wald statistic. */
export interface FirthFit {
  readonly rows: readonly CoefficientRow[];
  /** As long as the design; NaN for aliased columns. */
  readonly coefficients: Float64Array;
  readonly linearPredictor: Float64Array;
  readonly penalisedLogLikelihood: number;
  readonly rank: number;
  readonly n: number;
  readonly events: number;
  readonly converged: boolean;
  readonly aliased: readonly string[];
  readonly method: string;
}

interface Point {
  readonly beta: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly lower: Float64Array;
  readonly information: Float64Array;
}

/**
 * Firth's logistic regression (1993): likelihood penalised by Jeffreys' prior, so that estimates are finite also where
 * the outcomes are separated (R brglm2 `brglmFit`, type MPL_Jeffreys; Heinze & Schemper 2002 for intervals).
 * @param columns design with the intercept as a column
 * @throws SentinodeError `one-class`
 */
export function fitFirth(columns: readonly DesignColumn[], outcomes: Outcomes): FirthFit {
  const events = countEvents(outcomes);
  const independent = independentColumns(columns.map((column) => column.values));
  const used = columns.filter((_, j) => independent[j]);
  const values = used.map((column) => column.values);
  const p = used.length;
  const { point, converged } = ascend(values, outcomes, new Float64Array(p));
  const variances = inverseDiagonal(point.lower, p);
  const coefficients = new Float64Array(columns.length).fill(Number.NaN);
  let position = 0;
  const rows = columns.map((column, j): CoefficientRow => {
    if (!independent[j]) return aliasedRow(column);
    const index = position++;
    const coefficient = point.beta[index]!;
    coefficients[j] = coefficient;
    const se = Math.sqrt(variances[index]!);
    const profile = (at: number, start: Float64Array) => {
      const from = Float64Array.from(start);
      from[index] = at;
      return ascend(values, outcomes, from, index).point;
    };
    const limits = [-1, 1].map((side) => limitOf(profile, point, index, se, side));
    const without = profile(0, point.beta);
    return {
      ...describeColumn(column),
      coefficient,
      se,
      z: coefficient / se,
      p: chiSquareUpper(Math.max(0, 2 * (point.value - without.value)), 1),
      oddsRatio: exp(coefficient),
      ci: limits.every((limit) => Number.isFinite(exp(limit))) ? [exp(limits[0]!), exp(limits[1]!)] : null,
    };
  });
  return {
    rows,
    coefficients,
    linearPredictor: linearPredictor(values, point.beta, outcomes.length),
    penalisedLogLikelihood: point.value,
    rank: p,
    n: outcomes.length,
    events,
    converged,
    aliased: columns.filter((_, j) => !independent[j]).map((column) => column.term),
    method: 'Firth; profile penalised likelihood intervals and p',
  };
}

/** Penalised log-likelihood, its gradient and the information at coefficients; undefined where it is singular. */
function evaluate(
  columns: readonly Float64Array[],
  outcomes: Outcomes,
  beta: Float64Array,
): Point | undefined {
  const n = outcomes.length;
  const p = columns.length;
  const eta = linearPredictor(columns, beta, n);
  const probabilities = eta.map(logistic);
  const information = informationOf(columns, probabilities);
  const lower = cholesky(information, p);
  if (lower === undefined) return undefined;
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) logDeterminant += 2 * log(lower[j * p + j]!);
  const gradient = new Float64Array(p);
  const row = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) row[j] = columns[j]![i]!;
    // leverage: w x' I^-1 x, by forward substitution
    let leverage = 0;
    for (let j = 0; j < p; j++) {
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= lower[j * p + k]! * row[k]!;
      row[j] = sum / lower[j * p + j]!;
      leverage += row[j]! * row[j]!;
    }
    const probability = probabilities[i]!;
    leverage *= probability * (1 - probability);
    const residual = outcomes[i]! - probability + leverage * (0.5 - probability);
    for (let j = 0; j < p; j++) gradient[j]! += columns[j]![i]! * residual;
  }
  return { beta, value: -devianceOf(eta, outcomes) / 2 + logDeterminant / 2, gradient, lower, information };
}

/** Climbs to the maximum by scoring steps with halving; one coefficient may be held. */
function ascend(
  columns: readonly Float64Array[],
  outcomes: Outcomes,
  start: Float64Array,
  held = -1,
): { point: Point; converged: boolean } {
  const p = columns.length;
  let point = evaluate(columns, outcomes, start);
  if (point === undefined) {
    const origin = new Float64Array(p);
    if (held >= 0) origin[held] = start[held]!;
    point = evaluate(columns, outcomes, origin) ?? evaluate(columns, outcomes, new Float64Array(p))!;
  }
  for (let iteration = 0; iteration < 500; iteration++) {
    const step = stepOf(point, p, held);
    const size = step.reduce(
      (most, value, j) => Math.max(most, Math.abs(value) / (1 + Math.abs(point!.beta[j]!))),
      0,
    );
    if (size < 1e-13) return { point, converged: true };
    // long steps overshoot where the information is flat
    let share = Math.min(1, 5 / Math.max(...step.map(Math.abs)));
    let next: Point | undefined;
    for (let halving = 0; halving < 40; halving++, share /= 2) {
      const trial = evaluate(
        columns,
        outcomes,
        point.beta.map((value, j) => value + share * step[j]!),
      );
      if (trial !== undefined && trial.value > point.value) {
        next = trial;
        break;
      }
    }
    if (next === undefined) return { point, converged: size < 1e-6 };
    point = next;
  }
  return { point, converged: false };
}

function stepOf({ gradient, lower, information }: Point, p: number, held: number): Float64Array {
  if (held < 0) return choleskySolve(lower, gradient, p);
  const free = Array.from({ length: p }, (_, j) => j).filter((j) => j !== held);
  const step = new Float64Array(p);
  if (free.length === 0) return step;
  const q = free.length;
  const part = new Float64Array(q * q);
  free.forEach((j, a) => free.forEach((k, b) => (part[a * q + b] = information[j * p + k]!)));
  const factor = cholesky(part, q);
  if (factor === undefined) return step;
  const moves = choleskySolve(
    factor,
    free.map((j) => gradient[j]!),
    q,
  );
  free.forEach((j, a) => (step[j] = moves[a]!));
  return step;
}

/** Value of one coefficient at which twice the penalised log-likelihood has fallen by the chi-square quantile. */
function limitOf(
  profile: (at: number, start: Float64Array) => Point,
  best: Point,
  index: number,
  se: number,
  side: number,
): number {
  const z = normalQuantile(0.975);
  const centre = best.beta[index]!;
  const drop = (point: Point): number => 2 * (best.value - point.value) - z * z;
  let near = 0;
  let far = z * se;
  let point = profile(centre + side * far, best.beta);
  for (let tries = 0; drop(point) < 0; tries++) {
    if (tries > 60) return side * Number.POSITIVE_INFINITY;
    near = far;
    far *= 1.5;
    point = profile(centre + side * far, point.beta);
  }
  // regula falsi with halving (Illinois): the profile is smooth and monotone on this side
  let low = near === 0 ? -z * z : drop(profile(centre + side * near, best.beta));
  let high = drop(point);
  let last = 0;
  for (let k = 0; k < 100 && far - near > 1e-12 * (1 + Math.abs(centre) + far); k++) {
    const at = near + ((far - near) * -low) / (high - low);
    const middle = profile(centre + side * at, point.beta);
    const value = drop(middle);
    if (value === 0) return centre + side * at;
    if (value < 0) {
      near = at;
      low = value;
      if (last < 0) high /= 2;
    } else {
      far = at;
      high = value;
      if (last > 0) low /= 2;
    }
    last = value;
    if (Math.abs(value) < 1e-11) return centre + side * at;
  }
  return centre + (side * (near + far)) / 2;
}
