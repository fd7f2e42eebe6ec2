type Offset = readonly [number, number, number];

/** Neighbour offsets (dx, dy, dz) with max-norm 1 from (+,+,+) downward in (z, y, x), the first half: 13. */
function allDirections(): readonly Offset[] {
  const found: Offset[] = [];
  for (let dz = 1; dz >= -1; dz--) {
    for (let dy = 1; dy >= -1; dy--) {
      for (let dx = 1; dx >= -1; dx--) {
        const forward = dz > 0 || (dz === 0 && (dy > 0 || (dy === 0 && dx > 0)));
        if (forward) found.push([dx, dy, dz]);
      }
    }
  }
  return found;
}

const stepOf = ([dx, dy, dz]: Offset, strides: Offset): number =>
  dx * strides[0] + dy * strides[1] + dz * strides[2];

/**
 * Step in a padded array for each direction. An offset as long as the box on an axis cannot join two voxels and is left
 * out, so a one-slice region has 4.
 */
export function steps(size: Offset, strides: Offset): Int32Array {
  const fitting = allDirections().filter((offset) => offset.every((d, axis) => Math.abs(d) < size[axis]!));
  return Int32Array.from(fitting, (offset) => stepOf(offset, strides));
}
