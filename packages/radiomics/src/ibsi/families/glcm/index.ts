import { sizeTable } from '../../../features/evidence.ts';
import { pairCounts } from '../../../features/glcm/matrix.ts';
import type { SizeMatrix } from '../../../features/size-matrix.ts';
import { directions, touching } from '../../../kernels/directions.ts';
import { directional, type TextureView } from '../../aggregation.ts';
import type { IbsiRegion } from '../../region.ts';
import { addMatrices } from '../size-matrices.ts';
import { textureFamily } from '../texture-family.ts';
import { coOccurrenceFeatures } from './formulas.ts';

/** Symmetric counts of pairs (i, j), one matrix per direction, kept as their entries. */
function matrices({ volume }: TextureView, { settings }: IbsiRegion): SizeMatrix[] {
  const { count, binOf, border } = volume;
  const { distance } = settings.coOccurrence;
  if (border < distance) return [];
  return directions(volume.size, touching()).map(([x, y, z]) => {
    const counts = pairCounts(volume, [x * distance, y * distance, z * distance]);
    const [i, j, n]: [number[], number[], number[]] = [[], [], []];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        const both = counts[a * count + b]! + counts[b * count + a]!;
        if (both === 0) continue;
        i.push(binOf[a + 1]!);
        j.push(binOf[b + 1]!);
        n.push(both);
      }
    }
    return { levels: Float64Array.from(i), sizes: Float64Array.from(j), counts: Float64Array.from(n) };
  });
}

/** Grey level co-occurrence matrix, symmetric; a longer distance stretches the 13 (4) directions. */
export const glcm = textureFamily<SizeMatrix>({
  name: 'glcm',
  title: 'Grey level co-occurrence matrix',
  code: 'LFYI',
  aggregations: directional,
  matrices,
  reads: ['discretisation', 'coOccurrence'],
  add: addMatrices,
  table: (matrix, title) => sizeTable(title, 'grey level of the neighbour', matrix),
  measure: (matrix, region) => coOccurrenceFeatures(matrix, region.discretised().highest),
  features: [
    { tag: 'cm_joint_max', code: 'GYBY', title: 'Joint maximum', formula: 'max p_ij' },
    { tag: 'cm_joint_avg', code: '60VM', title: 'Joint average', formula: 'mu = sum i p_ij' },
    { tag: 'cm_joint_var', code: 'UR99', title: 'Joint variance', formula: 'sum (i - mu)^2 p_ij' },
    { tag: 'cm_joint_entr', code: 'TU9B', title: 'Joint entropy', formula: '-sum p_ij log2 p_ij' },
    { tag: 'cm_diff_avg', code: 'TF7R', title: 'Difference average', formula: 'mu_d = sum k p_{i-j=k}' },
    { tag: 'cm_diff_var', code: 'D3YU', title: 'Difference variance', formula: 'sum (k - mu_d)^2 p_{i-j=k}' },
    { tag: 'cm_diff_entr', code: 'NTRS', title: 'Difference entropy', formula: '-sum p_{i-j} log2 p_{i-j}' },
    { tag: 'cm_sum_avg', code: 'ZGXS', title: 'Sum average', formula: 'mu_s = sum k p_{i+j=k}' },
    { tag: 'cm_sum_var', code: 'OEEB', title: 'Sum variance', formula: 'sum (k - mu_s)^2 p_{i+j=k}' },
    { tag: 'cm_sum_entr', code: 'P6QZ', title: 'Sum entropy', formula: '-sum p_{i+j} log2 p_{i+j}' },
    { tag: 'cm_energy', code: '8ZQL', title: 'Angular second moment', formula: 'sum p_ij^2' },
    { tag: 'cm_contrast', code: 'ACUI', title: 'Contrast', formula: 'sum (i - j)^2 p_ij' },
    { tag: 'cm_dissimilarity', code: '8S9J', title: 'Dissimilarity', formula: 'sum |i - j| p_ij' },
    { tag: 'cm_inv_diff', code: 'IB1Z', title: 'Inverse difference', formula: 'sum p_ij / (1 + |i - j|)' },
    {
      tag: 'cm_inv_diff_norm',
      code: 'NDRX',
      title: 'Normalised inverse difference',
      formula: 'sum p_ij / (1 + |i - j| / Ng)',
    },
    {
      tag: 'cm_inv_diff_mom',
      code: 'WF0Z',
      title: 'Inverse difference moment',
      formula: 'sum p_ij / (1 + (i - j)^2)',
    },
    {
      tag: 'cm_inv_diff_mom_norm',
      code: '1QCO',
      title: 'Normalised inverse difference moment',
      formula: 'sum p_ij / (1 + (i - j)^2 / Ng^2)',
    },
    {
      tag: 'cm_inv_var',
      code: 'E8JP',
      title: 'Inverse variance',
      formula: 'sum over k > 0 of p_{i-j=k} / k^2',
    },
    {
      tag: 'cm_corr',
      code: 'NI2N',
      title: 'Correlation',
      formula: '(sum i j p_ij - mu^2) / variance of i; 1 where that is 0',
    },
    { tag: 'cm_auto_corr', code: 'QWB0', title: 'Autocorrelation', formula: 'sum i j p_ij' },
    { tag: 'cm_clust_tend', code: 'DG8W', title: 'Cluster tendency', formula: 'sum (i + j - 2 mu)^2 p_ij' },
    { tag: 'cm_clust_shade', code: '7NFM', title: 'Cluster shade', formula: 'sum (i + j - 2 mu)^3 p_ij' },
    {
      tag: 'cm_clust_prom',
      code: 'AE86',
      title: 'Cluster prominence',
      formula: 'sum (i + j - 2 mu)^4 p_ij',
    },
    {
      tag: 'cm_info_corr1',
      code: 'R8DG',
      title: 'Information correlation 1',
      formula: '(HXY - HXY1) / HX; 1 where HX is 0',
    },
    {
      tag: 'cm_info_corr2',
      code: 'JN9H',
      title: 'Information correlation 2',
      formula: 'sqrt(1 - exp(-2 (HXY2 - HXY))); 0 where HXY > HXY2',
    },
  ],
});
