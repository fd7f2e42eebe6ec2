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

/** Products of all pairs of equally long vectors, row-major; four pairs share the reading of one vector. */
export function gramOf(vectors: readonly Float64Array[]): Float64Array {
  const m = vectors.length;
  const gram = new Float64Array(m * m);
  const set = (i: number, k: number, value: number): void => {
    gram[i * m + k] = value;
    gram[k * m + i] = value;
  };
  for (let i = 0; i < m; i++) {
    const own = vectors[i]!;
    const n = own.length;
    let k = 0;
    for (; k + 3 <= i; k += 4) {
      const a = vectors[k]!;
      const b = vectors[k + 1]!;
      const c = vectors[k + 2]!;
      const d = vectors[k + 3]!;
      let sa = 0;
      let sb = 0;
      let sc = 0;
      let sd = 0;
      for (let r = 0; r < n; r++) {
        const value = own[r]!;
        sa += value * a[r]!;
        sb += value * b[r]!;
        sc += value * c[r]!;
        sd += value * d[r]!;
      }
      set(i, k, sa);
      set(i, k + 1, sb);
      set(i, k + 2, sc);
      set(i, k + 3, sd);
    }
    for (; k <= i; k++) set(i, k, dot(own, vectors[k]!));
  }
  return gram;
}
