/** Spherical harmonics of one degree on the vertices: order 0 real, orders 1..n with real and imaginary part. */
export interface Degree {
  readonly zero: Float64Array;
  readonly orders: readonly { readonly real: Float64Array; readonly imaginary: Float64Array }[];
}

/** Associated Legendre values P(n, m) at x for all n below `degrees`, with the phase (-1)^m. */
function legendre(x: number, degrees: number): number[][] {
  const root = Math.sqrt(Math.max(0, 1 - x * x));
  const p: number[][] = [];
  for (let n = 0; n < degrees; n++) {
    const row: number[] = [];
    for (let m = 0; m <= n; m++) {
      if (m === n) row.push(n === 0 ? 1 : -(2 * n - 1) * root * p[n - 1]![n - 1]!);
      else if (m === n - 1) row.push((2 * n - 1) * x * p[n - 1]![m]!);
      else row.push(((2 * n - 1) * x * p[n - 1]![m]! - (n + m - 1) * p[n - 2]![m]!) / (n - m));
    }
    p.push(row);
  }
  return p;
}

function norm(n: number, m: number): number {
  let ratio = 1;
  for (let k = n - m + 1; k <= n + m; k++) ratio /= k;
  return Math.sqrt(((2 * n + 1) / (4 * Math.PI)) * ratio);
}

/**
 * Harmonics of the degrees 0 to `degrees` - 1 on the vertices of a sphere. The reference hands its two angles over in
 * the wrong order, so arccos(z / r) stands for the azimuth and atan2(y, x) for the polar angle; its images are defined
 * by that. Of the negative orders nothing is kept: they are the conjugates of the positive ones.
 */
export function harmonics(
  vertices: readonly (readonly [number, number, number])[],
  radius: number,
  degrees: number,
): Degree[] {
  const empty = (): Float64Array => new Float64Array(vertices.length);
  const found: Degree[] = Array.from({ length: degrees }, (_, n) => ({
    zero: empty(),
    orders: Array.from({ length: n }, () => ({ real: empty(), imaginary: empty() })),
  }));
  vertices.forEach(([x, y, z], at) => {
    const flat = Math.sqrt(x * x + y * y);
    const p = legendre(flat === 0 ? 1 : x / flat, degrees);
    const cosine = Math.max(-1, Math.min(1, z / radius));
    const sine = Math.sqrt(1 - cosine * cosine);
    for (let n = 0; n < degrees; n++) {
      found[n]!.zero[at] = norm(n, 0) * p[n]![0]!;
      let real = 1;
      let imaginary = 0;
      for (let m = 1; m <= n; m++) {
        [real, imaginary] = [real * cosine - imaginary * sine, real * sine + imaginary * cosine];
        const size = norm(n, m) * p[n]![m]!;
        found[n]!.orders[m - 1]!.real[at] = size * real;
        found[n]!.orders[m - 1]!.imaginary[at] = size * imaginary;
      }
    }
  });
  return found;
}

/** Rotation-invariant strength of a pattern of bits on the vertices, degree by degree. */
export function patternStrength(bits: Uint8Array, { zero, orders }: Degree): number {
  let c0 = 0;
  for (let v = 0; v < bits.length; v++) if (bits[v] === 1) c0 += zero[v]!;
  const sums = orders.map(({ real, imaginary }) => {
    let re = 0;
    let im = 0;
    for (let v = 0; v < bits.length; v++) {
      if (bits[v] === 0) continue;
      re += real[v]!;
      im += imaginary[v]!;
    }
    return [re, im] as const;
  });
  let total = 0;
  for (let v = 0; v < bits.length; v++) {
    let part = c0 * zero[v]!;
    for (let m = 0; m < sums.length; m++)
      part += 2 * (sums[m]![0] * orders[m]!.real[v]! - sums[m]![1] * orders[m]!.imaginary[v]!);
    total += part * part;
  }
  return Math.sqrt(total);
}
