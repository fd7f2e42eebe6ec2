/** Terms of the series of the surface that the reference manual sums. */
const TERMS = 20;

/**
 * Surface of an ellipsoid with semi-axes a >= b >= c > 0: 4 pi a b sum (alpha beta)^n / (1 - 4 n^2) P_n((alpha^2 +
 * beta^2) / (2 alpha beta)) with alpha^2 = 1 - b^2 / a^2, beta^2 = 1 - c^2 / a^2, up to n = 20. The products (alpha
 * beta)^n P_n follow a recursion without division, so equal axes need no special case.
 */
export function ellipsoidArea(a: number, b: number, c: number): number {
  const alpha2 = 1 - (b * b) / (a * a);
  const beta2 = 1 - (c * c) / (a * a);
  const mean = (alpha2 + beta2) / 2;
  let before = 0;
  let term = 1;
  let sum = 0;
  for (let n = 0; n <= TERMS; n++) {
    sum += term / (1 - 4 * n * n);
    const next = ((2 * n + 1) * mean * term - n * alpha2 * beta2 * before) / (n + 1);
    before = term;
    term = next;
  }
  return 4 * Math.PI * a * b * sum;
}

export const ellipsoidVolume = (a: number, b: number, c: number): number => (4 / 3) * Math.PI * a * b * c;
