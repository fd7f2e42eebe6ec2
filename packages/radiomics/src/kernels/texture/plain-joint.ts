import { log2 } from '@sentinode/core';
import { EPSILON, type JointSums, meansOf, type TextureKernels } from './texture-kernels.ts';

type Margins = Pick<JointSums, 'px' | 'py' | 'sums' | 'differences'>;

function margins(
  p: Float64Array,
  binOf: Float64Array,
  count: number,
  highest: number,
  symmetric: boolean,
): Margins {
  const px = new Float64Array(count);
  const py = symmetric ? px : new Float64Array(count);
  const sums = new Float64Array(2 * highest + 1);
  const differences = new Float64Array(highest);
  for (let a = 0; a < count; a++) {
    const i = binOf[a + 1]!;
    const end = symmetric ? a + 1 : count;
    for (let b = 0; b < end; b++) {
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      px[a]! += value;
      if (!symmetric || b !== a) py[b]! += value;
      const both = symmetric && b !== a ? 2 * value : value;
      sums[i + j]! += both;
      differences[Math.abs(i - j)]! += both;
    }
  }
  return { px, py, sums, differences };
}

/** The sums of a matrix of probabilities in TypeScript. */
export const jointSums: TextureKernels['jointSums'] = (p, binOf, count, highest, symmetric) => {
  const { px, py, sums, differences } = margins(p, binOf, count, highest, symmetric);
  const { ux, uy } = meansOf(binOf, px, py);
  let autocorrelation = 0;
  let covariance = 0;
  let energy = 0;
  let entropy = 0;
  let hxy1 = 0;
  let hxy2 = 0;
  let maximum = 0;
  let vx = 0;
  let vy = 0;
  for (let a = 0; a < count; a++) {
    if (px[a] === 0 && py[a] === 0) continue;
    const i = binOf[a + 1]!;
    const di = i - ux;
    vx += di * di * px[a]!;
    vy += (i - uy) * (i - uy) * py[a]!;
    const end = symmetric ? a + 1 : count;
    for (let b = 0; b < end; b++) {
      const product = px[a]! * py[b]!;
      if (product === 0) continue;
      const logProduct = log2(product + EPSILON);
      const times = symmetric && b !== a ? 2 : 1;
      hxy2 -= times * product * logProduct;
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      const both = times * value;
      autocorrelation += i * j * both;
      covariance += di * (j - uy) * both;
      energy += value * both;
      entropy -= both * log2(value + EPSILON);
      hxy1 -= both * logProduct;
      if (value > maximum) maximum = value;
    }
  }
  return {
    px,
    py,
    sums,
    differences,
    ux,
    uy,
    vx,
    vy,
    autocorrelation,
    covariance,
    energy,
    entropy,
    hxy1,
    hxy2,
    maximum,
  };
};
