import type { Interpolation } from './interpolation.ts';

/** The voxel whose centre is nearest, halves round up. */
export const nearest: Interpolation = {
  reach: 1,
  over: ({ values, part, size }) => {
    const place = (c: number, axis: 0 | 1 | 2): number =>
      Math.min(size[axis] - 1, Math.max(0, Math.floor(c + 0.5))) - part.start[axis];
    const [px, py] = part.size;
    return (x, y, z) => values[(place(z, 2) * py + place(y, 1)) * px + place(x, 0)]!;
  },
};
