/** A closed polygon in pixel units; pixel centres are whole numbers. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/**
 * Turns over every pixel of a plane whose centre lies inside a polygon, by the even-odd rule. Called for each contour
 * of a slice, it leaves holes where one contour lies within another, follows keyholes, and joins separate pieces.
 * A centre on a left or lower edge is inside, on a right or upper edge outside, so that neighbours share no pixel.
 * @param plane values 0 and 1, columns * rows
 */
export function fillPolygon(plane: Uint8Array, columns: number, rows: number, polygon: Polygon): void {
  const lowest = Math.max(0, Math.ceil(Math.min(...polygon.map(([, y]) => y))));
  const highest = Math.min(rows - 1, Math.floor(Math.max(...polygon.map(([, y]) => y))));
  for (let y = lowest; y <= highest; y++) {
    const crossings = crossingsAt(polygon, y);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil(crossings[pair]));
      const last = Math.min(columns, Math.ceil(crossings[pair + 1]));
      for (let x = first; x < last; x++) plane[y * columns + x] ^= 1;
    }
  }
}

/** Places where the edges cross a row, in order. An edge counts with its lower end and without its upper one. */
function crossingsAt(polygon: Polygon, y: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < polygon.length; at++) {
    const [x0, y0] = polygon[at];
    const [x1, y1] = polygon[(at + 1) % polygon.length];
    if (y0 <= y === y1 <= y) continue;
    found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return found.sort((a, b) => a - b);
}
