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

/** Products of all pairs of equally long vectors, row-major: by fours where two rows meet four columns, as the compiled loops take them. */
export function plainGram(vectors: readonly Float64Array[], gram: Float64Array): void {
  const m = vectors.length;
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
}

/** Products of vectors i, i + 1 with k to k + 3. */
function block(vectors: readonly Float64Array[], i: number, k: number, gram: Float64Array, m: number): void {
  for (let a = 0; a < 2; a++) {
    const into = (i + a) * m + k;
    for (let b = 0; b < 4; b++) gram[into + b] = dotInPairs(vectors[i + a]!, vectors[k + b]!);
  }
}

/** Sum of products; two running sums, an odd last product in the first. */
function dotInPairs(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 1 < n; i += 2) {
    even += a[i]! * b[i]!;
    odd += a[i + 1]! * b[i + 1]!;
  }
  if (i < n) even += a[i]! * b[i]!;
  return even + odd;
}
