import type { Vector3 } from '../volume.ts';
import { singularValues } from './singular-values.ts';

/** Determinant of a 3 x 3 row-major matrix. */
export function determinant(m: readonly number[]): number {
  return (
    m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
    m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
    m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!)
  );
}

/** Inverse of a 3 x 3 row-major matrix from its singular values; the caller has checked the determinant. */
export function inverse(m: readonly number[]): number[] {
  const { u, s, v } = singularValues(m);
  const found: number[] = [];
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += v[k]![i]! * (1 / s[k]!) * u[k]![j]!;
      found.push(sum);
    }
  return found;
}

/** Product of a 3 x 3 row-major matrix and a vector. */
export function multiply(m: readonly number[], [x, y, z]: Vector3): Vector3 {
  return [
    m[0]! * x + m[1]! * y + m[2]! * z,
    m[3]! * x + m[4]! * y + m[5]! * z,
    m[6]! * x + m[7]! * y + m[8]! * z,
  ];
}

/** Column k of a 3 x 3 row-major matrix. */
export function columnOf(m: readonly number[], k: number): Vector3 {
  return [m[k]!, m[k + 3]!, m[k + 6]!];
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function length(a: Vector3): number {
  return Math.sqrt(dot(a, a));
}
