import { SentinodeError } from '@sentinode/core';
import { stillAxis } from '../../parameters/settings.ts';
import type { Region } from '../feature-class.ts';
import { principalVariances } from '../shape/axes.ts';
import { diameters } from '../shape/diameters.ts';
import { measureOutline } from './outline.ts';

/** What the formulas of a region in one slice are made of; mm and mm^2. */
export interface SliceMeasures {
  readonly perimeter: number;
  /** Area of the mesh. */
  readonly area: number;
  /** Principal variances, the larger first. */
  readonly major: number;
  readonly minor: number;
  /** Largest distance of outline points. */
  readonly diameter: number;
  readonly pixels: number;
  /** Area of a pixel. */
  readonly pixel: number;
}

/** @throws SentinodeError `region-not-flat` */
export function measureSlice({ mask, size, spacing, settings }: Region): SliceMeasures {
  const across = stillAxis(settings) ?? 2;
  if (size[across] > 1)
    throw new SentinodeError(
      'region-not-flat',
      `shape2D measures one slice, and the region spans ${size[across]} along ${'xyz'[across]} (force2Ddimension ${2 - across}). Leave shape2D out, or draw the region in one slice.`,
      { field: 'featureClass.shape2D' },
    );
  const [columnAxis, rowAxis] = ([0, 1, 2] as const).filter((axis) => axis !== across) as [0 | 1, 1 | 2];
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [rows, columns] = [size[rowAxis], size[columnAxis]];
  const inside = (row: number, column: number): boolean =>
    row >= 0 &&
    column >= 0 &&
    row < rows &&
    column < columns &&
    mask[row * strides[rowAxis] + column * strides[columnAxis]] !== 0;
  const outline = measureOutline(inside, [rows, columns], [spacing[rowAxis], spacing[columnAxis]]);
  const [major, minor] = principalVariances(mask, size, spacing);
  const { slice, column, row } = diameters(mask, size, spacing);
  return {
    ...outline,
    major,
    minor,
    diameter: [row, column, slice][across]!,
    pixels: mask.reduce((sum, value) => sum + value, 0),
    pixel: spacing[rowAxis] * spacing[columnAxis],
  };
}
