// AssemblyScript: dense products and the step of Adam on raw addresses, all numbers f64. The plain TypeScript stands in
// `src/classifiers/mlp`; every sum runs in the same order.

// @ts-ignore: decorator
@inline
function both(at: usize): v128 {
  return v128.load64_splat(at);
}

/** Two rows and eight columns of C, kept in registers over all terms. */
function eight(a: usize, a2: usize, aTerm: usize, b: usize, bTerm: usize, terms: i32, c: usize, c2: usize): void {
  let u0 = v128.load(c);
  let u1 = v128.load(c, 16);
  let u2 = v128.load(c, 32);
  let u3 = v128.load(c, 48);
  let v0 = v128.load(c2);
  let v1 = v128.load(c2, 16);
  let v2 = v128.load(c2, 32);
  let v3 = v128.load(c2, 48);
  for (let t = 0; t < terms; t++) {
    const p = both(a);
    const q = both(a2);
    let w = v128.load(b);
    u0 = f64x2.add(u0, f64x2.mul(p, w));
    v0 = f64x2.add(v0, f64x2.mul(q, w));
    w = v128.load(b, 16);
    u1 = f64x2.add(u1, f64x2.mul(p, w));
    v1 = f64x2.add(v1, f64x2.mul(q, w));
    w = v128.load(b, 32);
    u2 = f64x2.add(u2, f64x2.mul(p, w));
    v2 = f64x2.add(v2, f64x2.mul(q, w));
    w = v128.load(b, 48);
    u3 = f64x2.add(u3, f64x2.mul(p, w));
    v3 = f64x2.add(v3, f64x2.mul(q, w));
    a += aTerm;
    a2 += aTerm;
    b += bTerm;
  }
  v128.store(c, u0);
  v128.store(c, u1, 16);
  v128.store(c, u2, 32);
  v128.store(c, u3, 48);
  // of an odd last row both are the same
  if (c2 == c) return;
  v128.store(c2, v0);
  v128.store(c2, v1, 16);
  v128.store(c2, v2, 32);
  v128.store(c2, v3, 48);
}

/** Two rows and two columns. */
function two(a: usize, a2: usize, aTerm: usize, b: usize, bTerm: usize, terms: i32, c: usize, c2: usize): void {
  let u = v128.load(c);
  let v = v128.load(c2);
  for (let t = 0; t < terms; t++) {
    const w = v128.load(b);
    u = f64x2.add(u, f64x2.mul(both(a), w));
    v = f64x2.add(v, f64x2.mul(both(a2), w));
    a += aTerm;
    a2 += aTerm;
    b += bTerm;
  }
  v128.store(c, u);
  if (c2 != c) v128.store(c2, v);
}

/** One number of C. */
function single(a: usize, aTerm: usize, b: usize, bTerm: usize, terms: i32, c: usize): void {
  let sum = load<f64>(c);
  for (let t = 0; t < terms; t++) {
    sum += load<f64>(a) * load<f64>(b);
    a += aTerm;
    b += bTerm;
  }
  store<f64>(c, sum);
}

/**
 * C[i][j] += sum over t of A[i][t] B[t][j], term after term. Rows of A, B and C and terms of A lie at any distance (in
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
    for (; j + 8 <= columns; j += 8) {
      const at = <usize>j << 3;
      eight(first, second, aTerm, b + at, bTerm, terms, into + at, into2 + at);
    }
    for (; j + 2 <= columns; j += 2) {
      const at = <usize>j << 3;
      two(first, second, aTerm, b + at, bTerm, terms, into + at, into2 + at);
    }
    if (j < columns) {
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
