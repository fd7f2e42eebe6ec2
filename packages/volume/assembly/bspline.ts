// AssemblyScript: prefilter and evaluation of B-splines on raw addresses, all numbers f64. The plain TypeScript stands in
// `src/resample/interpolators/bspline`; sums are taken in the same order.

/** Rows that are filtered beside one another along x. */
const ROWS: i32 = 8;

/** sum[i] += factor c[i] over the lines. */
// @ts-ignore: decorator
@inline
function addScaled(sum: usize, at: usize, factor: f64, lines: i32): void {
  const both = f64x2.splat(factor);
  let i = 0;
  for (; i + 2 <= lines; i += 2) {
    const place = <usize>i << 3;
    v128.store(sum + place, f64x2.add(v128.load(sum + place), f64x2.mul(both, v128.load(at + place))));
  }
  for (; i < lines; i++) {
    const place = <usize>i << 3;
    store<f64>(sum + place, load<f64>(sum + place) + factor * load<f64>(at + place));
  }
}

/** First coefficients of the causal recursion, the lines mirrored at their start. */
function causalStart(
  c: usize,
  stride: usize,
  n: i32,
  lines: i32,
  pole: f64,
  horizon: i32,
  farthest: f64,
  sum: usize,
): void {
  memory.copy(sum, c, <usize>lines << 3);
  let power = pole;
  if (horizon < n) {
    for (let k = 1; k < horizon; k++) {
      addScaled(sum, c + <usize>k * stride, power, lines);
      power *= pole;
    }
  } else {
    const inverse = 1 / pole;
    let mirrored = farthest;
    addScaled(sum, c + <usize>(n - 1) * stride, mirrored, lines);
    mirrored = mirrored * (mirrored * inverse);
    for (let k = 1; k <= n - 2; k++) {
      addScaled(sum, c + <usize>k * stride, power + mirrored, lines);
      power *= pole;
      mirrored *= inverse;
    }
    const scale = 1 - power * power;
    for (let i = 0; i < lines; i++) {
      const at = sum + (<usize>i << 3);
      store<f64>(at, load<f64>(at) / scale);
    }
  }
  memory.copy(c, sum, <usize>lines << 3);
}

/**
 * Both recursions of one pole over lines that lie beside one another: sample k of line i at c + k * stride + 8 i bytes.
 * @param farthest pole^(n - 1)
 */
function filterLines(
  c: usize,
  stride: usize,
  n: i32,
  lines: i32,
  pole: f64,
  horizon: i32,
  farthest: f64,
  sum: usize,
): void {
  causalStart(c, stride, n, lines, pole, horizon, farthest, sum);
  for (let k = 1; k < n; k++) {
    const at = c + <usize>k * stride;
    addScaled(at, at - stride, pole, lines);
  }
  const last = c + <usize>(n - 1) * stride;
  const edge = pole / (pole * pole - 1);
  for (let i = 0; i < lines; i++) {
    const at = last + (<usize>i << 3);
    store<f64>(at, edge * (pole * load<f64>(at - stride) + load<f64>(at)));
  }
  const both = f64x2.splat(pole);
  for (let k = n - 2; k >= 0; k--) {
    const row = c + <usize>k * stride;
    let i = 0;
    for (; i + 2 <= lines; i += 2) {
      const at = row + (<usize>i << 3);
      v128.store(at, f64x2.mul(both, f64x2.sub(v128.load(at + stride), v128.load(at))));
    }
    for (; i < lines; i++) {
      const at = row + (<usize>i << 3);
      store<f64>(at, pole * (load<f64>(at + stride) - load<f64>(at)));
    }
  }
}

/** One pole along y or z: `outer` blocks of lines beside one another, `apart` bytes from block to block. */
export function alongOthers(
  c: usize,
  outer: i32,
  apart: usize,
  stride: usize,
  n: i32,
  lines: i32,
  pole: f64,
  horizon: i32,
  farthest: f64,
  sum: usize,
): void {
  for (let block = 0; block < outer; block++)
    filterLines(c + <usize>block * apart, stride, n, lines, pole, horizon, farthest, sum);
}

/** One pole along x: eight rows at a time are laid beside one another. @param turned room for 8 n numbers */
export function alongX(
  c: usize,
  rows: i32,
  n: i32,
  pole: f64,
  horizon: i32,
  farthest: f64,
  sum: usize,
  turned: usize,
): void {
  for (let row = 0; row < rows; row += ROWS) {
    const lines = min(ROWS, rows - row);
    const first = c + (<usize>(row * n) << 3);
    for (let i = 0; i < lines; i++) {
      const line = first + (<usize>(i * n) << 3);
      for (let k = 0; k < n; k++) store<f64>(turned + (<usize>(k * ROWS + i) << 3), load<f64>(line + (<usize>k << 3)));
    }
    filterLines(turned, <usize>ROWS << 3, n, lines, pole, horizon, farthest, sum);
    for (let i = 0; i < lines; i++) {
      const line = first + (<usize>(i * n) << 3);
      for (let k = 0; k < n; k++) store<f64>(line + (<usize>k << 3), load<f64>(turned + (<usize>(k * ROWS + i) << 3)));
    }
  }
}

/** Multiplies all. */
export function amplify(c: usize, count: i32, gain: f64): void {
  const both = f64x2.splat(gain);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const at = c + (<usize>i << 3);
    v128.store(at, f64x2.mul(v128.load(at), both));
  }
  if (i < count) {
    const at = c + (<usize>i << 3);
    store<f64>(at, load<f64>(at) * gain);
  }
}

function mirroredNode(node: i32, n: i32): i32 {
  if (n == 1) return 0;
  let at = node;
  while (at < 0 || at > n - 1) at = at < 0 ? -at : 2 * (n - 1) - at;
  return at;
}

/**
 * Nodes (i32, in bytes from the first coefficient) and weights (f64) of order 3 along one axis for each place.
 * The node is found in single precision, as ITK does.
 */
function cubicNodes(places: usize, count: i32, n: i32, start: i32, stride: i32, nodes: usize, weights: usize): void {
  for (let i = 0; i < count; i++) {
    const c = load<f64>(places + (<usize>i << 3));
    const first = <i32>Math.floor(<f64>(<f32>c)) - 1;
    const node = nodes + (<usize>i << 4);
    for (let k = 0; k < 4; k++)
      store<i32>(node + (<usize>k << 2), (mirroredNode(first + k, n) - start) * stride * 8);
    const w = weights + (<usize>i << 5);
    const t = c - <f64>(first + 1);
    const w3 = (1.0 / 6.0) * t * t * t;
    const w0 = 1.0 / 6.0 + 0.5 * t * (t - 1) - w3;
    const w2 = t + w0 - 2 * w3;
    const w1 = 1 - w0 - w2 - w3;
    store<f64>(w, w0);
    store<f64>(w + 8, w1);
    store<f64>(w + 16, w2);
    store<f64>(w + 24, w3);
  }
}

/** Two numbers in one vector. */
// @ts-ignore: decorator
@inline
function pairOf(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1, 0, 1);
}

/**
 * Values of a cubic spline at `count` places, four at a time.
 * @param x, y, z places as indices of the whole image
 * @param sizes sizes of the image, starts of the part, strides of the part: nine i32
 * @param room 16 + 32 bytes for each place and axis, and for three places more
 */
export function cubic(
  coefficients: usize,
  x: usize,
  y: usize,
  z: usize,
  count: i32,
  sizes: usize,
  room: usize,
  values: usize,
): void {
  const padded = (count + 3) & ~3;
  const nodes = <usize>padded << 4;
  const nx = room;
  const ny = nx + nodes;
  const nz = ny + nodes;
  const wx = nz + nodes;
  const wy = wx + (nodes << 1);
  const wz = wy + (nodes << 1);
  cubicNodes(x, padded, load<i32>(sizes), load<i32>(sizes + 12), load<i32>(sizes + 24), nx, wx);
  cubicNodes(y, padded, load<i32>(sizes + 4), load<i32>(sizes + 16), load<i32>(sizes + 28), ny, wy);
  cubicNodes(z, padded, load<i32>(sizes + 8), load<i32>(sizes + 20), load<i32>(sizes + 32), nz, wz);
  for (let i = 0; i < padded; i += 4) {
    const n = <usize>i << 4;
    const w = <usize>i << 5;
    let sumA = f64x2.splat(0);
    let sumB = f64x2.splat(0);
    for (let k: usize = 0; k < 4; k++) {
      const zn = nz + n + (k << 2);
      const zw = wz + w + (k << 3);
      const wkA = pairOf(zw, zw + 32);
      const wkB = pairOf(zw + 64, zw + 96);
      const z0 = load<i32>(zn);
      const z1 = load<i32>(zn + 16);
      const z2 = load<i32>(zn + 32);
      const z3 = load<i32>(zn + 48);
      for (let j: usize = 0; j < 4; j++) {
        const yn = ny + n + (j << 2);
        const yw = wy + w + (j << 3);
        const wjA = pairOf(yw, yw + 32);
        const wjB = pairOf(yw + 64, yw + 96);
        const r0 = coefficients + <usize>(z0 + load<i32>(yn));
        const r1 = coefficients + <usize>(z1 + load<i32>(yn + 16));
        const r2 = coefficients + <usize>(z2 + load<i32>(yn + 32));
        const r3 = coefficients + <usize>(z3 + load<i32>(yn + 48));
        for (let m: usize = 0; m < 4; m++) {
          const xn = nx + n + (m << 2);
          const xw = wx + w + (m << 3);
          const wA = f64x2.mul(f64x2.mul(pairOf(xw, xw + 32), wjA), wkA);
          const wB = f64x2.mul(f64x2.mul(pairOf(xw + 64, xw + 96), wjB), wkB);
          const cA = pairOf(r0 + <usize>load<i32>(xn), r1 + <usize>load<i32>(xn + 16));
          const cB = pairOf(r2 + <usize>load<i32>(xn + 32), r3 + <usize>load<i32>(xn + 48));
          sumA = f64x2.add(sumA, f64x2.mul(cA, wA));
          sumB = f64x2.add(sumB, f64x2.mul(cB, wB));
        }
      }
    }
    const at = values + (<usize>i << 3);
    v128.store(at, sumA);
    v128.store(at + 16, sumB);
  }
}
