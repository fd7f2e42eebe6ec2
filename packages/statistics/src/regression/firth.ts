import { exp, log } from '@sentinode/core';
import { countEvents, type Outcomes } from '../checks.ts';
import { chiSquareUpper, normalQuantile } from '../distributions/index.ts';
import { cholesky, choleskySolve, inverseDiagonal } from '../linear-algebra/cholesky.ts';
import { independentColumns } from '../linear-algebra/independent-columns.ts';
import type { CoefficientRow } from '../results.ts';
import { aliasedRow, describeColumn, waldRow } from './coefficient-row.ts';
import type { DesignColumn } from './design.ts';
import { devianceOf, informationOf, linearPredictor, logistic } from './likelihood.ts';

/** Penalised fit; `method` says of what the intervals and p values are, `z` is the Wald statistic. */
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
 * @param intervals profile penalised likelihood, or Wald's, which mislead where outcomes are nearly separated
 * @throws SentinodeError `one-class`
 */
export function fitFirth(
  columns: readonly DesignColumn[],
  outcomes: Outcomes,
  intervals: 'profile' | 'wald' = 'profile',
): FirthFit {
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
    if (intervals === 'wald') return waldRow(column, coefficient, se);
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
    method:
      intervals === 'profile'
        ? 'Firth; profile penalised likelihood intervals and p'
        : 'Firth; Wald intervals and p',
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

/** Climbs to the maximum by Newton steps with halving; one coefficient may be held. */
function ascend(
  columns: readonly Float64Array[],
  outcomes: Outcomes,
  start: Float64Array,
  held = -1,
): { point: Point; converged: boolean } {
  const p = columns.length;
  const free = Array.from({ length: p }, (_, j) => j).filter((j) => j !== held);
  const at = (beta: Float64Array): Point | undefined => evaluate(columns, outcomes, beta);
  let point = at(start);
  if (point === undefined) {
    const origin = new Float64Array(p);
    if (held >= 0) origin[held] = start[held]!;
    point = at(origin) ?? at(new Float64Array(p))!;
  }
  let factor = curvatureOf(point, free, at);
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < 100 && free.length > 0; iteration++) {
    let step = stepOf(point, free, factor);
    let size = largest(step, point.beta);
    // second derivatives are costly: kept as long as the steps shrink fast
    if (size > 0.1 * before) {
      factor = curvatureOf(point, free, at);
      step = stepOf(point, free, factor);
      size = largest(step, point.beta);
    }
    before = size;
    // long steps overshoot where the information is flat
    let share = Math.min(1, 5 / Math.max(...step.map(Math.abs)));
    let next: Point | undefined;
    for (let halving = 0; halving < 40 && next === undefined; halving++, share /= 2) {
      const trial = at(point.beta.map((value, j) => value + share * step[j]!));
      if (trial !== undefined && trial.value >= point.value - 1e-13 * (1 + Math.abs(point.value)))
        next = trial;
    }
    if (next === undefined) return { point, converged: size < 1e-6 };
    point = next;
    if (size < 1e-11) return { point, converged: true };
  }
  return { point, converged: free.length === 0 };
}

const largest = (step: Float64Array, beta: Float64Array): number =>
  step.reduce((most, value, j) => Math.max(most, Math.abs(value) / (1 + Math.abs(beta[j]!))), 0);

/** Newton step over the free coefficients; 0 where nothing can be solved. */
function stepOf(
  { beta, gradient }: Point,
  free: readonly number[],
  factor: Float64Array | undefined,
): Float64Array {
  const step = new Float64Array(beta.length);
  if (factor === undefined) return step;
  const moves = choleskySolve(
    factor,
    free.map((j) => gradient[j]!),
    free.length,
  );
  free.forEach((j, a) => (step[j] = moves[a]!));
  return step;
}

/**
 * Factor of the negative second derivatives over the free coefficients, those of the penalty from central differences
 * of the gradient; where they are of no maximum, the information takes their place.
 */
function curvatureOf(
  { beta, information }: Point,
  free: readonly number[],
  at: (beta: Float64Array) => Point | undefined,
): Float64Array | undefined {
  const q = free.length;
  const p = beta.length;
  const curvature = new Float64Array(q * q);
  let complete = true;
  free.forEach((j, a) => {
    const shift = 1e-4 * Math.min(1, 1 / Math.sqrt(information[j * p + j]! + 1e-12));
    const [up, down] = [1, -1].map((side) => {
      const other = Float64Array.from(beta);
      other[j]! += side * shift;
      return at(other)?.gradient;
    });
    if (up === undefined || down === undefined) complete = false;
    else free.forEach((k, b) => (curvature[a * q + b] = -(up[k]! - down[k]!) / (2 * shift)));
  });
  for (let a = 0; a < q; a++)
    for (let b = 0; b < a; b++) {
      const mean = (curvature[a * q + b]! + curvature[b * q + a]!) / 2;
      curvature[a * q + b] = mean;
      curvature[b * q + a] = mean;
    }
  const part = new Float64Array(q * q);
  free.forEach((j, a) => free.forEach((k, b) => (part[a * q + b] = information[j * p + k]!)));
  return (complete ? cholesky(curvature, q) : undefined) ?? cholesky(part, q);
}

/**
 * Value of one coefficient at which twice the penalised log-likelihood has fallen by the chi-square quantile. Where
 * outcomes are separated the profile has several branches: the limit is sought again from a better one if there is one.
 */
function limitOf(profile: Profile, best: Point, index: number, se: number, side: number): number {
  const z = normalQuantile(0.975);
  const centre = best.beta[index]!;
  const drop = (point: Point): number => 2 * (best.value - point.value) - z * z;
  let start = best.beta;
  let near = 0;
  let low = -z * z;
  let step = z * se;
  for (let branch = 0; branch < 5; branch++) {
    let far = near + step;
    let point = profile(centre + side * far, start);
    for (let tries = 0; drop(point) < 0; tries++) {
      if (tries > 60) return side * Number.POSITIVE_INFINITY;
      near = far;
      low = drop(point);
      far *= 1.5;
      point = profile(centre + side * far, point.beta);
    }
    const found = crossing(
      (at) => {
        point = profile(centre + side * at, point.beta);
        return drop(point);
      },
      near,
      low,
      far,
      drop(point),
    );
    const better = otherBranch(profile, point, index, best);
    if (better === undefined) return centre + side * found;
    start = better.beta;
    near = found;
    low = drop(better);
    step = 0.25 * z * se;
  }
  return side * Number.POSITIVE_INFINITY;
}

type Profile = (at: number, start: Float64Array) => Point;

/** Another maximum at the same value of the held coefficient that lies higher by more than rounding. */
function otherBranch(profile: Profile, point: Point, index: number, best: Point): Point | undefined {
  const starts = [best.beta];
  for (let j = 0; j < point.beta.length; j++) {
    if (j === index) continue;
    for (const shift of [-8, 8]) {
      const start = Float64Array.from(best.beta);
      start[j]! += shift;
      starts.push(start);
    }
  }
  return starts
    .map((start) => profile(point.beta[index]!, start))
    .find((other) => other.value > point.value + 1e-7);
}

/** Zero of a rising function between two arguments: regula falsi with halving (Illinois). */
function crossing(of: (at: number) => number, near: number, low: number, far: number, high: number): number {
  let last = 0;
  for (let k = 0; k < 100 && far - near > 1e-11 * (1 + far); k++) {
    const at = near + ((far - near) * -low) / (high - low);
    const value = of(at);
    if (Math.abs(value) < 1e-9) return at;
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
  }
  return (near + far) / 2;
}
