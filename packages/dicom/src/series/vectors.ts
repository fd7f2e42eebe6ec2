import type { Vector3 } from '@sentinode/volume';

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function length(a: Vector3): number {
  return Math.sqrt(dot(a, a));
}

/** Direction in which slices follow one another on a right-handed grid. */
export function normalOf(slice: {
  readonly rowDirection: Vector3;
  readonly columnDirection: Vector3;
}): Vector3 {
  return cross(slice.rowDirection, slice.columnDirection);
}

/** Millimetres, as messages print them. */
export function millimetres(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
