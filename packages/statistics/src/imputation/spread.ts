import { SentinodeError } from '@sentinode/core';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';

/**
 * Factor of a symmetric positive definite matrix, and of its inverse: lower triangles.
 * @throws SentinodeError `not-finite` for a matrix that has none
 */
export function spreadOf(matrix: Float64Array, p: number): { lower: Float64Array; spread: Float64Array } {
  const lower = cholesky(matrix, p);
  const spread = lower === undefined ? undefined : cholesky(inverse(lower, p), p);
  if (lower === undefined || spread === undefined)
    throw new SentinodeError(
      'not-finite',
      'The predictors of an imputation model depend on each other within rounding; take one of them out of the clinical variables.',
    );
  return { lower, spread };
}

function inverse(lower: Float64Array, p: number): Float64Array {
  const result = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const unit = new Float64Array(p);
    unit[j] = 1;
    choleskySolve(lower, unit, p).forEach((value, i) => {
      result[i * p + j] = value;
    });
  }
  // rounding leaves the two triangles a little apart
  for (let i = 0; i < p; i++)
    for (let j = 0; j < i; j++) {
      const value = (result[i * p + j]! + result[j * p + i]!) / 2;
      result[i * p + j] = value;
      result[j * p + i] = value;
    }
  return result;
}
