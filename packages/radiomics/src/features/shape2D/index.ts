import { SentinodeError } from '@sentinode/core';
import { stillAxis } from '../../parameters/settings.ts';
import type { FeatureClass, FeatureValue, Region } from '../feature-class.ts';
import { principalVariances } from '../shape/axes.ts';
import { diameters } from '../shape/diameters.ts';
import { measureOutline } from './outline.ts';

function compute(
  { mask, size, spacing, settings }: Region,
  wanted: readonly string[],
): Record<string, FeatureValue> {
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
  const pixel = spacing[rowAxis] * spacing[columnAxis];
  const { perimeter, area } = measureOutline(
    inside,
    [rows, columns],
    [spacing[rowAxis], spacing[columnAxis]],
  );
  const [major, minor] = principalVariances(mask, size, spacing);
  const { slice, column, row } = diameters(mask, size, spacing);
  const sphericity = (2 * Math.sqrt(Math.PI * area)) / perimeter;
  const all: Record<string, FeatureValue> = {
    Elongation: Math.sqrt(minor / major),
    MajorAxisLength: 4 * Math.sqrt(major),
    MaximumDiameter: [row, column, slice][across]!,
    MeshSurface: area,
    MinorAxisLength: 4 * Math.sqrt(minor),
    Perimeter: perimeter,
    PerimeterSurfaceRatio: perimeter / area,
    PixelSurface: mask.reduce((sum, value) => sum + value, 0) * pixel,
    Sphericity: sphericity,
    SphericalDisproportion: 1 / sphericity,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Size and form of a region in one slice (force2D); A mesh area, P perimeter, l1 >= l2 principal variances. */
export const shape2D = {
  name: 'shape2D',
  onMask: true,
  features: [
    { name: 'Elongation', formula: 'sqrt(l2 / l1)' },
    { name: 'MajorAxisLength', formula: '4 sqrt(l1), mm' },
    { name: 'MaximumDiameter', formula: 'largest distance of outline points, mm' },
    { name: 'MeshSurface', formula: 'A, mm^2' },
    { name: 'MinorAxisLength', formula: '4 sqrt(l2), mm' },
    { name: 'Perimeter', formula: 'P, mm' },
    { name: 'PerimeterSurfaceRatio', formula: 'P / A, 1/mm' },
    { name: 'PixelSurface', formula: 'number of pixels times pixel area, mm^2' },
    { name: 'Sphericity', formula: '2 sqrt(pi A) / P' },
    { name: 'SphericalDisproportion', formula: '1 / Sphericity; only by name' },
  ],
  compute,
} satisfies FeatureClass;
