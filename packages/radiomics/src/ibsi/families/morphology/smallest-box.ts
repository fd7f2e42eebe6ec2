type Vector = readonly [number, number, number];

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vector): Vector => {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Length of the corners along a direction. */
function extentAlong(corners: readonly Vector[], direction: Vector): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const corner of corners) {
    const at = dot(corner, direction);
    if (at < low) low = at;
    if (at > high) high = at;
  }
  return high - low;
}

/**
 * Sides in mm of the smallest box with one face on a face of a convex hull and one side along an edge of that face.
 * The box of least volume need not have a face on the hull; IBSI leaves the method open and gives no reference value.
 * @param triangles of the hull, outward; @param corners its corners
 */
export function smallestBox(
  triangles: readonly (readonly [Vector, Vector, Vector])[],
  corners: readonly Vector[],
): Vector {
  let best: Vector = [Number.POSITIVE_INFINITY, 1, 1];
  const tried = new Set<string>();
  for (const [u, v, w] of triangles) {
    const normal = unit(cross(minus(v, u), minus(w, u)));
    const height = extentAlong(corners, normal);
    for (const edge of [minus(v, u), minus(w, v), minus(u, w)]) {
      const along = unit(edge);
      const across = cross(normal, along);
      const key = [...normal, ...along].map((value) => Math.abs(value).toFixed(9)).join();
      if (tried.has(key)) continue;
      tried.add(key);
      const sides: Vector = [height, extentAlong(corners, along), extentAlong(corners, across)];
      if (sides[0] * sides[1] * sides[2] < best[0] * best[1] * best[2]) best = sides;
    }
  }
  return best;
}
