const POLE = Math.sqrt(3) - 2;
const GAIN = (1 - POLE) * (1 - 1 / POLE);
/** ceil(log(1e-10) / log(|pole|)): terms of the causal start that ITK sums. */
const HORIZON = 18;

/** Turns one line of samples into cubic B-spline coefficients, in place; lines of length 1 stay as they are. */
function prefilterLine(c: Float64Array, n: number): void {
  if (n < 2) return;
  for (let k = 0; k < n; k++) c[k]! *= GAIN;
  if (HORIZON < n) {
    let power = POLE;
    let sum = c[0]!;
    for (let k = 1; k < HORIZON; k++) {
      sum += power * c[k]!;
      power *= POLE;
    }
    c[0] = sum;
  } else {
    const inverse = 1 / POLE;
    let power = POLE;
    let mirrored = 1;
    for (let k = 1; k < n; k++) mirrored *= POLE;
    let sum = c[0]! + mirrored * c[n - 1]!;
    mirrored = mirrored * mirrored * inverse;
    for (let k = 1; k <= n - 2; k++) {
      sum += (power + mirrored) * c[k]!;
      power *= POLE;
      mirrored *= inverse;
    }
    c[0] = sum / (1 - power * power);
  }
  for (let k = 1; k < n; k++) c[k]! += POLE * c[k - 1]!;
  c[n - 1] = (POLE / (POLE * POLE - 1)) * (POLE * c[n - 2]! + c[n - 1]!);
  for (let k = n - 2; k >= 0; k--) c[k] = POLE * (c[k + 1]! - c[k]!);
}

/**
 * Cubic B-spline coefficients of a grid (x fastest), lines along x, then y, then z, mirrored at the ends
 * (Unser 1999, as ITK's BSplineDecompositionImageFilter).
 */
export function prefilterBSpline(
  values: ArrayLike<number>,
  size: readonly [number, number, number],
): Float64Array {
  const [nx, ny, nz] = size;
  const c = Float64Array.from(values);
  const line = new Float64Array(Math.max(nx, ny, nz));
  const along = (start: number, stride: number, n: number): void => {
    for (let k = 0; k < n; k++) line[k] = c[start + k * stride]!;
    prefilterLine(line, n);
    for (let k = 0; k < n; k++) c[start + k * stride] = line[k]!;
  };
  for (let z = 0; z < nz; z++) for (let y = 0; y < ny; y++) along((z * ny + y) * nx, 1, nx);
  for (let z = 0; z < nz; z++) for (let x = 0; x < nx; x++) along(z * ny * nx + x, nx, ny);
  for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) along(y * nx + x, nx * ny, nz);
  return c;
}
