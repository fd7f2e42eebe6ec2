import { cholesky, choleskySolve } from '@sentinode/statistics';

const MAX_SWEEPS = 5000;
/** Sweeps end when no coefficient moves by more than this share. */
const SETTLED = 1e-14;
/** Share of the largest diagonal added to all of it, so that dependent columns do not stop the factorisation. */
const DAMPING = 1e-14;
/** A coefficient of 0 becomes active when its slope is beyond the penalty by this share. */
const JOINS = 1e-12;

/**
 * Minimum over v of -gradient'(v - w) + (v - w)'H(v - w)/2 + sum l1 |v|, from v = w. An active set with fixed signs is
 * solved exactly; coefficients leave where they would change sign and join where their slope is beyond the penalty
 * (feature-sign search, Lee et al. 2006). Where rounding stops that, coordinate descent takes over.
 * @param hessian row-major, symmetric; it already holds any quadratic penalty, as `gradient` does. It is changed.
 */
export function minimiseQuadratic(
  hessian: Float64Array,
  gradient: Float64Array,
  l1: Float64Array,
  w: Float64Array,
): Float64Array {
  const k = w.length;
  let largest = 0;
  for (let a = 0; a < k; a++) largest = Math.max(largest, hessian[a * k + a]!);
  for (let a = 0; a < k; a++) hessian[a * k + a]! += DAMPING * largest;
  // slope of the smooth part at v = 0: gradient + H w
  const constant = Float64Array.from(gradient);
  for (let a = 0; a < k; a++) {
    if (w[a] === 0) continue;
    for (let b = 0; b < k; b++) constant[b]! += hessian[a * k + b]! * w[a]!;
  }
  const v = Float64Array.from(w);
  if (!searchActiveSet(hessian, constant, l1, v)) descend(hessian, constant, l1, v);
  return v;
}

/** Active-set search from the signs of v; true when all conditions of the minimum hold. */
function searchActiveSet(
  hessian: Float64Array,
  constant: Float64Array,
  l1: Float64Array,
  v: Float64Array,
): boolean {
  const k = v.length;
  const sign = v.map((value) => Math.sign(value));
  const isActive = Uint8Array.from(v, (value, a) => (l1[a] === 0 || value !== 0 ? 1 : 0));
  for (let round = 0; round < 100 + 10 * k; round++) {
    const active: number[] = [];
    for (let a = 0; a < k; a++) if (isActive[a] === 1) active.push(a);
    const exact = solveActive(hessian, constant, l1, sign, active);
    if (exact === undefined) return false;
    let step = 1;
    let leaving = -1;
    active.forEach((a, x) => {
      if (l1[a] === 0 || exact[x]! * sign[a]! > 0) return;
      const until = v[a]! / (v[a]! - exact[x]!);
      if (leaving < 0 || until < step) {
        step = until;
        leaving = a;
      }
    });
    active.forEach((a, x) => {
      v[a] = leaving < 0 ? exact[x]! : v[a]! + step * (exact[x]! - v[a]!);
    });
    if (leaving >= 0) {
      v[leaving] = 0;
      sign[leaving] = 0;
      isActive[leaving] = 0;
      continue;
    }
    let joining = -1;
    let excess = 0;
    for (let a = 0; a < k; a++) {
      if (isActive[a] === 1) continue;
      let slope = constant[a]!;
      for (const b of active) slope -= hessian[a * k + b]! * v[b]!;
      const beyond = Math.abs(slope) - l1[a]! * (1 + JOINS);
      if (beyond > excess) {
        excess = beyond;
        joining = a;
        sign[a] = Math.sign(slope);
      }
    }
    if (joining < 0) return true;
    isActive[joining] = 1;
  }
  return false;
}

/** Minimum over the active coefficients with the given signs; undefined where the matrix cannot be factorised. */
function solveActive(
  hessian: Float64Array,
  constant: Float64Array,
  l1: Float64Array,
  sign: Float64Array,
  active: readonly number[],
): Float64Array | undefined {
  const k = sign.length;
  const m = active.length;
  const gram = new Float64Array(m * m);
  const right = new Float64Array(m);
  for (let x = 0; x < m; x++) {
    const a = active[x]!;
    right[x] = constant[a]! - l1[a]! * sign[a]!;
    for (let y = 0; y < m; y++) gram[x * m + y] = hessian[a * k + active[y]!]!;
  }
  const lower = cholesky(gram, m);
  return lower === undefined ? undefined : choleskySolve(lower, right, m);
}

/** Coordinate descent to the end. */
function descend(hessian: Float64Array, constant: Float64Array, l1: Float64Array, v: Float64Array): void {
  const k = v.length;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let moved = 0;
    let size = 0;
    for (let a = 0; a < k; a++) {
      const diagonal = hessian[a * k + a]!;
      if (!(diagonal > 0)) continue;
      let pull = constant[a]!;
      for (let b = 0; b < k; b++) if (b !== a) pull -= hessian[a * k + b]! * v[b]!;
      const limit = l1[a]!;
      const next = pull > limit ? (pull - limit) / diagonal : pull < -limit ? (pull + limit) / diagonal : 0;
      const scale = Math.sqrt(diagonal);
      moved = Math.max(moved, Math.abs(next - v[a]!) * scale);
      size = Math.max(size, Math.abs(next) * scale);
      v[a] = next;
    }
    if (moved <= SETTLED * size) return;
  }
}
