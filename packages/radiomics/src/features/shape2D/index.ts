import type { FeatureClass, FeatureValue, Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';
import { measureSlice } from './measure-slice.ts';

function compute(region: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const { perimeter, area, major, minor, diameter, pixels, pixel } = measureSlice(region);
  const sphericity = (2 * Math.sqrt(Math.PI * area)) / perimeter;
  const all: Record<string, FeatureValue> = {
    Elongation: Math.sqrt(minor / major),
    MajorAxisLength: 4 * Math.sqrt(major),
    MaximumDiameter: diameter,
    MeshSurface: area,
    MinorAxisLength: 4 * Math.sqrt(minor),
    Perimeter: perimeter,
    PerimeterSurfaceRatio: perimeter / area,
    PixelSurface: pixels * pixel,
    Sphericity: sphericity,
    SphericalDisproportion: 1 / sphericity,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Size and form of a region in one slice (force2D); A mesh area, P perimeter, l1 >= l2 principal variances. */
export const shape2D = {
  name: 'shape2D',
  onMask: true,
  explanation,
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
