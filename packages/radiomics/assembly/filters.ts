// AssemblyScript: the loops of LoG and of the wavelet transform, on raw addresses. The plain TypeScript of each stands in
// `src/filters/log/laplacian.ts` and `src/filters/wavelet/undecimated.ts`; sums are taken in the same order.

/** Lines that are filtered beside one another, two in a vector: a recursion waits for itself, so others fill the time. */
const LINES: i32 = 8;
/** Bytes of one sample of all lines. */
const ROW: usize = 64;

/** ((a p + b q) + c r) + d s */
// @ts-ignore: decorator
@inline
function dot(a: v128, p: v128, b: v128, q: v128, c: v128, r: v128, d: v128, s: v128): v128 {
  return f64x2.add(
    f64x2.add(f64x2.add(f64x2.mul(a, p), f64x2.mul(b, q)), f64x2.mul(c, r)),
    f64x2.mul(d, s),
  );
}

// @ts-ignore: decorator
@inline
function factor(at: usize, k: usize): v128 {
  return v128.load64_splat(at + (k << 3));
}

/** Causal half of eight lines; rows [0, to) of `out`, at least four. Coefficients: n 0-3, d 4-7, m 8-11, bn 12-15, bm 16-19. */
function causal(line: usize, out: usize, to: i32, c: usize): void {
  const n0 = factor(c, 0);
  const n1 = factor(c, 1);
  const n2 = factor(c, 2);
  const n3 = factor(c, 3);
  const d1 = factor(c, 4);
  const d2 = factor(c, 5);
  const d3 = factor(c, 6);
  const d4 = factor(c, 7);
  const b1 = factor(c, 12);
  const b2 = factor(c, 13);
  const b3 = factor(c, 14);
  const b4 = factor(c, 15);
  for (let k: usize = 0; k < ROW; k += 16) {
    const x0 = v128.load(line + k);
    const x1 = v128.load(line + k + ROW);
    const x2 = v128.load(line + k + 2 * ROW);
    const x3 = v128.load(line + k + 3 * ROW);
    const y4 = f64x2.sub(dot(x0, n0, x0, n1, x0, n2, x0, n3), dot(x0, b1, x0, b2, x0, b3, x0, b4));
    const y3 = f64x2.sub(dot(x1, n0, x0, n1, x0, n2, x0, n3), dot(y4, d1, x0, b2, x0, b3, x0, b4));
    const y2 = f64x2.sub(dot(x2, n0, x1, n1, x0, n2, x0, n3), dot(y3, d1, y4, d2, x0, b3, x0, b4));
    const y1 = f64x2.sub(dot(x3, n0, x2, n1, x1, n2, x0, n3), dot(y2, d1, y3, d2, y4, d3, x0, b4));
    v128.store(out + k, y4);
    v128.store(out + k + ROW, y3);
    v128.store(out + k + 2 * ROW, y2);
    v128.store(out + k + 3 * ROW, y1);
  }
  for (let i = 4; i < to; i++) {
    const x = line + <usize>i * ROW;
    const y = out + <usize>i * ROW;
    for (let k: usize = 0; k < ROW; k += 16) {
      const at = x + k;
      const before = y + k;
      v128.store(
        before,
        f64x2.sub(
          dot(v128.load(at), n0, v128.load(at - ROW), n1, v128.load(at - 2 * ROW), n2, v128.load(at - 3 * ROW), n3),
          dot(
            v128.load(before - ROW),
            d1,
            v128.load(before - 2 * ROW),
            d2,
            v128.load(before - 3 * ROW),
            d3,
            v128.load(before - 4 * ROW),
            d4,
          ),
        ),
      );
    }
  }
}

/** Anticausal half of eight lines of `n` samples; rows [from, n) of `out`. */
function anticausal(line: usize, out: usize, n: i32, from: i32, c: usize): void {
  const d1 = factor(c, 4);
  const d2 = factor(c, 5);
  const d3 = factor(c, 6);
  const d4 = factor(c, 7);
  const m1 = factor(c, 8);
  const m2 = factor(c, 9);
  const m3 = factor(c, 10);
  const m4 = factor(c, 11);
  const b1 = factor(c, 16);
  const b2 = factor(c, 17);
  const b3 = factor(c, 18);
  const b4 = factor(c, 19);
  const end = <usize>(n - 1) * ROW;
  for (let k: usize = 0; k < ROW; k += 16) {
    const xe = v128.load(line + k + end);
    const xf = v128.load(line + k + end - ROW);
    const xg = v128.load(line + k + end - 2 * ROW);
    const y4 = f64x2.sub(dot(xe, m1, xe, m2, xe, m3, xe, m4), dot(xe, b1, xe, b2, xe, b3, xe, b4));
    const y3 = f64x2.sub(dot(xe, m1, xe, m2, xe, m3, xe, m4), dot(y4, d1, xe, b2, xe, b3, xe, b4));
    const y2 = f64x2.sub(dot(xf, m1, xe, m2, xe, m3, xe, m4), dot(y3, d1, y4, d2, xe, b3, xe, b4));
    const y1 = f64x2.sub(dot(xg, m1, xf, m2, xe, m3, xe, m4), dot(y2, d1, y3, d2, y4, d3, xe, b4));
    v128.store(out + k + end, y4);
    v128.store(out + k + end - ROW, y3);
    v128.store(out + k + end - 2 * ROW, y2);
    v128.store(out + k + end - 3 * ROW, y1);
  }
  for (let i = n - 5; i >= from; i--) {
    const x = line + <usize>i * ROW;
    const y = out + <usize>i * ROW;
    for (let k: usize = 0; k < ROW; k += 16) {
      const at = x + k;
      const after = y + k;
      v128.store(
        after,
        f64x2.sub(
          dot(
            v128.load(at + ROW),
            m1,
            v128.load(at + 2 * ROW),
            m2,
            v128.load(at + 3 * ROW),
            m3,
            v128.load(at + 4 * ROW),
            m4,
          ),
          dot(
            v128.load(after + ROW),
            d1,
            v128.load(after + 2 * ROW),
            d2,
            v128.load(after + 3 * ROW),
            d3,
            v128.load(after + 4 * ROW),
            d4,
          ),
        ),
      );
    }
  }
}

/** Eight lines into rows of f64; lines that are not there are the last one again. */
// @ts-ignore: decorator
@inline
function gather<T>(input: usize, start: i32, n: i32, stride: i32, apart: i32, lines: i32, rows: usize): void {
  for (let k = 0; k < LINES; k++) {
    let at = input + <usize>(start + min(k, lines - 1) * apart) * sizeof<T>();
    let row = rows + (<usize>k << 3);
    for (let i = 0; i < n; i++) {
      store<f64>(row, <f64>load<T>(at));
      at += <usize>stride * sizeof<T>();
      row += ROW;
    }
  }
}

/** Eight lines that lie beside one another. */
// @ts-ignore: decorator
@inline
function gatherBeside(input: usize, start: i32, n: i32, stride: i32, rows: usize): void {
  let at = input + (<usize>start << 2);
  let row = rows;
  for (let i = 0; i < n; i++) {
    const low = v128.load(at);
    const high = v128.load(at + 16);
    v128.store(row, f64x2.promote_low_f32x4(low));
    v128.store(row + 16, f64x2.promote_low_f32x4(i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)));
    v128.store(row + 32, f64x2.promote_low_f32x4(high));
    v128.store(row + 48, f64x2.promote_low_f32x4(i8x16.shuffle(high, high, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)));
    at += <usize>stride << 2;
    row += ROW;
  }
}

/**
 * One pass of the recursion over lines of `n` samples, `stride` apart, kept as f32 in [from, to). Lines: `inner` of them
 * `apart` from one another, `outer` times `far` apart, from `start`.
 * @param double whether the input is f64, else f32
 * @param rows room for three times n rows
 */
export function recursivePass(
  input: usize,
  double: bool,
  output: usize,
  start: i32,
  n: i32,
  stride: i32,
  from: i32,
  to: i32,
  inner: i32,
  apart: i32,
  outer: i32,
  far: i32,
  coefficients: usize,
  rows: usize,
): void {
  const forward = rows + <usize>n * ROW;
  const backward = forward + <usize>n * ROW;
  for (let a = 0; a < outer; a++) {
    for (let b = 0; b < inner; b += LINES) {
      const first = start + a * far + b * apart;
      const lines = min(LINES, inner - b);
      if (double) gather<f64>(input, first, n, stride, apart, lines, rows);
      else if (apart == 1 && lines == LINES) gatherBeside(input, first, n, stride, rows);
      else gather<f32>(input, first, n, stride, apart, lines, rows);
      causal(rows, forward, to, coefficients);
      anticausal(rows, backward, n, from, coefficients);
      for (let i = from; i < to; i++) {
        const row = <usize>i * ROW;
        const at = output + (<usize>(first + i * stride) << 2);
        for (let k = 0; k < lines; k++) {
          const lane = row + (<usize>k << 3);
          const value = load<f64>(forward + lane) + load<f64>(backward + lane);
          store<f32>(at + (<usize>(k * apart) << 2), <f32>value);
        }
      }
    }
  }
}

/** Adds values (f32) times a factor to a sum (f32), rounded once, for a box inside the grid. */
export function addInside(
  sum: usize,
  values: usize,
  start: i32,
  nx: i32,
  ny: i32,
  nz: i32,
  row: i32,
  slice: i32,
  factor: f64,
): void {
  let at = sum;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let from = values + (<usize>(start + z * slice + y * row) << 2);
      for (let x = 0; x < nx; x++) {
        store<f32>(at, <f32>(<f64>load<f32>(at) + <f64>load<f32>(from) * factor));
        at += 4;
        from += 4;
      }
    }
  }
}

/**
 * out[i] = sum over k of taps[k] times input[i - k * step], for i in [0, count); taps of type T in the order of the sum.
 * @param input address of the sample that the first output's first tap meets
 * @param order which taps, in which order (i32)
 */
// @ts-ignore: decorator
@inline
function convolveRow<T>(
  input: usize,
  output: usize,
  count: i32,
  step: i32,
  taps: usize,
  order: usize,
  length: i32,
): void {
  const lanes = <i32>(16 / sizeof<T>());
  let i = 0;
  for (; i + lanes <= count; i += lanes) {
    const at = input + <usize>i * sizeof<T>();
    let sum = v128.splat<T>(<T>0);
    for (let k = 0; k < length; k++) {
      const j = load<i32>(order + (<usize>k << 2));
      const tap = v128.splat<T>(load<T>(taps + <usize>j * sizeof<T>()));
      sum = v128.add<T>(sum, v128.mul<T>(tap, v128.load(at - <usize>(j * step) * sizeof<T>())));
    }
    v128.store(output + <usize>i * sizeof<T>(), sum);
  }
  for (; i < count; i++) {
    const at = input + <usize>i * sizeof<T>();
    let sum: T = 0;
    for (let k = 0; k < length; k++) {
      const j = load<i32>(order + (<usize>k << 2));
      const product: T = load<T>(taps + <usize>j * sizeof<T>()) * load<T>(at - <usize>(j * step) * sizeof<T>());
      sum = sum + product;
    }
    store<T>(output + <usize>i * sizeof<T>(), sum);
  }
}

// @ts-ignore: decorator
@inline
function convolveGrid<T>(
  input: usize,
  output: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  ox: i32,
  oy: i32,
  oz: i32,
  axis: i32,
  taps: usize,
  orders: usize,
  length: i32,
  straight: i32,
): void {
  const slice = nx * ny;
  const step = axis == 0 ? 1 : axis == 1 ? nx : slice;
  let out = output;
  for (let z = 0; z < oz; z++) {
    for (let y = 0; y < oy; y++) {
      const at = input + <usize>(z * slice + y * nx + (length - 1) * step) * sizeof<T>();
      if (axis == 0) {
        // all outputs but the last few of a line have the order of the first
        convolveRow<T>(at, out, straight, 1, taps, orders, length);
        for (let x = straight; x < ox; x++) {
          const order = orders + (<usize>(x * length) << 2);
          const place = <usize>x * sizeof<T>();
          convolveRow<T>(at + place, out + place, 1, 1, taps, order, length);
        }
      } else {
        const line = axis == 1 ? y : z;
        convolveRow<T>(at, out, ox, step, taps, orders + (<usize>(line * length) << 2), length);
      }
      out += <usize>ox * sizeof<T>();
    }
  }
}

/**
 * One pass of a filter along an axis of a grid of nx x ny x nz, which leaves ox x oy x oz.
 * @param single whether grids and taps are f32, else f64
 * @param orders for each output along the axis, the taps in the order of its sum (i32)
 * @param straight outputs along the axis that have the order of the first
 */
export function convolve(
  single: bool,
  input: usize,
  output: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  ox: i32,
  oy: i32,
  oz: i32,
  axis: i32,
  taps: usize,
  orders: usize,
  length: i32,
  straight: i32,
): void {
  if (single) convolveGrid<f32>(input, output, nx, ny, nz, ox, oy, oz, axis, taps, orders, length, straight);
  else convolveGrid<f64>(input, output, nx, ny, nz, ox, oy, oz, axis, taps, orders, length, straight);
}
