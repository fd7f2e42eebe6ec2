// AssemblyScript: the factor of a symmetric positive definite matrix and the solution by it, on raw addresses, all numbers f64.
// The plain TypeScript is `cholesky` and `choleskySolve` of `@sentinode/statistics`: every number is made by the same
// operations in the same order, row by row there and column by column here.

/** The upper factor in place of the matrix (n x n); 0 when it is not positive definite. */
export function factorise(matrix: usize, n: i32): i32 {
  const line = <usize>n << 3;
  for (let k = 0; k < n; k++) {
    const row = matrix + <usize>k * line;
    const pivot = load<f64>(row + (<usize>k << 3));
    if (!(pivot > 0)) return 0;
    const root = Math.sqrt(pivot);
    store<f64>(row + (<usize>k << 3), root);
    for (let j = k + 1; j < n; j++) {
      const at = row + (<usize>j << 3);
      store<f64>(at, load<f64>(at) / root);
    }
    for (let i = k + 1; i < n; i++) {
      const factor = load<f64>(row + (<usize>i << 3));
      const both = f64x2.splat(factor);
      let to = matrix + <usize>i * line + (<usize>i << 3);
      let from = row + (<usize>i << 3);
      let j = i;
      for (; j + 1 < n; j += 2) {
        v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(both, v128.load(from))));
        to += 16;
        from += 16;
      }
      if (j < n) store<f64>(to, load<f64>(to) - factor * load<f64>(from));
    }
  }
  return 1;
}

/** Replaces `values` by the solution for them, by the upper factor. */
export function solveBy(factor: usize, n: i32, values: usize): void {
  const line = <usize>n << 3;
  for (let k = 0; k < n; k++) {
    const row = factor + <usize>k * line;
    const at = values + (<usize>k << 3);
    const value = load<f64>(at) / load<f64>(row + (<usize>k << 3));
    store<f64>(at, value);
    for (let i = k + 1; i < n; i++) {
      const to = values + (<usize>i << 3);
      store<f64>(to, load<f64>(to) - load<f64>(row + (<usize>i << 3)) * value);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = factor + <usize>i * line;
    let sum = load<f64>(values + (<usize>i << 3));
    for (let k = i + 1; k < n; k++) sum -= load<f64>(row + (<usize>k << 3)) * load<f64>(values + (<usize>k << 3));
    store<f64>(values + (<usize>i << 3), sum / load<f64>(row + (<usize>i << 3)));
  }
}
