import type { Geometry, Volume } from '@sentinode/volume';
import type { Picture } from '../picture/picture.ts';

/** How a volume is cut into axial pictures: which index axis runs where, and whether it runs backwards. */
export interface AxialView {
  /** Index axis across the slices, along the columns and along the rows of a picture. */
  readonly slice: number;
  readonly column: number;
  readonly row: number;
  /** Columns run from the patient's right to the left, rows from front to back. */
  readonly flipColumn: boolean;
  readonly flipRow: boolean;
  /** Slices run from the head to the feet. */
  readonly flipSlice: boolean;
}

/** The axial view of a grid: the axis nearest to head-foot cuts, the others are turned into standard orientation. */
export function axialView({ direction }: Geometry): AxialView {
  const component = (world: number, axis: number): number => direction[world * 3 + axis]!;
  const nearest = (world: number, axes: readonly number[]): number =>
    axes.reduce((best, axis) =>
      Math.abs(component(world, axis)) > Math.abs(component(world, best)) ? axis : best,
    );
  const slice = nearest(2, [2, 1, 0]);
  const column = nearest(
    0,
    [0, 1, 2].filter((axis) => axis !== slice),
  );
  const row = 3 - slice - column;
  return {
    slice,
    column,
    row,
    flipColumn: component(0, column) < 0,
    flipRow: component(1, row) < 0,
    flipSlice: component(2, slice) < 0,
  };
}

/** One axial slice of a volume in standard orientation. */
export function slicePicture(
  volume: Pick<Volume, 'geometry'> & { readonly data: ArrayLike<number> },
  view: AxialView,
  index: number,
): Picture {
  const { size } = volume.geometry;
  const strides = [1, size[0], size[0] * size[1]];
  const width = size[view.column]!;
  const height = size[view.row]!;
  const values = new Float64Array(width * height);
  for (let r = 0; r < height; r++) {
    const row = view.flipRow ? height - 1 - r : r;
    for (let c = 0; c < width; c++) {
      const column = view.flipColumn ? width - 1 - c : c;
      values[r * width + c] =
        volume.data[
          index * strides[view.slice]! + row * strides[view.row]! + column * strides[view.column]!
        ]!;
    }
  }
  return { width, height, values };
}
