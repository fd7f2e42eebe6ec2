type Vector = readonly [number, number, number];

/** Triangles of a convex hull: point numbers in threes, outward. */
export interface ConvexHull {
  readonly triangles: readonly (readonly [number, number, number])[];
}

/**
 * Convex hull of points with whole coordinates by insertion of one point after the other. All tests are exact (products
 * of three differences of coordinates below 2^16 fit a double), so points on a common plane need no tolerance.
 * @param points three numbers each; undefined where all lie in one plane
 */
export function convexHull(points: Int32Array): ConvexHull | undefined {
  const start = firstTetrahedron(points);
  if (start === undefined) return undefined;
  const [a, b, c, d] = start;
  let triangles: (readonly [number, number, number])[] = [
    [a, b, c],
    [a, d, b],
    [b, d, c],
    [c, d, a],
  ];
  const count = points.length / 3;
  for (let p = 0; p < count; p++) {
    const visible = triangles.filter((triangle) => side(points, triangle, p) > 0);
    if (visible.length === 0) continue;
    const edges = new Set<number>();
    for (const [u, v, w] of visible)
      for (const [f, t] of [
        [u, v],
        [v, w],
        [w, u],
      ] as const)
        edges.add(f * count + t);
    const seen = new Set(visible);
    triangles = triangles.filter((triangle) => !seen.has(triangle));
    for (const edge of edges) {
      const [f, t] = [Math.floor(edge / count), edge % count];
      if (!edges.has(t * count + f)) triangles.push([f, t, p]);
    }
  }
  return { triangles };
}

/** Positive where a point lies outside of a triangle: (v - u) x (w - u) . (p - u). */
function side(points: Int32Array, [u, v, w]: readonly [number, number, number], p: number): number {
  const [x, y, z] = [points[3 * u]!, points[3 * u + 1]!, points[3 * u + 2]!];
  const [ax, ay, az] = [points[3 * v]! - x, points[3 * v + 1]! - y, points[3 * v + 2]! - z];
  const [bx, by, bz] = [points[3 * w]! - x, points[3 * w + 1]! - y, points[3 * w + 2]! - z];
  const [cx, cy, cz] = [points[3 * p]! - x, points[3 * p + 1]! - y, points[3 * p + 2]! - z];
  return cx * (ay * bz - az * by) + cy * (az * bx - ax * bz) + cz * (ax * by - ay * bx);
}

/** Four points that span space, the fourth inside of (a, b, c). */
function firstTetrahedron(points: Int32Array): [number, number, number, number] | undefined {
  const count = points.length / 3;
  const at = (p: number): Vector => [points[3 * p]!, points[3 * p + 1]!, points[3 * p + 2]!];
  const same = (p: Vector, q: Vector): boolean => p.every((value, axis) => value === q[axis]);
  const a = 0;
  let b = 1;
  while (b < count && same(at(a), at(b))) b++;
  let c = b + 1;
  while (c < count && collinear(at(a), at(b), at(c))) c++;
  let d = c + 1;
  while (d < count && side(points, [a, b, c], d) === 0) d++;
  if (d >= count) return undefined;
  return side(points, [a, b, c], d) < 0 ? [a, b, c, d] : [a, c, b, d];
}

function collinear(a: Vector, b: Vector, c: Vector): boolean {
  const [px, py, pz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [qx, qy, qz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  return py * qz === pz * qy && pz * qx === px * qz && px * qy === py * qx;
}

/** Points of the hull in mm, as triangles of corners. */
export function hullTriangles(
  { triangles }: ConvexHull,
  points: Int32Array,
  spacing: Vector,
): [Vector, Vector, Vector][] {
  const place = (p: number): Vector => [
    (points[3 * p]! / 2) * spacing[0],
    (points[3 * p + 1]! / 2) * spacing[1],
    (points[3 * p + 2]! / 2) * spacing[2],
  ];
  return triangles.map(([u, v, w]) => [place(u), place(v), place(w)]);
}

/** Area in mm^2 and volume in mm^3 of a closed surface of outward triangles. */
export function surfaceMeasure(triangles: readonly (readonly [Vector, Vector, Vector])[]): {
  area: number;
  volume: number;
} {
  let area = 0;
  let volume = 0;
  for (const [u, v, w] of triangles) {
    const [ax, ay, az] = [v[0] - u[0], v[1] - u[1], v[2] - u[2]];
    const [bx, by, bz] = [w[0] - u[0], w[1] - u[1], w[2] - u[2]];
    const n: Vector = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    area += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 2;
    volume += (u[0] * n[0] + u[1] * n[1] + u[2] * n[2]) / 6;
  }
  return { area, volume };
}
