import { triangleEdges } from './triangle-table.ts';

type Vector = readonly [number, number, number];
type Size = readonly [number, number, number];

/** Cube corners as (x, y, z), in the numbering of the case bits. */
const corners: readonly Vector[] = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
  [1, 1, 1],
  [0, 1, 1],
];
const edgeCorners: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 0],
  [4, 5],
  [5, 6],
  [6, 7],
  [7, 4],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
];

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Surface area and enclosed volume of the mesh through the midpoints between region and background. */
export interface MeshMeasure {
  /** mm^2 */
  readonly area: number;
  /** mm^3 */
  readonly volume: number;
}

/** Area of each cube case, and its part of the volume as constant + normal . cube position. */
function caseMeasures(spacing: Vector): { area: Float64Array; constant: Float64Array; normal: Vector[] } {
  const area = new Float64Array(256);
  const constant = new Float64Array(256);
  const normal: Vector[] = Array.from({ length: 256 }, (): Vector => [0, 0, 0]);
  const point = (edge: number): Vector => {
    const [a, b] = edgeCorners[edge]!;
    const [p, q] = [corners[a]!, corners[b]!];
    return [
      ((p[0] + q[0]) / 2) * spacing[0],
      ((p[1] + q[1]) / 2) * spacing[1],
      ((p[2] + q[2]) / 2) * spacing[2],
    ];
  };
  for (let index = 0; index < 128; index++) {
    const edges = [...triangleEdges[index]!].map((digit) => Number.parseInt(digit, 16));
    for (let t = 0; t < edges.length; t += 3) {
      const [a, b, c] = [point(edges[t]!), point(edges[t + 1]!), point(edges[t + 2]!)];
      const face = cross(minus(a, c), minus(b, c));
      const part = Math.sqrt(dot(face, face)) / 2;
      const volume = dot(cross(a, b), c) / 6;
      const parts = [cross(a, b), cross(b, c), cross(c, a)];
      const n: Vector = [0, 1, 2].map(
        (axis) => (parts[0]![axis]! + parts[1]![axis]! + parts[2]![axis]!) / 6,
      ) as unknown as Vector;
      for (const [at, sign] of [
        [index, 1],
        [255 - index, -1],
      ] as const) {
        area[at]! += part;
        constant[at]! += sign * volume;
        normal[at] = [
          normal[at]![0] + sign * n[0],
          normal[at]![1] + sign * n[1],
          normal[at]![2] + sign * n[2],
        ];
      }
    }
  }
  return { area, constant, normal };
}

/** Marching cubes over voxel centres of a mask with one voxel of background around it. */
export function measureMesh(mask: Uint8Array, size: Size, spacing: Vector): MeshMeasure {
  const { area, constant, normal } = caseMeasures(spacing);
  const [nx, ny, nz] = size;
  const value = (x: number, y: number, z: number): number =>
    x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : mask[(z * ny + y) * nx + x]!;
  let surface = 0;
  let volume = 0;
  for (let z = -1; z < nz; z++) {
    for (let y = -1; y < ny; y++) {
      for (let x = -1; x < nx; x++) {
        let index = 0;
        for (let corner = 0; corner < 8; corner++) {
          const [dx, dy, dz] = corners[corner]!;
          if (value(x + dx, y + dy, z + dz) !== 0) index |= 1 << corner;
        }
        if (index === 0 || index === 255) continue;
        surface += area[index]!;
        const n = normal[index]!;
        volume +=
          constant[index]! +
          n[0] * (x + 1) * spacing[0] +
          n[1] * (y + 1) * spacing[1] +
          n[2] * (z + 1) * spacing[2];
      }
    }
  }
  return { area: surface, volume: Math.abs(volume) };
}
