// AssemblyScript: what the layers of a network do beside products, on raw addresses, all numbers f64. Counts are rounded up to
// whole vectors: the number behind an odd last one may be written. The plain TypeScript stands in `src/classifiers/mlp`.

/** Every row of `out` becomes the intercepts. */
export function fillRows(out: usize, rows: i32, columns: i32, intercepts: usize): void {
  const line = <usize>columns << 3;
  for (let i = 0; i < rows; i++) memory.copy(out + <usize>i * line, intercepts, line);
}

/** Negative numbers become 0. */
export function rectify(values: usize, count: i32): void {
  for (let i = 0; i < count; i += 2) {
    const at = values + (<usize>i << 3);
    const value = v128.load(at);
    v128.store(at, v128.andnot(value, f64x2.lt(value, f64x2.splat(0))));
  }
}

/** delta becomes 0 where the value is 0. */
export function rectifySlopes(values: usize, delta: usize, count: i32): void {
  for (let i = 0; i < count; i += 2) {
    const at = <usize>i << 3;
    v128.store(
      delta + at,
      v128.andnot(v128.load(delta + at), f64x2.eq(v128.load(values + at), f64x2.splat(0))),
    );
  }
}

/** out[j] = sum over rows of values[i][j], over rows. */
export function meanRows(values: usize, rows: i32, columns: i32, out: usize): void {
  const line = <usize>columns << 3;
  memory.fill(out, 0, line);
  for (let i = 0; i < rows; i++) {
    const row = values + <usize>i * line;
    let j = 0;
    for (; j + 2 <= columns; j += 2) {
      const at = <usize>j << 3;
      v128.store(out + at, f64x2.add(v128.load(out + at), v128.load(row + at)));
    }
    if (j < columns) {
      const at = <usize>j << 3;
      store<f64>(out + at, load<f64>(out + at) + load<f64>(row + at));
    }
  }
  for (let j = 0; j < columns; j++) {
    const at = out + (<usize>j << 3);
    store<f64>(at, load<f64>(at) / <f64>rows);
  }
}
