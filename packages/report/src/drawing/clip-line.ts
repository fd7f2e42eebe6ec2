type Point = [x: number, y: number];

/** A line as far as it lies between two heights: it ends on them, and breaks (NaN) where it is outside. */
export function clipLine(
  points: readonly (readonly [number, number])[],
  low: number,
  high = Number.POSITIVE_INFINITY,
): Point[] {
  const clipped: Point[] = [];
  points.forEach((to, index) => {
    const from = points[index - 1];
    if (from !== undefined && Number.isFinite(from[1]) && Number.isFinite(to[1])) {
      // in the order in which the line passes them
      const bounds = to[1] > from[1] ? [low, high] : [high, low];
      for (const bound of bounds)
        if (Number.isFinite(bound) && (from[1] - bound) * (to[1] - bound) < 0) {
          const share = (bound - from[1]) / (to[1] - from[1]);
          clipped.push([from[0] + share * (to[0] - from[0]), bound]);
        }
    }
    const inside = to[1] >= low && to[1] <= high;
    clipped.push([to[0], inside ? to[1] : Number.NaN]);
  });
  return clipped;
}
