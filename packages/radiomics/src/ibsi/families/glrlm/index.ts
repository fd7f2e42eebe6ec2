import { sizeTable } from '../../../features/evidence.ts';
import { runsAlong } from '../../../features/glrlm/matrix.ts';
import { type SizeMatrix, sizeFeatures } from '../../../features/size-matrix.ts';
import { steps } from '../../../kernels/directions.ts';
import { directional } from '../../aggregation.ts';
import { addMatrices } from '../size-matrices.ts';
import { textureFamily } from '../texture-family.ts';

function measure(matrix: SizeMatrix): Record<string, number> | undefined {
  if (matrix.counts.length === 0) return undefined;
  const f = sizeFeatures(matrix, 0);
  return {
    rlm_sre: f.small,
    rlm_lre: f.large,
    rlm_lgre: f.lowLevel,
    rlm_hgre: f.highLevel,
    rlm_srlge: f.smallLow,
    rlm_srhge: f.smallHigh,
    rlm_lrlge: f.largeLow,
    rlm_lrhge: f.largeHigh,
    rlm_glnu: f.levelNonUniformity,
    rlm_glnu_norm: f.levelNonUniformity / f.total,
    rlm_rlnu: f.sizeNonUniformity,
    rlm_rlnu_norm: f.sizeNonUniformity / f.total,
    rlm_r_perc: f.total / f.weighted,
    rlm_gl_var: f.levelVariance,
    rlm_rl_var: f.sizeVariance,
    rlm_rl_entr: f.entropy,
  };
}

/** Grey level run length matrix. A direction in which every run has length 1 counts as the others do. */
export const glrlm = textureFamily<SizeMatrix>({
  name: 'glrlm',
  title: 'Grey level run length matrix',
  code: 'TP0I',
  aggregations: directional,
  matrices: ({ volume }) => Array.from(steps(volume.size, volume.strides), (step) => runsAlong(volume, step)),
  reads: ['discretisation'],
  add: addMatrices,
  table: (matrix, title) => sizeTable(title, 'length of the run', matrix),
  measure,
  features: [
    { tag: 'rlm_sre', code: '22OV', title: 'Short runs emphasis', formula: 'sum r_ij / j^2 / Ns' },
    { tag: 'rlm_lre', code: 'W4KF', title: 'Long runs emphasis', formula: 'sum r_ij j^2 / Ns' },
    { tag: 'rlm_lgre', code: 'V3SW', title: 'Low grey level run emphasis', formula: 'sum r_ij / i^2 / Ns' },
    { tag: 'rlm_hgre', code: 'G3QZ', title: 'High grey level run emphasis', formula: 'sum r_ij i^2 / Ns' },
    {
      tag: 'rlm_srlge',
      code: 'HTZT',
      title: 'Short run low grey level emphasis',
      formula: 'sum r_ij / (i^2 j^2) / Ns',
    },
    {
      tag: 'rlm_srhge',
      code: 'GD3A',
      title: 'Short run high grey level emphasis',
      formula: 'sum r_ij i^2 / j^2 / Ns',
    },
    {
      tag: 'rlm_lrlge',
      code: 'IVPO',
      title: 'Long run low grey level emphasis',
      formula: 'sum r_ij j^2 / i^2 / Ns',
    },
    {
      tag: 'rlm_lrhge',
      code: '3KUM',
      title: 'Long run high grey level emphasis',
      formula: 'sum r_ij i^2 j^2 / Ns',
    },
    { tag: 'rlm_glnu', code: 'R5YN', title: 'Grey level non-uniformity', formula: 'sum r_i.^2 / Ns' },
    {
      tag: 'rlm_glnu_norm',
      code: 'OVBL',
      title: 'Normalised grey level non-uniformity',
      formula: 'sum r_i.^2 / Ns^2',
    },
    { tag: 'rlm_rlnu', code: 'W92Y', title: 'Run length non-uniformity', formula: 'sum r_.j^2 / Ns' },
    {
      tag: 'rlm_rlnu_norm',
      code: 'IC23',
      title: 'Normalised run length non-uniformity',
      formula: 'sum r_.j^2 / Ns^2',
    },
    { tag: 'rlm_r_perc', code: '9ZK5', title: 'Run percentage', formula: 'Ns / sum r_ij j' },
    {
      tag: 'rlm_gl_var',
      code: '8CE5',
      title: 'Grey level variance',
      formula: 'variance of i under r_ij / Ns',
    },
    {
      tag: 'rlm_rl_var',
      code: 'SXLW',
      title: 'Run length variance',
      formula: 'variance of j under r_ij / Ns',
    },
    {
      tag: 'rlm_rl_entr',
      code: 'HJ9O',
      title: 'Run entropy',
      formula: '-sum (r_ij / Ns) log2 (r_ij / Ns)',
    },
  ],
});
