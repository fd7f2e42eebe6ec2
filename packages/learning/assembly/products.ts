// AssemblyScript: dense products and the step of Adam on raw addresses, all numbers f64. The plain TypeScript stands in
// `src/classifiers/mlp`; every sum runs in the same order.

/** a p + b q + (c r + d s) */
// @ts-ignore: decorator
@inline
function four(a: v128, p: v128, b: v128, q: v128, c: v128, r: v128, d: v128, s: v128): v128 {
  return f64x2.add(
    f64x2.add(f64x2.mul(a, p), f64x2.mul(b, q)),
    f64x2.add(f64x2.mul(c, r), f64x2.mul(d, s)),
  );
}

// @ts-ignore: decorator
@inline
function both(at: usize): v128 {
  return v128.load64_splat(at);
}

/** Two rows and four columns of C, kept in registers over all terms. */
function block(a: usize, a2: usize, aTerm: usize, b: usize, bTerm: usize, terms: i32, c: usize, c2: usize): void {
  let u0 = v128.load(c);
  let u1 = v128.load(c + 16);
  let v0 = v128.load(c2);
  let v1 = v128.load(c2 + 16);
  let t = 0;
  for (; t + 3 < terms; t += 4) {
    const p = both(a);
    const q = both(a + aTerm);
    const r = both(a + 2 * aTerm);
    const s = both(a + 3 * aTerm);
    const p2 = both(a2);
    const q2 = both(a2 + aTerm);
    const r2 = both(a2 + 2 * aTerm);
    const s2 = both(a2 + 3 * aTerm);
    const second = b + bTerm;
    const third = second + bTerm;
    const fourth = third + bTerm;
    let w = v128.load(b);
    let x = v128.load(second);
    let y = v128.load(third);
    let z = v128.load(fourth);
    u0 = f64x2.add(u0, four(p, w, q, x, r, y, s, z));
    v0 = f64x2.add(v0, four(p2, w, q2, x, r2, y, s2, z));
    w = v128.load(b + 16);
    x = v128.load(second + 16);
    y = v128.load(third + 16);
    z = v128.load(fourth + 16);
    u1 = f64x2.add(u1, four(p, w, q, x, r, y, s, z));
    v1 = f64x2.add(v1, four(p2, w, q2, x, r2, y, s2, z));
    a += 4 * aTerm;
    a2 += 4 * aTerm;
    b = fourth + bTerm;
  }
  for (; t < terms; t++) {
    const p = both(a);
    const p2 = both(a2);
    const w = v128.load(b);
    const x = v128.load(b + 16);
    u0 = f64x2.add(u0, f64x2.mul(p, w));
    u1 = f64x2.add(u1, f64x2.mul(p, x));
    v0 = f64x2.add(v0, f64x2.mul(p2, w));
    v1 = f64x2.add(v1, f64x2.mul(p2, x));
    a += aTerm;
    a2 += aTerm;
    b += bTerm;
  }
  v128.store(c, u0);
  v128.store(c + 16, u1);
  // of an odd last row both are the same
  if (c2 == c) return;
  v128.store(c2, v0);
  v128.store(c2 + 16, v1);
}

/** One number of C. */
function single(a: usize, aTerm: usize, b: usize, bTerm: usize, terms: i32, c: usize): void {
  let sum = load<f64>(c);
  let t = 0;
  for (; t + 3 < terms; t += 4) {
    sum +=
      load<f64>(a) * load<f64>(b) +
      load<f64>(a + aTerm) * load<f64>(b + bTerm) +
      (load<f64>(a + 2 * aTerm) * load<f64>(b + 2 * bTerm) + load<f64>(a + 3 * aTerm) * load<f64>(b + 3 * bTerm));
    a += 4 * aTerm;
    b += 4 * bTerm;
  }
  for (; t < terms; t++) {
    sum += load<f64>(a) * load<f64>(b);
    a += aTerm;
    b += bTerm;
  }
  store<f64>(c, sum);
}

/**
 * C[i][j] += sum over t of A[i][t] B[t][j], terms in groups of four. Rows of A, B and C and terms of A lie at any distance (in
 * bytes), numbers in a row of B and C behind each other.
 */
export function accumulate(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bTerm: usize,
  c: usize,
  cRow: usize,
  rows: i32,
  columns: i32,
  terms: i32,
): void {
  for (let i = 0; i < rows; i += 2) {
    const first = a + <usize>i * aRow;
    const into = c + <usize>i * cRow;
    const isLast = i + 1 == rows;
    const second = isLast ? first : first + aRow;
    const into2 = isLast ? into : into + cRow;
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const at = <usize>j << 3;
      block(first, second, aTerm, b + at, bTerm, terms, into + at, into2 + at);
    }
    for (; j < columns; j++) {
      const at = <usize>j << 3;
      single(first, aTerm, b + at, bTerm, terms, into + at);
      if (!isLast) single(second, aTerm, b + at, bTerm, terms, into2 + at);
    }
  }
}

/** gradient = (gradient + alpha weights) / rows. */
export function penalise(gradient: usize, weights: usize, count: i32, alpha: f64, rows: f64): void {
  const factor = f64x2.splat(alpha);
  const divisor = f64x2.splat(rows);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const at = <usize>i << 3;
    v128.store(
      gradient + at,
      f64x2.div(f64x2.add(v128.load(gradient + at), f64x2.mul(factor, v128.load(weights + at))), divisor),
    );
  }
  if (i < count) {
    const at = <usize>i << 3;
    store<f64>(gradient + at, (load<f64>(gradient + at) + alpha * load<f64>(weights + at)) / rows);
  }
}

/** One step of Adam for `count` parameters. */
export function adam(
  values: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  beta1: f64,
  beta2: f64,
  rate: f64,
  epsilon: f64,
): void {
  const b1 = f64x2.splat(beta1);
  const b2 = f64x2.splat(beta2);
  const rest1 = f64x2.splat(1 - beta1);
  const rest2 = f64x2.splat(1 - beta2);
  const rates = f64x2.splat(rate);
  const small = f64x2.splat(epsilon);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const at = <usize>i << 3;
    const g = v128.load(gradient + at);
    const mean = f64x2.add(f64x2.mul(b1, v128.load(first + at)), f64x2.mul(rest1, g));
    const square = f64x2.add(f64x2.mul(b2, v128.load(second + at)), f64x2.mul(rest2, f64x2.mul(g, g)));
    v128.store(first + at, mean);
    v128.store(second + at, square);
    const step = f64x2.div(f64x2.mul(rates, mean), f64x2.add(f64x2.sqrt(square), small));
    v128.store(values + at, f64x2.sub(v128.load(values + at), step));
  }
  if (i < count) {
    const at = <usize>i << 3;
    const g = load<f64>(gradient + at);
    const mean = beta1 * load<f64>(first + at) + (1 - beta1) * g;
    const square = beta2 * load<f64>(second + at) + (1 - beta2) * (g * g);
    store<f64>(first + at, mean);
    store<f64>(second + at, square);
    store<f64>(values + at, load<f64>(values + at) - (rate * mean) / (Math.sqrt(square) + epsilon));
  }
}
