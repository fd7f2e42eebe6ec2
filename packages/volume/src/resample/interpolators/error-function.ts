import { exp, log } from '@sentinode/core';

/** Terms are added until they change the sum by less than this: the function is good to seven digits only. */
const ENOUGH = 3e-7;
const MOST_TERMS = 100;

/** ln Gamma(1/2) by the six terms of Lanczos' series that ITK has. */
const LOG_GAMMA_HALF = ((): number => {
  const x = 0.5;
  const terms =
    2.506628275634795 +
    225.52558461917522 / x -
    268.29597384130494 / (x + 1) +
    80.90308069346226 / (x + 2) -
    5.007578639705176 / (x + 3) +
    0.011468489543478146 / (x + 4);
  return log(terms) + (x - 0.5) * log(x + 4.65) - (x + 4.65);
})();

const prefactor = (x: number): number => exp(-x + 0.5 * log(x) - LOG_GAMMA_HALF);

/** Incomplete gamma function P(1/2, x) by its series, for x < 3/2. */
function series(x: number): number {
  if (!(x > 0)) return 0;
  let divisor = 0.5;
  let term = 2;
  let sum = term;
  for (let k = 0; k < MOST_TERMS; k++) {
    divisor += 1;
    term *= x / divisor;
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * ENOUGH) break;
  }
  return sum * prefactor(x);
}

/** 1 - P(1/2, x) by its continued fraction (Lentz), for larger x. */
function continuedFraction(x: number): number {
  let b = x + 0.5;
  let c = 1e30;
  let d = 1 / b;
  let product = d;
  for (let k = 1; k <= MOST_TERMS; k++) {
    const a = k * (0.5 - k);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const factor = d * c;
    product *= factor;
    if (Math.abs(factor - 1) < ENOUGH) break;
  }
  return prefactor(x) * product;
}

/**
 * The error function as ITK's Gaussian interpolators compute it, erf(x) = sign(x) P(1/2, x^2). Its error of 1e-7 shows
 * in interpolated values, so a better one would differ from the reference.
 */
export function errorFunction(x: number): number {
  const square = x * x;
  const size = square < 1.5 ? series(square) : 1 - continuedFraction(square);
  return x < 0 ? -size : size;
}
