import type { Box, Vector3 } from '@sentinode/volume';

/** The part of an array of a grid (x fastest) inside a box. */
export function cropArray<T extends Uint8Array | Float64Array>(values: T, size: Vector3, box: Box): T {
  const [nx, ny] = size;
  const [sx, sy, sz] = box.size;
  const [x0, y0, z0] = box.start;
  const out = values.slice(0, sx * sy * sz) as T;
  let at = 0;
  for (let z = 0; z < sz; z++) {
    for (let y = 0; y < sy; y++, at += sx) {
      const from = x0 + nx * (y0 + y + ny * (z0 + z));
      out.set(values.subarray(from, from + sx), at);
    }
  }
  return out;
}
