/** Sum of products; four running sums, always added in the same order. */
export function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/** Products of all pairs of equally long vectors, row-major; two rows and four columns share what they read. */
export function gramOf(vectors: readonly Float64Array[]): Float64Array {
  const m = vectors.length;
  const gram = new Float64Array(m * m);
  let i = 0;
  for (; i + 1 < m; i += 2) {
    let k = 0;
    for (; k + 3 <= i; k += 4) block(vectors, i, k, gram, m);
    for (; k <= i + 1; k++) {
      if (k <= i) gram[i * m + k] = dot(vectors[i]!, vectors[k]!);
      gram[(i + 1) * m + k] = dot(vectors[i + 1]!, vectors[k]!);
    }
  }
  for (; i < m; i++) for (let k = 0; k <= i; k++) gram[i * m + k] = dot(vectors[i]!, vectors[k]!);
  for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) gram[b * m + a] = gram[a * m + b]!;
  return gram;
}

/** Products of vectors i, i + 1 with k to k + 3. */
function block(vectors: readonly Float64Array[], i: number, k: number, gram: Float64Array, m: number): void {
  const x = vectors[i]!;
  const y = vectors[i + 1]!;
  const a = vectors[k]!;
  const b = vectors[k + 1]!;
  const c = vectors[k + 2]!;
  const d = vectors[k + 3]!;
  let xa = 0;
  let xb = 0;
  let xc = 0;
  let xd = 0;
  let ya = 0;
  let yb = 0;
  let yc = 0;
  let yd = 0;
  for (let r = 0; r < x.length; r++) {
    const u = x[r]!;
    const v = y[r]!;
    const p = a[r]!;
    const q = b[r]!;
    const s = c[r]!;
    const t = d[r]!;
    xa += u * p;
    xb += u * q;
    xc += u * s;
    xd += u * t;
    ya += v * p;
    yb += v * q;
    yc += v * s;
    yd += v * t;
  }
  const first = i * m + k;
  const second = first + m;
  gram[first] = xa;
  gram[first + 1] = xb;
  gram[first + 2] = xc;
  gram[first + 3] = xd;
  gram[second] = ya;
  gram[second + 1] = yb;
  gram[second + 2] = yc;
  gram[second + 3] = yd;
}
