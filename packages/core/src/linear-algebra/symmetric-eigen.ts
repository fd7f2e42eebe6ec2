/**
 * All eigenvalues and eigenvectors of a symmetric matrix (row-major n x n) by Householder tridiagonalisation and
 * implicit QL (Wilkinson & Reinsch 1971). Eigenvalues descend; vectors[k] belongs to values[k] and has length 1; its
 * sign is arbitrary. Deterministic.
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array[] } {
  const z = Float64Array.from(matrix);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonalise(z, d, e, n);
  implicitQl(z, d, e, n);
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => d[b]! - d[a]! || a - b);
  return {
    values: Float64Array.from(order, (k) => d[k]!),
    vectors: order.map((k) => Float64Array.from({ length: n }, (_, i) => z[k * n + i]!)),
  };
}

/**
 * Reduces z to tridiagonal form (diagonal d, subdiagonal e) and leaves the transposed transformation in z, so that
 * row k of z is turned into eigenvector k by `implicitQl`.
 */
function tridiagonalise(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    let scale = 0;
    for (let i = k + 1; i < n; i++) scale += z[i * n + k]! * z[i * n + k]!;
    const below = scale - z[(k + 1) * n + k]! * z[(k + 1) * n + k]!;
    if (!(below > 0)) continue;
    const head = z[(k + 1) * n + k]!;
    const alpha = head > 0 ? -Math.sqrt(scale) : Math.sqrt(scale);
    // reflector v with v' v = 2 * half
    const half = scale - head * alpha;
    v.fill(0);
    v[k + 1] = head - alpha;
    for (let i = k + 2; i < n; i++) v[i] = z[i * n + k]!;
    // p = A v / half, K = v' p / (2 half); A <- A - v w' - w v' with w = p - K v
    let K = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      const row = i * n;
      for (let j = k + 1; j < n; j++) sum += z[row + j]! * v[j]!;
      p[i] = sum / half;
      K += v[i]! * p[i]!;
    }
    K /= 2 * half;
    for (let i = k; i < n; i++) p[i]! -= K * v[i]!;
    for (let i = k; i < n; i++) {
      const row = i * n;
      const vi = v[i]!;
      const wi = p[i]!;
      for (let j = k; j < n; j++) z[row + j]! -= vi * p[j]! + wi * v[j]!;
    }
    // rows of q are basis vectors: q <- H q
    const projection = new Float64Array(n);
    for (let i = k + 1; i < n; i++) {
      const vi = v[i]!;
      if (vi === 0) continue;
      const row = i * n;
      for (let j = 0; j < n; j++) projection[j]! += vi * q[row + j]!;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = v[i]! / half;
      const row = i * n;
      for (let j = 0; j < n; j++) q[row + j]! -= factor * projection[j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    d[i] = z[i * n + i]!;
    e[i] = i + 1 < n ? z[(i + 1) * n + i]! : 0;
  }
  z.set(q);
}

/** Diagonalises the tridiagonal matrix (d, e) and applies the same rotations to the rows of z. */
function implicitQl(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; iteration < 200; iteration++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++;
      if (m === l) break;
      const g0 = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      const r0 = Math.sqrt(g0 * g0 + 1);
      let g = d[m]! - d[l]! + e[l]! / (g0 + (g0 >= 0 ? r0 : -r0));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        const r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        const t = (d[i]! - g) * s + 2 * c * b;
        p = s * t;
        d[i + 1] = g + p;
        g = c * t - b;
        const upper = (i + 1) * n;
        const lower = i * n;
        for (let k = 0; k < n; k++) {
          const held = z[upper + k]!;
          z[upper + k] = s * z[lower + k]! + c * held;
          z[lower + k] = c * z[lower + k]! - s * held;
        }
      }
      if (i >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}
