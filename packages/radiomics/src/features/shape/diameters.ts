type Size = readonly [number, number, number];

/** Largest distances in mm between points of the surface. */
export interface Diameters {
  readonly maximum3D: number;
  /** Both points in one plane of constant z, y, x; 0 where no plane holds two points. */
  readonly slice: number;
  readonly column: number;
  readonly row: number;
}

/** Points midway between a voxel of the region and one outside, in half voxels (integers), three numbers each. */
function surfacePoints(mask: Uint8Array, size: Size): Int32Array {
  const [nx, ny, nz] = size;
  const points: number[] = [];
  const value = (x: number, y: number, z: number): number =>
    x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : mask[(z * ny + y) * nx + x]!;
  for (let z = -1; z < nz; z++) {
    for (let y = -1; y < ny; y++) {
      for (let x = -1; x < nx; x++) {
        const here = value(x, y, z);
        if (value(x + 1, y, z) !== here) points.push(2 * x + 1, 2 * y, 2 * z);
        if (value(x, y + 1, z) !== here) points.push(2 * x, 2 * y + 1, 2 * z);
        if (value(x, y, z + 1) !== here) points.push(2 * x, 2 * y, 2 * z + 1);
      }
    }
  }
  return Int32Array.from(points);
}

/**
 * Of the points that share the other two coordinates, only the first and the last along an axis can be an end of the
 * largest distance, since distance is convex along the line.
 */
function extremesAlong(points: Int32Array, axis: 0 | 1 | 2): Int32Array {
  const [a, b] = ([0, 1, 2] as const).filter((other) => other !== axis) as [number, number];
  const ends = new Map<number, [number, number]>();
  for (let p = 0; p < points.length; p += 3) {
    const key = (points[p + a]! + 4) * 1_048_576 + points[p + b]! + 4;
    const end = ends.get(key);
    if (end === undefined) ends.set(key, [p, p]);
    else if (points[p + axis]! < points[end[0] + axis]!) end[0] = p;
    else if (points[p + axis]! > points[end[1] + axis]!) end[1] = p;
  }
  const kept: number[] = [];
  for (const [low, high] of ends.values())
    for (const p of low === high ? [low] : [low, high]) kept.push(points[p]!, points[p + 1]!, points[p + 2]!);
  return Int32Array.from(kept);
}

/** Largest squared distance in mm^2 between any two points. */
function largest(points: Int32Array, spacing: Size): number {
  let best = 0;
  const n = points.length / 3;
  const x = Float64Array.from({ length: n }, (_, p) => (points[3 * p]! / 2) * spacing[0]);
  const y = Float64Array.from({ length: n }, (_, p) => (points[3 * p + 1]! / 2) * spacing[1]);
  const z = Float64Array.from({ length: n }, (_, p) => (points[3 * p + 2]! / 2) * spacing[2]);
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const dx = x[p]! - x[q]!;
      const dy = y[p]! - y[q]!;
      const dz = z[p]! - z[q]!;
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > best) best = squared;
    }
  }
  return best;
}

/** Largest distance within planes of one axis. */
function largestInPlanes(points: Int32Array, spacing: Size, axis: 0 | 1 | 2): number {
  const [a, b] = ([0, 1, 2] as const).filter((other) => other !== axis) as [0 | 1 | 2, 0 | 1 | 2];
  const planes = new Map<number, number[]>();
  const ends = extremesAlong(points, a);
  for (let p = 0; p < ends.length; p += 3) {
    const plane = planes.get(ends[p + axis]!);
    if (plane === undefined) planes.set(ends[p + axis]!, [ends[p]!, ends[p + 1]!, ends[p + 2]!]);
    else plane.push(ends[p]!, ends[p + 1]!, ends[p + 2]!);
  }
  let best = 0;
  for (const plane of planes.values())
    best = Math.max(best, largest(extremesAlong(Int32Array.from(plane), b), spacing));
  return Math.sqrt(best);
}

/**
 * Points of the surface among which the corners of its convex hull are, in half voxels (integers), three numbers each.
 */
export function outermostPoints(mask: Uint8Array, size: Size): Int32Array {
  return extremesAlong(extremesAlong(extremesAlong(surfacePoints(mask, size), 0), 1), 2);
}

/** Largest distance in mm between points of the surface. */
export function maximumDiameter(points: Int32Array, spacing: Size): number {
  return Math.sqrt(largest(points, spacing));
}

/** Diameters of a region; `spacing` in mm. */
export function diameters(mask: Uint8Array, size: Size, spacing: Size): Diameters {
  const points = surfacePoints(mask, size);
  return {
    maximum3D: maximumDiameter(outermostPoints(mask, size), spacing),
    slice: largestInPlanes(points, spacing, 2),
    column: largestInPlanes(points, spacing, 1),
    row: largestInPlanes(points, spacing, 0),
  };
}
