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
  rowsOver: ({ values, part, size }) => {
    const [px, py] = part.size;
    const [x0, y0, z0] = part.start;
    const [lastX, lastY, lastZ] = [size[0] - 1, size[1] - 1, size[2] - 1];
    return ([x, y, z], into) => {
      for (let i = 0; i < into.length; i++) {
        const a = Math.min(lastX, Math.max(0, Math.floor(x[i]! + 0.5))) - x0;
        const b = Math.min(lastY, Math.max(0, Math.floor(y[i]! + 0.5))) - y0;
        const c = Math.min(lastZ, Math.max(0, Math.floor(z[i]! + 0.5))) - z0;
        into[i] = values[(c * py + b) * px + a]!;
      }
    };
  },
};
