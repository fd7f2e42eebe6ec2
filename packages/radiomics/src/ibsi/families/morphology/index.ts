import { pow } from '@sentinode/core';
import { quantityTable } from '../../../features/evidence.ts';
import { type FeatureValue, finiteOr } from '../../../features/feature-class.ts';
import { principalVariances } from '../../../features/shape/axes.ts';
import { maximumDiameter, outermostPoints } from '../../../features/shape/diameters.ts';
import { measureMesh } from '../../../features/shape/mesh.ts';
import type { IbsiRegion } from '../../region.ts';
import type { IbsiFamily } from '../family.ts';
import { enclosures } from './enclosures.ts';
import { spatialAutocorrelation } from './spatial.ts';

/** Mesh, number of voxels and variances along the principal axes, largest first. */
function measureForm({ morphological, size, spacing }: IbsiRegion): {
  area: number;
  volume: number;
  voxels: number;
  variances: [number, number, number];
} {
  let voxels = 0;
  for (const value of morphological) voxels += value;
  // sample covariance: the reference values hold with a divisor of one less than the number of voxels
  const sample = voxels / Math.max(1, voxels - 1);
  const variances = principalVariances(morphological, size, spacing).map((variance) => variance * sample);
  return {
    ...measureMesh(morphological, size, spacing),
    voxels,
    variances: variances as [number, number, number],
  };
}

function quantities(region: IbsiRegion): Record<string, number> {
  const { area, volume, voxels, variances } = measureForm(region);
  return {
    'A, mm^2': area,
    'V, mm^3': volume,
    'voxels of the morphological mask': voxels,
    'voxels of the intensity mask': region.values.length,
    'l1, mm^2': variances[0],
    'l2, mm^2': variances[1],
    'l3, mm^2': variances[2],
  };
}

function compute(region: IbsiRegion): Record<string, FeatureValue> {
  const { morphological, size, spacing, values } = region;
  const { area, volume, voxels, variances } = measureForm(region);
  const [major, minor, least] = variances;
  const points = outermostPoints(morphological, size);
  const compactness2 = (36 * Math.PI * volume * volume) / (area * area * area);
  const sphericity = pow(compactness2, 1 / 3);
  const axis = (variance: number): FeatureValue =>
    finiteOr(4 * Math.sqrt(variance), 'rounding made a principal variance negative');
  const ratio = (variance: number): FeatureValue =>
    finiteOr(Math.sqrt(variance / major), 'the region has no extent');
  const { moran, geary } = spatialAutocorrelation(region);
  return {
    morph_volume: volume,
    morph_vol_approx: voxels * spacing[0] * spacing[1] * spacing[2],
    morph_area_mesh: area,
    morph_av: area / volume,
    morph_comp_1: volume / (Math.sqrt(Math.PI) * area * Math.sqrt(area)),
    morph_comp_2: compactness2,
    morph_sph_dispr: 1 / sphericity,
    morph_sphericity: sphericity,
    morph_asphericity: 1 / sphericity - 1,
    morph_com: centreShift(region),
    morph_diam: maximumDiameter(points, spacing),
    morph_pca_maj_axis: axis(major),
    morph_pca_min_axis: axis(minor),
    morph_pca_least_axis: axis(least),
    morph_pca_elongation: ratio(minor),
    morph_pca_flatness: ratio(least),
    ...enclosures({ area, volume }, points, spacing, [major, minor, least]),
    morph_integ_int: (values.reduce((sum, value) => sum + value, 0) / values.length) * volume,
    morph_moran_i: moran,
    morph_geary_c: geary,
  };
}

/** Distance in mm between the centre of the morphological mask and the intensity-weighted centre. */
function centreShift({ morphological, inBox, values, size, spacing }: IbsiRegion): FeatureValue {
  const place = (at: number): [number, number, number] => [
    (at % size[0]) * spacing[0],
    (Math.floor(at / size[0]) % size[1]) * spacing[1],
    Math.floor(at / (size[0] * size[1])) * spacing[2],
  ];
  const centre = [0, 0, 0];
  let count = 0;
  morphological.forEach((inside, at) => {
    if (inside === 0) return;
    count++;
    place(at).forEach((mm, a) => {
      centre[a]! += mm;
    });
  });
  const weighted = [0, 0, 0];
  let total = 0;
  values.forEach((value, i) => {
    total += value;
    place(inBox[i]!).forEach((mm, a) => {
      weighted[a]! += value * mm;
    });
  });
  if (total === 0) return { undefined: 'the intensities sum to 0' };
  const squared = centre.reduce((sum, mm, a) => {
    const d = mm / count - weighted[a]! / total;
    return sum + d * d;
  }, 0);
  return Math.sqrt(squared);
}

/** Size and form of the morphological mask. V mesh volume, A mesh area, l1 >= l2 >= l3 principal variances (divisor Nv - 1). */
export const morphology = {
  name: 'morphology',
  title: 'Morphology',
  code: 'HCUG',
  aggregations: [],
  baseOnly: true,
  reads: [],
  compute,
  evidence: (region) => [quantityTable('mesh and principal axes', quantities(region))],
  features: [
    { tag: 'morph_volume', code: 'RNU0', unit: 'mm^3', title: 'Volume (mesh)', formula: 'V, mm^3' },
    {
      tag: 'morph_vol_approx',
      code: 'YEKZ',
      unit: 'mm^3',
      title: 'Volume (voxel counting)',
      formula: 'voxels times voxel volume, mm^3',
    },
    { tag: 'morph_area_mesh', code: 'C0JK', unit: 'mm^2', title: 'Surface area (mesh)', formula: 'A, mm^2' },
    { tag: 'morph_av', code: '2PR5', unit: '1/mm', title: 'Surface to volume ratio', formula: 'A / V' },
    { tag: 'morph_comp_1', code: 'SKGS', title: 'Compactness 1', formula: 'V / (sqrt(pi) A^1.5)' },
    { tag: 'morph_comp_2', code: 'BQWJ', title: 'Compactness 2', formula: '36 pi V^2 / A^3' },
    {
      tag: 'morph_sph_dispr',
      code: 'KRCK',
      title: 'Spherical disproportion',
      formula: 'A / (36 pi V^2)^(1/3)',
    },
    { tag: 'morph_sphericity', code: 'QCFX', title: 'Sphericity', formula: '(36 pi V^2)^(1/3) / A' },
    {
      tag: 'morph_asphericity',
      code: '25C7',
      title: 'Asphericity',
      formula: '(A^3 / (36 pi V^2))^(1/3) - 1',
    },
    {
      tag: 'morph_com',
      code: 'KLMA',
      unit: 'mm',
      title: 'Centre of mass shift',
      formula: 'distance of the centres of morphological mask and of intensities, mm',
    },
    {
      tag: 'morph_diam',
      code: 'L0JK',
      unit: 'mm',
      title: 'Maximum 3D diameter',
      formula: 'largest distance of mesh vertices, mm',
    },
    {
      tag: 'morph_pca_maj_axis',
      code: 'TDIC',
      unit: 'mm',
      title: 'Major axis length',
      formula: '4 sqrt(l1), mm',
    },
    {
      tag: 'morph_pca_min_axis',
      code: 'P9VJ',
      unit: 'mm',
      title: 'Minor axis length',
      formula: '4 sqrt(l2), mm',
    },
    {
      tag: 'morph_pca_least_axis',
      code: '7J51',
      unit: 'mm',
      title: 'Least axis length',
      formula: '4 sqrt(l3), mm',
    },
    { tag: 'morph_pca_elongation', code: 'Q3CK', title: 'Elongation', formula: 'sqrt(l2 / l1)' },
    { tag: 'morph_pca_flatness', code: 'N17B', title: 'Flatness', formula: 'sqrt(l3 / l1)' },
    {
      tag: 'morph_vol_dens_aabb',
      code: 'PBX1',
      title: 'Volume density (AABB)',
      formula: 'V / box along the axes',
    },
    { tag: 'morph_area_dens_aabb', code: 'R59B', title: 'Area density (AABB)', formula: 'A / its surface' },
    {
      tag: 'morph_vol_dens_ombb',
      code: 'ZH1A',
      title: 'Volume density (OMBB)',
      formula: 'V / smallest box with a face on a face of the convex hull; no reference value',
    },
    {
      tag: 'morph_area_dens_ombb',
      code: 'IQYR',
      title: 'Area density (OMBB)',
      formula: 'A / its surface; no reference value',
    },
    {
      tag: 'morph_vol_dens_aee',
      code: '6BDE',
      title: 'Volume density (AEE)',
      formula: 'V / ellipsoid with semi-axes 2 sqrt(l1), 2 sqrt(l2), 2 sqrt(l3)',
    },
    {
      tag: 'morph_area_dens_aee',
      code: 'RDD2',
      title: 'Area density (AEE)',
      formula: 'A / its surface (20 terms)',
    },
    {
      tag: 'morph_vol_dens_mvee',
      code: 'SWZ1',
      title: 'Volume density (MVEE)',
      formula: 'V / smallest enclosing ellipsoid; no reference value',
    },
    {
      tag: 'morph_area_dens_mvee',
      code: 'BRI8',
      title: 'Area density (MVEE)',
      formula: 'A / its surface; no reference value',
    },
    {
      tag: 'morph_vol_dens_conv_hull',
      code: 'R3ER',
      title: 'Volume density (convex hull)',
      formula: 'V / V of the hull',
    },
    {
      tag: 'morph_area_dens_conv_hull',
      code: '7T7F',
      title: 'Area density (convex hull)',
      formula: 'A / A of the hull',
    },
    {
      tag: 'morph_integ_int',
      code: '99N0',
      unit: 'intensity mm^3',
      title: 'Integrated intensity',
      formula: 'mean intensity times V',
    },
    {
      tag: 'morph_moran_i',
      code: 'N365',
      title: "Moran's I index",
      formula: '(Nv / sum w) sum w_ab (X_a - mu)(X_b - mu) / sum (X - mu)^2, w = 1 / distance',
    },
    {
      tag: 'morph_geary_c',
      code: 'NPT7',
      title: "Geary's C measure",
      formula: '((Nv - 1) / (2 sum w)) sum w_ab (X_a - X_b)^2 / sum (X - mu)^2',
    },
  ],
} satisfies IbsiFamily;
