import { sizeTable } from '../../../features/evidence.ts';
import { forEachZone } from '../../../features/glszm/matrix.ts';
import { SizeCounter, type SizeMatrix, sizeFeatures } from '../../../features/size-matrix.ts';
import { type TextureView, undirected } from '../../aggregation.ts';
import { addMatrices } from '../size-matrices.ts';
import { textureFamily } from '../texture-family.ts';

/** Zones by level and distance, with the number of voxels that they hold. */
interface DistanceZones {
  readonly matrix: SizeMatrix;
  readonly voxels: number;
}

/** The distance of a zone is that of its voxel closest to the border of the morphological mask. */
function zonesOf({ volume, borderDistance }: TextureView): DistanceZones {
  const distance = borderDistance();
  let farthest = 0;
  for (const voxel of volume.voxels) farthest = Math.max(farthest, distance[voxel]!);
  const counter = new SizeCounter(volume.count, farthest);
  forEachZone(volume, (level, zone) => {
    let nearest = distance[zone[0]!]!;
    for (const voxel of zone) nearest = Math.min(nearest, distance[voxel]!);
    counter.add(level, nearest);
  });
  return { matrix: counter.matrix(volume.binOf), voxels: volume.voxels.length };
}

function measure({ matrix, voxels }: DistanceZones): Record<string, number> {
  const f = sizeFeatures(matrix, 0);
  return {
    dzm_sde: f.small,
    dzm_lde: f.large,
    dzm_lgze: f.lowLevel,
    dzm_hgze: f.highLevel,
    dzm_sdlge: f.smallLow,
    dzm_sdhge: f.smallHigh,
    dzm_ldlge: f.largeLow,
    dzm_ldhge: f.largeHigh,
    dzm_glnu: f.levelNonUniformity,
    dzm_glnu_norm: f.levelNonUniformity / f.total,
    dzm_zdnu: f.sizeNonUniformity,
    dzm_zdnu_norm: f.sizeNonUniformity / f.total,
    dzm_z_perc: f.total / voxels,
    dzm_gl_var: f.levelVariance,
    dzm_zd_var: f.sizeVariance,
    dzm_zd_entr: f.entropy,
  };
}

/** Grey level distance zone matrix. */
export const gldzm = textureFamily<DistanceZones>({
  name: 'gldzm',
  title: 'Grey level distance zone matrix',
  code: 'VMDZ',
  aggregations: undirected,
  matrices: (view) => [zonesOf(view)],
  reads: ['discretisation'],
  add: (parts) => ({
    matrix: addMatrices(parts.map(({ matrix }) => matrix)),
    voxels: parts.reduce((sum, { voxels }) => sum + voxels, 0),
  }),
  table: ({ matrix }, title) => sizeTable(title, 'distance from the border', matrix),
  measure,
  features: [
    { tag: 'dzm_sde', code: '0GBI', title: 'Small distance emphasis', formula: 'sum d_ij / j^2 / Ns' },
    { tag: 'dzm_lde', code: 'MB4I', title: 'Large distance emphasis', formula: 'sum d_ij j^2 / Ns' },
    { tag: 'dzm_lgze', code: 'S1RA', title: 'Low grey level zone emphasis', formula: 'sum d_ij / i^2 / Ns' },
    { tag: 'dzm_hgze', code: 'K26C', title: 'High grey level zone emphasis', formula: 'sum d_ij i^2 / Ns' },
    {
      tag: 'dzm_sdlge',
      code: 'RUVG',
      title: 'Small distance low grey level emphasis',
      formula: 'sum d_ij / (i^2 j^2) / Ns',
    },
    {
      tag: 'dzm_sdhge',
      code: 'DKNJ',
      title: 'Small distance high grey level emphasis',
      formula: 'sum d_ij i^2 / j^2 / Ns',
    },
    {
      tag: 'dzm_ldlge',
      code: 'A7WM',
      title: 'Large distance low grey level emphasis',
      formula: 'sum d_ij j^2 / i^2 / Ns',
    },
    {
      tag: 'dzm_ldhge',
      code: 'KLTH',
      title: 'Large distance high grey level emphasis',
      formula: 'sum d_ij i^2 j^2 / Ns',
    },
    { tag: 'dzm_glnu', code: 'VFT7', title: 'Grey level non-uniformity', formula: 'sum d_i.^2 / Ns' },
    {
      tag: 'dzm_glnu_norm',
      code: '7HP3',
      title: 'Normalised grey level non-uniformity',
      formula: 'sum d_i.^2 / Ns^2',
    },
    { tag: 'dzm_zdnu', code: 'V294', title: 'Zone distance non-uniformity', formula: 'sum d_.j^2 / Ns' },
    {
      tag: 'dzm_zdnu_norm',
      code: 'IATH',
      title: 'Normalised zone distance non-uniformity',
      formula: 'sum d_.j^2 / Ns^2',
    },
    { tag: 'dzm_z_perc', code: 'VIWW', title: 'Zone percentage', formula: 'Ns / Nv' },
    {
      tag: 'dzm_gl_var',
      code: 'QK93',
      title: 'Grey level variance',
      formula: 'variance of i under d_ij / Ns',
    },
    {
      tag: 'dzm_zd_var',
      code: '7WT1',
      title: 'Zone distance variance',
      formula: 'variance of j under d_ij / Ns',
    },
    {
      tag: 'dzm_zd_entr',
      code: 'GBDU',
      title: 'Zone distance entropy',
      formula: '-sum (d_ij / Ns) log2 (d_ij / Ns)',
    },
  ],
});
