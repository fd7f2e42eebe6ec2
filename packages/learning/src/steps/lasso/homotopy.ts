import { correlation, type LassoProblem } from './problem.ts';

/** A column this close (squared sine of the angle) to the span of the active ones cannot join them. */
const DEPENDENT = 1e-12;
/** More events than this per column or row mean that rounding makes the path circle. */
const EVENTS_PER_COLUMN = 30;

/** The path of exact LASSO solutions as the penalty falls (Efron et al. 2004, LARS with the LASSO modification). */
export interface Homotopy {
  /**
   * Goes down to a penalty (alpha x n) and writes the coefficients there into `w`.
   * @returns false when rounding made the path unreliable; `w` is then only a start for another solver
   */
  advance(penalty: number, w: Float64Array): boolean;
}

/**
 * Between two events (a column joins or leaves) the coefficients are linear in the penalty, so that the solution at any
 * penalty costs one small update per event instead of thousands of sweeps where columns are many and correlated.
 */
export function startHomotopy(problem: LassoProblem): Homotopy {
  const { columns, y, squares, n } = problem;
  const p = columns.length;
  const correlations = Float64Array.from(columns, (column) => correlation(column, y));
  const weights = new Float64Array(p);
  const isActive = new Uint8Array(p);
  const isDependent = new Uint8Array(p);
  const slopes = new Float64Array(p);
  const active = new ActiveSet(problem);
  let penalty = correlations.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  let events = 0;
  let reliable = true;

  const join = (j: number): void => {
    if (!active.add(j, correlations[j]! > 0 ? 1 : -1)) isDependent[j] = 1;
    else isActive[j] = 1;
  };
  const leave = (position: number): void => {
    const j = active.columns[position]!;
    active.remove(position);
    isActive[j] = 0;
    weights[j] = 0;
    // What depended on the active columns may not do so any more.
    isDependent.fill(0);
  };

  const advance = (target: number, w: Float64Array): boolean => {
    while (reliable && penalty > target) {
      if (++events > EVENTS_PER_COLUMN * (p + n)) reliable = false;
      const direction = active.direction();
      slopes.fill(0);
      active.columns.forEach((j, a) => {
        const speed = direction[a]!;
        const row = problem.products(j);
        for (let i = 0; i < p; i++) slopes[i]! += speed * row[i]!;
      });
      let step = penalty - target;
      let joining = -1;
      let leaving = -1;
      for (let j = 0; j < p; j++) {
        const slope = slopes[j]!;
        if (isActive[j] === 1 || isDependent[j] === 1 || squares[j] === 0) continue;
        const c = correlations[j]!;
        // The bounds +penalty and -penalty move inwards at speed 1, the correlation at speed `slope`.
        const upper = slope < 1 ? Math.max(0, penalty - c) / (1 - slope) : Number.POSITIVE_INFINITY;
        const lower = slope > -1 ? Math.max(0, penalty + c) / (1 + slope) : Number.POSITIVE_INFINITY;
        const until = Math.min(upper, lower);
        if (until < step) {
          step = until;
          joining = j;
        }
      }
      active.columns.forEach((j, a) => {
        const until = -weights[j]! / direction[a]!;
        if (until > 0 && until < step) {
          step = until;
          joining = -1;
          leaving = a;
        }
      });
      active.columns.forEach((j, a) => {
        weights[j]! += step * direction[a]!;
      });
      for (let j = 0; j < p; j++) correlations[j]! -= step * slopes[j]!;
      penalty -= step;
      if (leaving >= 0) leave(leaving);
      else if (joining >= 0) join(joining);
      else penalty = target;
    }
    w.set(weights);
    return reliable;
  };
  return { advance };
}

/** Active columns with their signs, and the inverse of their Gram matrix, bordered as columns come and go. */
class ActiveSet {
  readonly columns: number[] = [];
  private readonly signs: number[] = [];
  private readonly stride: number;
  private readonly inverse: Float64Array;
  private readonly problem: LassoProblem;

  constructor(problem: LassoProblem) {
    this.problem = problem;
    this.stride = Math.min(problem.columns.length, problem.n) + 1;
    this.inverse = new Float64Array(this.stride * this.stride);
  }

  /** Change of the active coefficients per unit by which the penalty falls: inverse Gram times signs. */
  direction(): Float64Array {
    const k = this.columns.length;
    const result = new Float64Array(k);
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let b = 0; b < k; b++) sum += this.inverse[a * this.stride + b]! * this.signs[b]!;
      result[a] = sum;
    }
    return result;
  }

  /** Adds a column; false when it depends on the active ones. */
  add(j: number, sign: number): boolean {
    const k = this.columns.length;
    if (k + 1 > this.stride) return false;
    const { inverse, stride } = this;
    const row = this.problem.products(j);
    const products = this.columns.map((other) => row[other]!);
    const square = this.problem.squares[j]!;
    const image = products.map((_, a) =>
      products.reduce((sum, product, b) => sum + inverse[a * stride + b]! * product, 0),
    );
    const rest = square - image.reduce((sum, value, a) => sum + value * products[a]!, 0);
    if (!(rest > DEPENDENT * square)) return false;
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) inverse[a * stride + b]! += (image[a]! * image[b]!) / rest;
      inverse[a * stride + k] = -image[a]! / rest;
      inverse[k * stride + a] = -image[a]! / rest;
    }
    inverse[k * stride + k] = 1 / rest;
    this.columns.push(j);
    this.signs.push(sign);
    return true;
  }

  /** Removes the column at a position; the last one takes its place. */
  remove(position: number): void {
    const { inverse, stride } = this;
    const last = this.columns.length - 1;
    if (position !== last) {
      for (let a = 0; a <= last; a++) swap(inverse, a * stride + position, a * stride + last);
      for (let a = 0; a <= last; a++) swap(inverse, position * stride + a, last * stride + a);
      this.columns[position] = this.columns[last]!;
      this.signs[position] = this.signs[last]!;
    }
    const corner = inverse[last * stride + last]!;
    for (let a = 0; a < last; a++)
      for (let b = 0; b < last; b++)
        inverse[a * stride + b]! -= (inverse[a * stride + last]! * inverse[last * stride + b]!) / corner;
    this.columns.pop();
    this.signs.pop();
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const held = values[a]!;
  values[a] = values[b]!;
  values[b] = held;
}
