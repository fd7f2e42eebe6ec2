/**
 * Singular value decomposition of 3 x 3 matrices by Householder reduction and implicit QR steps (Golub and Reinsch;
 * the order of operations is that of LINPACK's dsvdc). ITK inverts the matrix of a grid by it, and whole numbers that
 * are interpolated hang on the last bits of the coordinates.
 */

/** Columns of a 3 x 3 matrix. */
type Columns = [Float64Array, Float64Array, Float64Array];

export interface Svd {
  readonly u: Columns;
  readonly s: Float64Array;
  readonly v: Columns;
}

const zeros = (): Columns => [new Float64Array(3), new Float64Array(3), new Float64Array(3)];

/** Length of x[from..2], scaled by its largest element. */
function norm(x: Float64Array, from: number): number {
  if (from === 2) return Math.abs(x[2]!);
  let scale = 0;
  let sum = 1;
  for (let i = from; i < 3; i++) {
    const size = Math.abs(x[i]!);
    if (size === 0) continue;
    if (scale < size) {
      sum = 1 + sum * ((scale / size) * (scale / size));
      scale = size;
    } else sum += (size / scale) * (size / scale);
  }
  return scale * Math.sqrt(sum);
}

function dot(x: Float64Array, y: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < 3; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** y += a x, from an element on. */
function add(a: number, x: Float64Array, y: Float64Array, from: number): void {
  for (let i = from; i < 3; i++) y[i]! += a * x[i]!;
}

/** Makes x[from..2] a Householder vector; returns the element that takes its place. */
function householder(x: Float64Array, from: number): number {
  let length = norm(x, from);
  if (length === 0) return -length;
  if (x[from] !== 0 && x[from]! < 0) length = -length;
  const factor = 1 / length;
  for (let i = from; i < 3; i++) x[i]! *= factor;
  x[from]! += 1;
  return -length;
}

/** Applies the reflection of a Householder vector to another column. */
function reflect(x: Float64Array, y: Float64Array, from: number): void {
  add(-dot(x, y, from) / x[from]!, x, y, from);
}

/** Rotation that turns (a, b) into (r, 0). */
function rotation(a: number, b: number): { c: number; s: number; r: number } {
  const scale = Math.abs(a) + Math.abs(b);
  if (scale === 0) return { c: 1, s: 0, r: 0 };
  const length = scale * Math.sqrt((a / scale) * (a / scale) + (b / scale) * (b / scale));
  const lead = Math.abs(a) > Math.abs(b) ? a : b;
  const r = lead < 0 || Object.is(lead, -0) ? -length : length;
  return { c: a / r, s: b / r, r };
}

function rotate(x: Float64Array, y: Float64Array, { c, s }: { c: number; s: number }): void {
  for (let i = 0; i < 3; i++) {
    const turned = c * x[i]! + s * y[i]!;
    y[i] = c * y[i]! - s * x[i]!;
    x[i] = turned;
  }
}

/** Reduces the columns x to an upper bidiagonal matrix: diagonal s, superdiagonal e, and the transformations. */
function bidiagonalise(x: Columns): { u: Columns; v: Columns; s: Float64Array; e: Float64Array } {
  const [u, v] = [zeros(), zeros()];
  const s = new Float64Array(3);
  const e = new Float64Array(3);
  const work = new Float64Array(3);
  for (let l = 0; l < 2; l++) {
    s[l] = householder(x[l]!, l);
    for (let j = l + 1; j < 3; j++) {
      if (s[l] !== 0) reflect(x[l]!, x[j]!, l);
      e[j] = x[j]![l]!;
    }
    u[l]!.set(x[l]!.subarray(l), l);
    if (l > 0) continue;
    e[0] = householder(e, 1);
    if (e[0] !== 0) {
      work.fill(0);
      for (const j of [1, 2] as const) add(e[j]!, x[j], work, 1);
      for (const j of [1, 2] as const) add(-e[j]! / e[1]!, work, x[j], 1);
    }
    v[0].set(e.subarray(1), 1);
  }
  s[2] = x[2][2]!;
  e[1] = x[2][1]!;
  e[2] = 0;
  u[2].fill(0);
  u[2][2] = 1;
  for (const l of [1, 0] as const) {
    const column = u[l];
    if (s[l] === 0) {
      column.fill(0);
      column[l] = 1;
      continue;
    }
    for (let j = l + 1; j < 3; j++) reflect(column, u[j]!, l);
    for (let i = l; i < 3; i++) column[i] = -column[i]!;
    column[l]! += 1;
    for (let i = 0; i < l; i++) column[i] = 0;
  }
  for (const l of [2, 1, 0] as const) {
    if (l === 0 && e[0] !== 0) for (const j of [1, 2] as const) reflect(v[0], v[j], 1);
    v[l].fill(0);
    v[l][l] = 1;
  }
  return { u, v, s, e };
}

const MOST_STEPS = 1000;

/** Decomposes a 3 x 3 row-major matrix: x = u diag(s) v^T, s descending. */
export function singularValues(matrix: readonly number[]): Svd {
  const columns = [0, 1, 2].map((k) =>
    Float64Array.of(matrix[k]!, matrix[k + 3]!, matrix[k + 6]!),
  ) as unknown as Columns;
  const { u, v, s, e } = bidiagonalise(columns);
  let m = 3;
  for (let step = 0; m > 0 && step < MOST_STEPS; step++) {
    let l = m - 1;
    for (; l > 0; l--) {
      const test = Math.abs(s[l - 1]!) + Math.abs(s[l]!);
      if (test + Math.abs(e[l - 1]!) !== test) continue;
      e[l - 1] = 0;
      break;
    }
    if (l === m - 1) {
      converged(u, v, s, l);
      m--;
    } else qrStep(u, v, s, e, l, m);
  }
  return { u, s, v };
}

/** Makes a singular value positive and moves it where it belongs. */
function converged(u: Columns, v: Columns, s: Float64Array, at: number): void {
  if (s[at]! < 0) {
    s[at] = -s[at]!;
    for (let i = 0; i < 3; i++) v[at]![i] = -v[at]![i]!;
  }
  for (let l = at; l < 2 && s[l]! < s[l + 1]!; l++) {
    [s[l], s[l + 1]] = [s[l + 1]!, s[l]!];
    [v[l], v[l + 1]] = [v[l + 1]!, v[l]!];
    [u[l], u[l + 1]] = [u[l + 1]!, u[l]!];
  }
}

/** One implicit QR step on the block l..m-1 of the bidiagonal matrix. */
function qrStep(u: Columns, v: Columns, s: Float64Array, e: Float64Array, l: number, m: number): void {
  const scale = Math.max(
    Math.abs(s[m - 1]!),
    Math.abs(s[m - 2]!),
    Math.abs(e[m - 2]!),
    Math.abs(s[l]!),
    Math.abs(e[l]!),
  );
  const sm = s[m - 1]! / scale;
  const before = s[m - 2]! / scale;
  const beside = e[m - 2]! / scale;
  const sl = s[l]! / scale;
  const el = e[l]! / scale;
  const b = ((before + sm) * (before - sm) + beside * beside) / 2;
  const c = sm * beside * (sm * beside);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    const root = Math.sqrt(b * b + c);
    shift = c / (b + (b < 0 ? -root : root));
  }
  let f = (sl + sm) * (sl - sm) + shift;
  let g = sl * el;
  for (let k = l; k < m - 1; k++) {
    const right = rotation(f, g);
    if (k !== l) e[k - 1] = right.r;
    f = right.c * s[k]! + right.s * e[k]!;
    e[k] = right.c * e[k]! - right.s * s[k]!;
    g = right.s * s[k + 1]!;
    s[k + 1] = right.c * s[k + 1]!;
    rotate(v[k]!, v[k + 1]!, right);
    const left = rotation(f, g);
    s[k] = left.r;
    f = left.c * e[k]! + left.s * s[k + 1]!;
    s[k + 1] = -left.s * e[k]! + left.c * s[k + 1]!;
    g = left.s * e[k + 1]!;
    e[k + 1] = left.c * e[k + 1]!;
    rotate(u[k]!, u[k + 1]!, left);
  }
  e[m - 2] = f;
}
