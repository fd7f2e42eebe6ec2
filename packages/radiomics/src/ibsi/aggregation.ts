import type { Neighbourhood } from '../kernels/directions.ts';
import type { LevelVolume } from '../kernels/level-volume.ts';
import type { IbsiRegion } from './region.ts';

/** How matrices of slices and directions become one value. */
export interface Aggregation {
  /** End of the tag in the reference value tables, e.g. `2_5D_comb`. */
  readonly suffix: string;
  /** Code of the IBSI reference manual. */
  readonly code: string;
  readonly title: string;
  /** As in the parameter file. */
  readonly dimension: '2D' | '2.5D' | '3D';
  /** Matrices of which slices and directions are added before features are computed. */
  readonly merge: { readonly slices: boolean; readonly directions: boolean };
}

/** For matrices with one per direction: co-occurrence and run length. */
export const directional: readonly Aggregation[] = [
  {
    suffix: '2D_avg',
    code: 'BTW3',
    title: '2D, averaged',
    dimension: '2D',
    merge: { slices: false, directions: false },
  },
  {
    suffix: '2D_comb',
    code: 'SUJT',
    title: '2D, slice-merged',
    dimension: '2D',
    merge: { slices: false, directions: true },
  },
  {
    suffix: '2_5D_avg',
    code: 'JJUI',
    title: '2.5D, direction-merged',
    dimension: '2.5D',
    merge: { slices: true, directions: false },
  },
  {
    suffix: '2_5D_comb',
    code: 'ZW7Z',
    title: '2.5D, merged',
    dimension: '2.5D',
    merge: { slices: true, directions: true },
  },
  {
    suffix: '3D_avg',
    code: 'ITBB',
    title: '3D, averaged',
    dimension: '3D',
    merge: { slices: true, directions: false },
  },
  {
    suffix: '3D_comb',
    code: 'IAZD',
    title: '3D, merged',
    dimension: '3D',
    merge: { slices: true, directions: true },
  },
];

/** For matrices without directions: zones and neighbourhoods. */
export const undirected: readonly Aggregation[] = [
  {
    suffix: '2D',
    code: '8QNN',
    title: '2D, averaged',
    dimension: '2D',
    merge: { slices: false, directions: true },
  },
  {
    suffix: '2_5D',
    code: '62GR',
    title: '2.5D, merged',
    dimension: '2.5D',
    merge: { slices: true, directions: true },
  },
  { suffix: '3D', code: 'KOBO', title: '3D', dimension: '3D', merge: { slices: true, directions: true } },
];

/** The part of a region that one matrix describes: a slice, or all of it. */
export interface TextureView {
  readonly volume: LevelVolume;
  readonly dimensions: 2 | 3;
  /** City block distance of each voxel of the padded array to the outside of the morphological mask, within the view. */
  readonly borderDistance: () => Int32Array;
}

/**
 * Kernels leave out directions along which the box is too short; by IBSI those count too (in a region one voxel thick
 * every run across it has length 1), so the box is taken to be long enough. The border keeps every step in the array.
 */
const roomy = (extent: number, border: number): number => Math.max(extent, border + 1);

/** Neighbours up to a Chebyshev distance; those beyond the border of the array lie outside the region. */
export function within(distance: number, { border }: LevelVolume): Neighbourhood {
  return { distances: Array.from({ length: Math.min(distance, border) }, (_, k) => k + 1) };
}

/** Slices that hold a voxel of the intensity mask, or the whole region. */
function viewsOf(region: IbsiRegion, dimension: Aggregation['dimension']): TextureView[] {
  const { volume } = region.discretised();
  const { border } = volume;
  const [nx, ny, nz] = volume.size.map((extent) => roomy(extent, border)) as [number, number, number];
  if (dimension === '3D')
    return [
      {
        volume: { ...volume, size: [nx, ny, nz] },
        dimensions: 3,
        borderDistance: () => region.borderDistance(3),
      },
    ];
  const plane = volume.strides[2];
  const bySlice = new Map<number, number[]>();
  for (const voxel of volume.voxels) {
    const z = Math.floor(voxel / plane);
    const found = bySlice.get(z);
    if (found === undefined) bySlice.set(z, [voxel - z * plane]);
    else found.push(voxel - z * plane);
  }
  return [...bySlice].map(([z, voxels]) => ({
    volume: {
      ...volume,
      size: [nx, ny, 1],
      levels: volume.levels.subarray(z * plane, (z + 1) * plane),
      voxels: Int32Array.from(voxels),
    },
    dimensions: 2,
    borderDistance: () => region.borderDistance(2).subarray(z * plane, (z + 1) * plane),
  }));
}

/**
 * Matrices to compute features from, each merged as the aggregation says; features are then averaged over them.
 * @param matrices those of one view, one per direction in a fixed order
 */
export function aggregate<M>(
  region: IbsiRegion,
  { dimension, merge }: Aggregation,
  matrices: (view: TextureView) => readonly M[],
  add: (parts: readonly M[]) => M,
): M[] {
  const perView = viewsOf(region, dimension).map(matrices);
  const slices = merge.slices ? [perView] : perView.map((one) => [one]);
  return slices.flatMap((group) => {
    if (merge.directions) return [add(group.flat())];
    return group[0]!.map((_, direction) => add(group.map((one) => one[direction]!)));
  });
}
