/**
 * Neighbour offsets (dx, dy, dz) with max-norm 1 from (+,+,+) downward in (z, y, x), the first half: 13 in 3-D. An
 * offset as long as the box on an axis cannot join two voxels and is left out, so a one-slice region has 4.
 */
function directions(size: readonly [number, number, number]): readonly (readonly [number, number, number])[] {
  const found: [number, number, number][] = [];
  for (let dz = 1; dz >= -1; dz--) {
    for (let dy = 1; dy >= -1; dy--) {
      for (let dx = 1; dx >= -1; dx--) {
        const forward = dz > 0 || (dz === 0 && (dy > 0 || (dy === 0 && dx > 0)));
        const fits = Math.abs(dx) < size[0] && Math.abs(dy) < size[1] && Math.abs(dz) < size[2];
        if (forward && fits) found.push([dx, dy, dz]);
      }
    }
  }
  return found;
}

/** Step in a padded array for each direction. */
export function steps(
  size: readonly [number, number, number],
  strides: readonly [number, number, number],
): Int32Array {
  return Int32Array.from(
    directions(size),
    ([dx, dy, dz]) => dx * strides[0] + dy * strides[1] + dz * strides[2],
  );
}
