// AssemblyScript: sums of products of columns on raw addresses, all numbers f64. Columns lie one behind the other, `step` bytes
// apart, each on a whole vector. The plain TypeScript stands in `src/linear-algebra`; every sum runs in the same order.

/** Sum of products; four running sums. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, n: i32): f64 {
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s = f64x2.add(s, f64x2.mul(v128.load(a), v128.load(b)));
    t = f64x2.add(t, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    a += 32;
    b += 32;
  }
  let first = f64x2.extract_lane(s, 0);
  for (; i < n; i++) {
    first += load<f64>(a) * load<f64>(b);
    a += 8;
    b += 8;
  }
  return first + f64x2.extract_lane(s, 1) + (f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1));
}

/** Sum of the two lanes, where an odd last product has joined the first. */
// @ts-ignore: decorator
@inline
function closed(sum: v128, last: f64): f64 {
  return f64x2.extract_lane(sum, 0) + last + f64x2.extract_lane(sum, 1);
}

/** Products of columns x, y with a and the three behind it; two running sums each. */
function block(x: usize, y: usize, a: usize, step: usize, n: i32, to: usize, to2: usize): void {
  const b = a + step;
  const c = b + step;
  const d = c + step;
  let xa = f64x2.splat(0);
  let xb = xa;
  let xc = xa;
  let xd = xa;
  let ya = xa;
  let yb = xa;
  let yc = xa;
  let yd = xa;
  const end = (<usize>n >> 1) << 4;
  let r: usize = 0;
  for (; r < end; r += 16) {
    const u = v128.load(x + r);
    const v = v128.load(y + r);
    let w = v128.load(a + r);
    xa = f64x2.add(xa, f64x2.mul(u, w));
    ya = f64x2.add(ya, f64x2.mul(v, w));
    w = v128.load(b + r);
    xb = f64x2.add(xb, f64x2.mul(u, w));
    yb = f64x2.add(yb, f64x2.mul(v, w));
    w = v128.load(c + r);
    xc = f64x2.add(xc, f64x2.mul(u, w));
    yc = f64x2.add(yc, f64x2.mul(v, w));
    w = v128.load(d + r);
    xd = f64x2.add(xd, f64x2.mul(u, w));
    yd = f64x2.add(yd, f64x2.mul(v, w));
  }
  const isOdd = (n & 1) == 1;
  const u: f64 = isOdd ? load<f64>(x + r) : 0;
  const v: f64 = isOdd ? load<f64>(y + r) : 0;
  const p: f64 = isOdd ? load<f64>(a + r) : 0;
  const q: f64 = isOdd ? load<f64>(b + r) : 0;
  const s: f64 = isOdd ? load<f64>(c + r) : 0;
  const t: f64 = isOdd ? load<f64>(d + r) : 0;
  store<f64>(to, closed(xa, u * p));
  store<f64>(to, closed(xb, u * q), 8);
  store<f64>(to, closed(xc, u * s), 16);
  store<f64>(to, closed(xd, u * t), 24);
  store<f64>(to2, closed(ya, v * p));
  store<f64>(to2, closed(yb, v * q), 8);
  store<f64>(to2, closed(yc, v * s), 16);
  store<f64>(to2, closed(yd, v * t), 24);
}

/** Products of all pairs of `m` columns of `n` numbers, m x m. */
export function gram(columns: usize, step: usize, m: i32, n: i32, out: usize): void {
  const line = <usize>m << 3;
  let i = 0;
  for (; i + 1 < m; i += 2) {
    const x = columns + <usize>i * step;
    const y = x + step;
    const to = out + <usize>i * line;
    let k = 0;
    for (; k + 3 <= i; k += 4) {
      const at = <usize>k << 3;
      block(x, y, columns + <usize>k * step, step, n, to + at, to + line + at);
    }
    for (; k <= i + 1; k++) {
      const at = <usize>k << 3;
      const other = columns + <usize>k * step;
      if (k <= i) store<f64>(to + at, dot(x, other, n));
      store<f64>(to + line + at, dot(y, other, n));
    }
  }
  if (i < m) {
    const x = columns + <usize>i * step;
    for (let k = 0; k <= i; k++)
      store<f64>(out + <usize>i * line + (<usize>k << 3), dot(x, columns + <usize>k * step, n));
  }
  for (let a = 0; a < m; a++)
    for (let b = 0; b < a; b++)
      store<f64>(out + <usize>b * line + (<usize>a << 3), load<f64>(out + <usize>a * line + (<usize>b << 3)));
}

/** out[k] = column k . values. */
export function slopes(columns: usize, step: usize, m: i32, n: i32, values: usize, out: usize): void {
  for (let k = 0; k < m; k++) store<f64>(out + (<usize>k << 3), dot(columns + <usize>k * step, values, n));
}

/** out column k = column k x values, number by number; the number behind an odd last one is written too. */
export function scale(columns: usize, step: usize, m: i32, n: i32, values: usize, out: usize): void {
  for (let k = 0; k < m; k++) {
    const from = columns + <usize>k * step;
    const to = out + <usize>k * step;
    for (let i = 0; i < n; i += 2) {
      const at = <usize>i << 3;
      v128.store(to + at, f64x2.mul(v128.load(from + at), v128.load(values + at)));
    }
  }
}

/** out = sum of weights[k] x column k, four columns at a time; the number behind an odd last one is written too. */
export function combination(columns: usize, step: usize, m: i32, n: i32, weights: usize, out: usize): void {
  for (let i = 0; i < n; i += 2) v128.store(out + (<usize>i << 3), f64x2.splat(0));
  let k = 0;
  for (; k + 3 < m; k += 4) {
    const w = weights + (<usize>k << 3);
    const wp = v128.load64_splat(w);
    const wq = v128.load64_splat(w, 8);
    const wr = v128.load64_splat(w, 16);
    const ws = v128.load64_splat(w, 24);
    let p = columns + <usize>k * step;
    for (let i = 0; i < n; i += 2) {
      const q = p + step;
      const r = q + step;
      const to = out + (<usize>i << 3);
      v128.store(
        to,
        f64x2.add(
          v128.load(to),
          f64x2.add(
            f64x2.add(f64x2.mul(wp, v128.load(p)), f64x2.mul(wq, v128.load(q))),
            f64x2.add(f64x2.mul(wr, v128.load(r)), f64x2.mul(ws, v128.load(r + step))),
          ),
        ),
      );
      p += 16;
    }
  }
  for (; k < m; k++) {
    const weight = v128.load64_splat(weights + (<usize>k << 3));
    const column = columns + <usize>k * step;
    for (let i = 0; i < n; i += 2) {
      const at = <usize>i << 3;
      v128.store(out + at, f64x2.add(v128.load(out + at), f64x2.mul(weight, v128.load(column + at))));
    }
  }
}
