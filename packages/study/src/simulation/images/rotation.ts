import { cos, sin } from '@sentinode/core';

const RADIANS_PER_DEGREE = Math.PI / 180;

/** Rotation matrix (3 x 3, row-major) about x, then y, then z; angles in degrees. */
export function rotation(x: number, y: number, z: number): number[] {
  const [a, b, c] = [x, y, z].map((angle) => angle * RADIANS_PER_DEGREE) as [number, number, number];
  const [ca, sa, cb, sb, cc, sc] = [cos(a), sin(a), cos(b), sin(b), cos(c), sin(c)];
  return [
    cc * cb,
    cc * sb * sa - sc * ca,
    cc * sb * ca + sc * sa,
    sc * cb,
    sc * sb * sa + cc * ca,
    sc * sb * ca - cc * sa,
    -sb,
    cb * sa,
    cb * ca,
  ];
}
