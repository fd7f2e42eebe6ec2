import { pow } from '@sentinode/core';
import { type FeatureClass, type FeatureValue, finiteOr, type Region } from '../feature-class.ts';
import { principalVariances } from './axes.ts';
import { diameters } from './diameters.ts';
import { explanation } from './explanation.ts';
import { measureMesh } from './mesh.ts';

function compute({ mask, size, spacing }: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const { area, volume } = measureMesh(mask, size, spacing);
  const [major, minor, least] = principalVariances(mask, size, spacing);
  const lengths = diameters(mask, size, spacing);
  let voxels = 0;
  for (const value of mask) voxels += value;
  const sphere = pow(36 * Math.PI * volume * volume, 1 / 3);
  const axis = (variance: number): FeatureValue =>
    finiteOr(4 * Math.sqrt(variance), 'rounding made a principal variance negative');
  const ratio = (variance: number): FeatureValue =>
    finiteOr(Math.sqrt(variance / major), 'the region has no extent');
  const all: Record<string, FeatureValue> = {
    Elongation: ratio(minor),
    Flatness: ratio(least),
    LeastAxisLength: axis(least),
    MajorAxisLength: axis(major),
    Maximum2DDiameterColumn: lengths.column,
    Maximum2DDiameterRow: lengths.row,
    Maximum2DDiameterSlice: lengths.slice,
    Maximum3DDiameter: lengths.maximum3D,
    MeshVolume: volume,
    MinorAxisLength: axis(minor),
    Sphericity: sphere / area,
    SurfaceArea: area,
    SurfaceVolumeRatio: area / volume,
    VoxelVolume: voxels * spacing[0] * spacing[1] * spacing[2],
    Compactness1: volume / (area * Math.sqrt(area) * Math.sqrt(Math.PI)),
    Compactness2: (36 * Math.PI * volume * volume) / (area * area * area),
    SphericalDisproportion: area / sphere,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Size and form of the region; V mesh volume, A surface area, l1 >= l2 >= l3 principal variances. */
export const shape = {
  name: 'shape',
  onMask: true,
  explanation,
  features: [
    { name: 'Elongation', formula: 'sqrt(l2 / l1)' },
    { name: 'Flatness', formula: 'sqrt(l3 / l1)' },
    { name: 'LeastAxisLength', formula: '4 sqrt(l3), mm' },
    { name: 'MajorAxisLength', formula: '4 sqrt(l1), mm' },
    { name: 'Maximum2DDiameterColumn', formula: 'largest distance of surface points with equal y, mm' },
    { name: 'Maximum2DDiameterRow', formula: 'largest distance of surface points with equal x, mm' },
    { name: 'Maximum2DDiameterSlice', formula: 'largest distance of surface points with equal z, mm' },
    { name: 'Maximum3DDiameter', formula: 'largest distance of surface points, mm' },
    { name: 'MeshVolume', formula: 'V, mm^3' },
    { name: 'MinorAxisLength', formula: '4 sqrt(l2), mm' },
    { name: 'Sphericity', formula: '(36 pi V^2)^(1/3) / A' },
    { name: 'SurfaceArea', formula: 'A, mm^2' },
    { name: 'SurfaceVolumeRatio', formula: 'A / V, 1/mm' },
    { name: 'VoxelVolume', formula: 'number of voxels times voxel volume, mm^3' },
    { name: 'Compactness1', formula: 'V / (A^1.5 sqrt(pi)); only by name' },
    { name: 'Compactness2', formula: '36 pi V^2 / A^3; only by name' },
    { name: 'SphericalDisproportion', formula: '1 / Sphericity; only by name' },
  ],
  compute,
} satisfies FeatureClass;
