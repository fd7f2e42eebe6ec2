import type { Mask, Vector3 } from '../../volume.ts';

/**
 * Distance (mm) from every surface voxel of one mask to the nearest surface voxel of another, in ascending order. A
 * surface voxel is inside the mask and has a face outside of it or at the border of the image.
 */
export function surfaceDistances(from: Mask, to: Mask): Float64Array {
  const start = surfaceOf(from);
  const goal = surfaceOf(to);
  const box = boxOf([start, goal], from.geometry.size);
  const squares = squaredDistances(goal, box, from.geometry.size, from.geometry.spacing);
  const [nx, ny] = from.geometry.size;
  const [bx, by] = box.size;
  const found = Float64Array.from(start, (voxel) => {
    const x = (voxel % nx) - box.low[0];
    const y = (Math.floor(voxel / nx) % ny) - box.low[1];
    const z = Math.floor(voxel / (nx * ny)) - box.low[2];
    return Math.sqrt(squares[x + bx * (y + by * z)]);
  });
  return found.sort();
}

function surfaceOf({ data, geometry }: Mask): number[] {
  const [nx, ny, nz] = geometry.size;
  const surface: number[] = [];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const x = at % nx;
    const y = Math.floor(at / nx) % ny;
    const z = Math.floor(at / (nx * ny));
    const inner =
      x > 0 &&
      x < nx - 1 &&
      y > 0 &&
      y < ny - 1 &&
      z > 0 &&
      z < nz - 1 &&
      data[at - 1] === 1 &&
      data[at + 1] === 1 &&
      data[at - nx] === 1 &&
      data[at + nx] === 1 &&
      data[at - nx * ny] === 1 &&
      data[at + nx * ny] === 1;
    if (!inner) surface.push(at);
  }
  return surface;
}

interface Box {
  readonly low: Vector3;
  readonly size: Vector3;
}

function boxOf(surfaces: readonly (readonly number[])[], [nx, ny, nz]: Vector3): Box {
  const low: [number, number, number] = [nx, ny, nz];
  const high: [number, number, number] = [-1, -1, -1];
  for (const surface of surfaces)
    for (const voxel of surface) {
      const place = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
      place.forEach((index, axis) => {
        low[axis] = Math.min(low[axis], index);
        high[axis] = Math.max(high[axis], index);
      });
    }
  return { low, size: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1] };
}

/**
 * Exact squared Euclidean distance to the nearest goal voxel for every voxel of a box: the lower envelope of parabolas
 * along one axis after the other (Felzenszwalb and Huttenlocher 2012), with the spacing of the axis.
 */
function squaredDistances(
  goal: readonly number[],
  { low, size }: Box,
  [nx, ny]: Vector3,
  spacing: Vector3,
): Float64Array {
  const squares = new Float64Array(size[0] * size[1] * size[2]).fill(Number.POSITIVE_INFINITY);
  for (const voxel of goal) {
    const [x, y, z] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    squares[x - low[0] + size[0] * (y - low[1] + size[1] * (z - low[2]))] = 0;
  }
  const strides = [1, size[0], size[0] * size[1]];
  for (let axis = 0; axis < 3; axis++) {
    const line = new Float64Array(size[axis]);
    for (let first = 0; first < squares.length; first++) {
      if (Math.floor(first / strides[axis]) % size[axis] !== 0) continue;
      for (let at = 0; at < line.length; at++) line[at] = squares[first + at * strides[axis]];
      const lowered = lowerEnvelope(line, spacing[axis]);
      for (let at = 0; at < line.length; at++) squares[first + at * strides[axis]] = lowered[at];
    }
  }
  return squares;
}

/** Smallest of (mm (x - p))² + line[p] over all p, for each x. */
function lowerEnvelope(line: Float64Array, mm: number): Float64Array {
  const square = mm * mm;
  const roots: number[] = [];
  const starts: number[] = [];
  for (let p = 0; p < line.length; p++) {
    if (line[p] === Number.POSITIVE_INFINITY) continue;
    let start = Number.NEGATIVE_INFINITY;
    while (roots.length > 0) {
      const q = roots[roots.length - 1];
      start = (line[p] + square * p * p - (line[q] + square * q * q)) / (2 * square * (p - q));
      if (start > starts[starts.length - 1]) break;
      roots.pop();
      starts.pop();
      start = Number.NEGATIVE_INFINITY;
    }
    roots.push(p);
    starts.push(start);
  }
  if (roots.length === 0) return line.slice();
  const lowered = new Float64Array(line.length);
  let k = 0;
  for (let x = 0; x < line.length; x++) {
    while (k + 1 < roots.length && starts[k + 1] <= x) k++;
    lowered[x] = square * (x - roots[k]) ** 2 + line[roots[k]];
  }
  return lowered;
}
