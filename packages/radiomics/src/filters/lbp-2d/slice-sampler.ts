import type { Volume } from '@sentinode/volume';

type Axis = 0 | 1 | 2;

/** Which axis of a volume (x, y, z) numbers its slices, and which run along their rows and columns. */
export interface SliceAxes {
  readonly slice: Axis;
  readonly row: Axis;
  readonly column: Axis;
}

/** Slices across an axis in the reference's numbering (0 z, 1 y, 2 x); the other two keep their order z, y, x. */
export function sliceAxes(dimension: 0 | 1 | 2): SliceAxes {
  if (dimension === 0) return { slice: 2, row: 1, column: 0 };
  return dimension === 1 ? { slice: 1, row: 2, column: 0 } : { slice: 0, row: 1, column: 2 };
}

/** Nearest whole number, halves to the even one (as NumPy rounds). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Bilinear value of a slice at a place between its voxels; 0 outside. */
export function sliceSampler(
  image: Volume,
  axes: SliceAxes,
): (slice: number, row: number, column: number) => number {
  const { size } = image.geometry;
  const strides = [1, size[0], size[0] * size[1]] as const;
  const rows = size[axes.row];
  const columns = size[axes.column];
  const at = (base: number, row: number, column: number): number =>
    row < 0 || column < 0 || row >= rows || column >= columns
      ? 0
      : image.data[base + row * strides[axes.row] + column * strides[axes.column]]!;
  return (slice, row, column) => {
    const base = slice * strides[axes.slice];
    const top = Math.floor(row);
    const bottom = Math.ceil(row);
    const left = Math.floor(column);
    const right = Math.ceil(column);
    const down = row - top;
    const across = column - left;
    const upper = (1 - across) * at(base, top, left) + across * at(base, top, right);
    const lower = (1 - across) * at(base, bottom, left) + across * at(base, bottom, right);
    return (1 - down) * upper + down * lower;
  };
}
