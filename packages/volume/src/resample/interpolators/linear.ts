import type { Interpolation } from './interpolation.ts';

/** Linear between the eight neighbours; the edge voxel is repeated outside. */
export const linear: Interpolation = {
  reach: 1,
  over: ({ values, part, size }) => {
    const place = (c: number, axis: 0 | 1 | 2): number =>
      Math.min(size[axis] - 1, Math.max(0, c)) - part.start[axis];
    const [px, py] = part.size;
    return (x, y, z) => {
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      const z0 = Math.floor(z);
      const left = place(x0, 0);
      const right = place(x0 + 1, 0);
      const row = (j: number, k: number): number => {
        const base = (place(k, 2) * py + place(j, 1)) * px;
        const low = values[base + left]!;
        return low + (x - x0) * (values[base + right]! - low);
      };
      const plane = (k: number): number => {
        const low = row(y0, k);
        return low + (y - y0) * (row(y0 + 1, k) - low);
      };
      const low = plane(z0);
      return low + (z - z0) * (plane(z0 + 1) - low);
    };
  },
};
