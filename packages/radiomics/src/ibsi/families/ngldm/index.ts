import { sizeTable } from '../../../features/evidence.ts';
import { dependenceMatrix } from '../../../features/gldm/matrix.ts';
import { type SizeMatrix, sizeFeatures } from '../../../features/size-matrix.ts';
import { undirected, within } from '../../aggregation.ts';
import { addMatrices } from '../size-matrices.ts';
import { textureFamily } from '../texture-family.ts';

function measure(matrix: SizeMatrix): Record<string, number> {
  const f = sizeFeatures(matrix, 0);
  let energy = 0;
  for (const n of matrix.counts) energy += (n / f.total) * (n / f.total);
  return {
    ngl_lde: f.small,
    ngl_hde: f.large,
    ngl_lgce: f.lowLevel,
    ngl_hgce: f.highLevel,
    ngl_ldlge: f.smallLow,
    ngl_ldhge: f.smallHigh,
    ngl_hdlge: f.largeLow,
    ngl_hdhge: f.largeHigh,
    ngl_glnu: f.levelNonUniformity,
    ngl_glnu_norm: f.levelNonUniformity / f.total,
    ngl_dcnu: f.sizeNonUniformity,
    ngl_dcnu_norm: f.sizeNonUniformity / f.total,
    // every voxel has a dependence count, so Ns is Nv
    ngl_dc_perc: 1,
    ngl_gl_var: f.levelVariance,
    ngl_dc_var: f.sizeVariance,
    ngl_dc_entr: f.entropy,
    ngl_dc_energy: energy,
  };
}

/** Neighbouring grey level dependence matrix. */
export const ngldm = textureFamily<SizeMatrix>({
  name: 'ngldm',
  title: 'Neighbouring grey level dependence matrix',
  code: 'REK0',
  aggregations: undirected,
  matrices: ({ volume }, { settings: { dependence } }) => [
    dependenceMatrix(volume, dependence.difference, within(dependence.distance, volume)),
  ],
  reads: ['discretisation', 'dependence'],
  add: addMatrices,
  table: (matrix, title) => sizeTable(title, 'dependence', matrix),
  measure,
  features: [
    { tag: 'ngl_lde', code: 'SODN', title: 'Low dependence emphasis', formula: 'sum s_ij / j^2 / Ns' },
    { tag: 'ngl_hde', code: 'IMOQ', title: 'High dependence emphasis', formula: 'sum s_ij j^2 / Ns' },
    { tag: 'ngl_lgce', code: 'TL9H', title: 'Low grey level count emphasis', formula: 'sum s_ij / i^2 / Ns' },
    { tag: 'ngl_hgce', code: 'OAE7', title: 'High grey level count emphasis', formula: 'sum s_ij i^2 / Ns' },
    {
      tag: 'ngl_ldlge',
      code: 'EQ3F',
      title: 'Low dependence low grey level emphasis',
      formula: 'sum s_ij / (i^2 j^2) / Ns',
    },
    {
      tag: 'ngl_ldhge',
      code: 'JA6D',
      title: 'Low dependence high grey level emphasis',
      formula: 'sum s_ij i^2 / j^2 / Ns',
    },
    {
      tag: 'ngl_hdlge',
      code: 'NBZI',
      title: 'High dependence low grey level emphasis',
      formula: 'sum s_ij j^2 / i^2 / Ns',
    },
    {
      tag: 'ngl_hdhge',
      code: '9QMG',
      title: 'High dependence high grey level emphasis',
      formula: 'sum s_ij i^2 j^2 / Ns',
    },
    { tag: 'ngl_glnu', code: 'FP8K', title: 'Grey level non-uniformity', formula: 'sum s_i.^2 / Ns' },
    {
      tag: 'ngl_glnu_norm',
      code: '5SPA',
      title: 'Normalised grey level non-uniformity',
      formula: 'sum s_i.^2 / Ns^2',
    },
    { tag: 'ngl_dcnu', code: 'Z87G', title: 'Dependence count non-uniformity', formula: 'sum s_.j^2 / Ns' },
    {
      tag: 'ngl_dcnu_norm',
      code: 'OKJI',
      title: 'Normalised dependence count non-uniformity',
      formula: 'sum s_.j^2 / Ns^2',
    },
    { tag: 'ngl_dc_perc', code: '6XV8', title: 'Dependence count percentage', formula: 'Ns / Nv = 1' },
    {
      tag: 'ngl_gl_var',
      code: '1PFV',
      title: 'Grey level variance',
      formula: 'variance of i under s_ij / Ns',
    },
    {
      tag: 'ngl_dc_var',
      code: 'DNX2',
      title: 'Dependence count variance',
      formula: 'variance of j under s_ij / Ns',
    },
    {
      tag: 'ngl_dc_entr',
      code: 'FCBV',
      title: 'Dependence count entropy',
      formula: '-sum (s_ij / Ns) log2 (s_ij / Ns)',
    },
    { tag: 'ngl_dc_energy', code: 'CAS9', title: 'Dependence count energy', formula: 'sum (s_ij / Ns)^2' },
  ],
});
