import type { Interpolation } from './interpolation.ts';

/** The voxel whose centre is nearest, halves round up. */
export const nearest: Interpolation = {
  reach: 1,
  over: ({ values, part, size }) => {
    const [px, py] = part.size;
    const [x0, y0, z0] = part.start;
    const [lastX, lastY, lastZ] = [size[0] - 1, size[1] - 1, size[2] - 1];
    return (x, y, z) =>
      values[((closest(z, lastZ) - z0) * py + closest(y, lastY) - y0) * px + closest(x, lastX) - x0]!;
  },
};

/** Index along one axis, within the image. */
function closest(c: number, last: number): number {
  return Math.min(last, Math.max(0, Math.floor(c + 0.5)));
}
