import { cholesky, choleskySolve } from '@sentinode/statistics';

const MAX_SWEEPS = 5000;
const SWEEPS_BETWEEN_EXACT = 8;
/** Sweeps end when no coefficient moves by more than this share. */
const SETTLED = 1e-14;
/** Share of the largest diagonal added to all of it, so that dependent columns do not stop the factorisation. */
const DAMPING = 1e-14;

/**
 * Minimum over v of -gradient'(v - w) + (v - w)'H(v - w)/2 + sum l1 |v|. Coordinate descent finds which coefficients
 * are not zero; on those the minimum is solved exactly and checked against its conditions.
 * @param hessian row-major, symmetric; it already holds any quadratic penalty, as `gradient` does
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
  // slope of the smooth part at 0: gradient + H w
  const constant = Float64Array.from(gradient);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) constant[a]! += hessian[a * k + b]! * w[b]!;
  const v = Float64Array.from(w);
  if (solveExactly(hessian, constant, l1, v)) return v;
  const slope = Float64Array.from(gradient);
  for (let sweep = 1; sweep <= MAX_SWEEPS; sweep++) {
    const moved = descend(hessian, slope, l1, v);
    if (moved <= SETTLED) break;
    if (sweep % SWEEPS_BETWEEN_EXACT === 0 && solveExactly(hessian, constant, l1, v)) break;
  }
  return v;
}

/** One sweep; `slope` is gradient - H (v - w). Returns the largest relative move. */
function descend(hessian: Float64Array, slope: Float64Array, l1: Float64Array, v: Float64Array): number {
  const k = v.length;
  let moved = 0;
  let size = 0;
  for (let a = 0; a < k; a++) {
    const diagonal = hessian[a * k + a]!;
    if (!(diagonal > 0)) continue;
    const old = v[a]!;
    const pull = slope[a]! + diagonal * old;
    const limit = l1[a]!;
    const next = pull > limit ? (pull - limit) / diagonal : pull < -limit ? (pull + limit) / diagonal : 0;
    const change = next - old;
    if (change !== 0) {
      v[a] = next;
      for (let b = 0; b < k; b++) slope[b]! -= change * hessian[b * k + a]!;
    }
    moved = Math.max(moved, Math.abs(change) * Math.sqrt(diagonal));
    size = Math.max(size, Math.abs(next) * Math.sqrt(diagonal));
  }
  return size === 0 ? 0 : moved / size;
}

/** Solves on the coefficients of v that are free or not zero; true, with v changed, when all conditions hold. */
function solveExactly(
  hessian: Float64Array,
  constant: Float64Array,
  l1: Float64Array,
  v: Float64Array,
): boolean {
  const k = v.length;
  const support: number[] = [];
  for (let a = 0; a < k; a++) if (l1[a] === 0 || v[a] !== 0) support.push(a);
  const m = support.length;
  const gram = new Float64Array(m * m);
  const right = new Float64Array(m);
  support.forEach((a, x) => {
    right[x] = constant[a]! - l1[a]! * Math.sign(v[a]!);
    support.forEach((b, y) => {
      gram[x * m + y] = hessian[a * k + b]!;
    });
  });
  const lower = cholesky(gram, m);
  if (lower === undefined) return false;
  const exact = choleskySolve(lower, right, m);
  if (support.some((a, x) => l1[a]! > 0 && Math.sign(exact[x]!) !== Math.sign(v[a]!))) return false;
  const inSupport = new Uint8Array(k);
  for (const a of support) inSupport[a] = 1;
  for (let a = 0; a < k; a++) {
    if (inSupport[a] === 1) continue;
    let slope = constant[a]!;
    support.forEach((b, y) => {
      slope -= hessian[a * k + b]! * exact[y]!;
    });
    if (Math.abs(slope) > l1[a]! * (1 + 1e-12)) return false;
  }
  support.forEach((a, x) => {
    v[a] = exact[x]!;
  });
  return true;
}
