import { sizeTable } from '../../../features/evidence.ts';
import { zoneMatrix } from '../../../features/glszm/matrix.ts';
import { type SizeMatrix, sizeFeatures } from '../../../features/size-matrix.ts';
import { undirected } from '../../aggregation.ts';
import { addMatrices } from '../size-matrices.ts';
import { textureFamily } from '../texture-family.ts';

function measure(matrix: SizeMatrix): Record<string, number> {
  const f = sizeFeatures(matrix, 0);
  return {
    szm_sze: f.small,
    szm_lze: f.large,
    szm_lgze: f.lowLevel,
    szm_hgze: f.highLevel,
    szm_szlge: f.smallLow,
    szm_szhge: f.smallHigh,
    szm_lzlge: f.largeLow,
    szm_lzhge: f.largeHigh,
    szm_glnu: f.levelNonUniformity,
    szm_glnu_norm: f.levelNonUniformity / f.total,
    szm_zsnu: f.sizeNonUniformity,
    szm_zsnu_norm: f.sizeNonUniformity / f.total,
    szm_z_perc: f.total / f.weighted,
    szm_gl_var: f.levelVariance,
    szm_zs_var: f.sizeVariance,
    szm_zs_entr: f.entropy,
  };
}

/** Grey level size zone matrix. */
export const glszm = textureFamily<SizeMatrix>({
  name: 'glszm',
  title: 'Grey level size zone matrix',
  code: '9SAK',
  aggregations: undirected,
  matrices: ({ volume }) => [zoneMatrix(volume)],
  reads: ['discretisation'],
  add: addMatrices,
  table: (matrix, title) => sizeTable(title, 'voxels of the zone', matrix),
  measure,
  features: [
    { tag: 'szm_sze', code: '5QRC', title: 'Small zone emphasis', formula: 'sum s_ij / j^2 / Ns' },
    { tag: 'szm_lze', code: '48P8', title: 'Large zone emphasis', formula: 'sum s_ij j^2 / Ns' },
    { tag: 'szm_lgze', code: 'XMSY', title: 'Low grey level zone emphasis', formula: 'sum s_ij / i^2 / Ns' },
    { tag: 'szm_hgze', code: '5GN9', title: 'High grey level zone emphasis', formula: 'sum s_ij i^2 / Ns' },
    {
      tag: 'szm_szlge',
      code: '5RAI',
      title: 'Small zone low grey level emphasis',
      formula: 'sum s_ij / (i^2 j^2) / Ns',
    },
    {
      tag: 'szm_szhge',
      code: 'HW1V',
      title: 'Small zone high grey level emphasis',
      formula: 'sum s_ij i^2 / j^2 / Ns',
    },
    {
      tag: 'szm_lzlge',
      code: 'YH51',
      title: 'Large zone low grey level emphasis',
      formula: 'sum s_ij j^2 / i^2 / Ns',
    },
    {
      tag: 'szm_lzhge',
      code: 'J17V',
      title: 'Large zone high grey level emphasis',
      formula: 'sum s_ij i^2 j^2 / Ns',
    },
    { tag: 'szm_glnu', code: 'JNSA', title: 'Grey level non-uniformity', formula: 'sum s_i.^2 / Ns' },
    {
      tag: 'szm_glnu_norm',
      code: 'Y1RO',
      title: 'Normalised grey level non-uniformity',
      formula: 'sum s_i.^2 / Ns^2',
    },
    { tag: 'szm_zsnu', code: '4JP3', title: 'Zone size non-uniformity', formula: 'sum s_.j^2 / Ns' },
    {
      tag: 'szm_zsnu_norm',
      code: 'VB3A',
      title: 'Normalised zone size non-uniformity',
      formula: 'sum s_.j^2 / Ns^2',
    },
    { tag: 'szm_z_perc', code: 'P30P', title: 'Zone percentage', formula: 'Ns / Nv' },
    {
      tag: 'szm_gl_var',
      code: 'BYLV',
      title: 'Grey level variance',
      formula: 'variance of i under s_ij / Ns',
    },
    {
      tag: 'szm_zs_var',
      code: '3NSA',
      title: 'Zone size variance',
      formula: 'variance of j under s_ij / Ns',
    },
    {
      tag: 'szm_zs_entr',
      code: 'GU8N',
      title: 'Zone size entropy',
      formula: '-sum (s_ij / Ns) log2 (s_ij / Ns)',
    },
  ],
});
