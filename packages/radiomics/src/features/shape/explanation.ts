import { quantityTable } from '../evidence.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { principalVariances } from './axes.ts';
import { diameters } from './diameters.ts';
import { measureMesh } from './mesh.ts';

/** Mesh, principal variances and diameters: what the formulas name. */
export const explanation: FeatureExplanation = {
  ibsi: {
    Elongation: 'Q3CK',
    Flatness: 'N17B',
    LeastAxisLength: '7J51',
    MajorAxisLength: 'TDIC',
    Maximum3DDiameter: 'L0JK',
    MeshVolume: 'RNU0',
    MinorAxisLength: 'P9VJ',
    Sphericity: 'QCFX',
    SurfaceArea: 'C0JK',
    SurfaceVolumeRatio: '2PR5',
    VoxelVolume: 'YEKZ',
    Compactness1: 'SKGS',
    Compactness2: 'BQWJ',
    SphericalDisproportion: 'KRCK',
  },
  evidence: ({ mask, size, spacing }) => {
    const { area, volume } = measureMesh(mask, size, spacing);
    const [l1, l2, l3] = principalVariances(mask, size, spacing);
    const { maximum3D, slice, column, row } = diameters(mask, size, spacing);
    return [
      quantityTable('measured on the mask', {
        'voxels of the region': mask.reduce((sum, value) => sum + value, 0),
        'voxel volume, mm^3': spacing[0] * spacing[1] * spacing[2],
        'V, volume of the mesh, mm^3': volume,
        'A, area of the mesh, mm^2': area,
        'l1, principal variance, mm^2': l1,
        'l2, mm^2': l2,
        'l3, mm^2': l3,
        'largest distance of surface points, mm': maximum3D,
        'with equal z, mm': slice,
        'with equal y, mm': column,
        'with equal x, mm': row,
      }),
    ];
  },
};
