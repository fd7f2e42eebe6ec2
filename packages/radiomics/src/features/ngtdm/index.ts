import { stillAxis } from '../../parameters/settings.ts';
import type { FeatureClass, FeatureValue, Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';
import { toneMatrix } from './matrix.ts';

function compute({ volume, settings }: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const { n, s } = toneMatrix(volume, { distances: settings.distances, still: stillAxis(settings) });
  const { binOf, count } = volume;
  const total = volume.voxels.length;
  let ps = 0;
  let sumS = 0;
  for (let a = 1; a <= count; a++) {
    ps += (n[a]! / total) * s[a]!;
    sumS += s[a]!;
  }
  // each unordered pair once; a level and itself add nothing
  let contrast = 0;
  let busyness = 0;
  let complexity = 0;
  let strength = 0;
  for (let a = 2; a <= count; a++) {
    const pa = n[a]! / total;
    const i = binOf[a]!;
    for (let b = 1; b < a; b++) {
      const pb = n[b]! / total;
      const j = binOf[b]!;
      const difference = i - j;
      contrast += pa * pb * difference * difference;
      busyness += Math.abs(i * pa - j * pb);
      complexity += (difference * (pa * s[a]! + pb * s[b]!)) / (pa + pb);
      strength += (pa + pb) * difference * difference;
    }
  }
  const all: Record<string, FeatureValue> = {
    Busyness: busyness === 0 ? 0 : ps / (2 * busyness),
    Coarseness: ps === 0 ? 1e6 : 1 / ps,
    Complexity: (2 * complexity) / total,
    Contrast: count === 1 ? 0 : (2 * contrast * (sumS / total)) / (count * (count - 1)),
    Strength: sumS === 0 ? 0 : (2 * strength) / sumS,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Neighbouring grey tone difference matrix. p = n / N, Ngp occupied levels; double sums over ordered pairs. */
export const ngtdm = {
  name: 'ngtdm',
  onMask: false,
  explanation,
  features: [
    { name: 'Busyness', formula: 'sum p s / sum |i p_i - j p_j|; 0 where that is 0' },
    { name: 'Coarseness', formula: '1 / sum p s; 1e6 where that is 0' },
    { name: 'Complexity', formula: 'sum |i - j| (p_i s_i + p_j s_j) / (p_i + p_j) / N' },
    { name: 'Contrast', formula: '[sum p_i p_j (i - j)^2 / (Ngp (Ngp - 1))] [sum s / N]; 0 for one level' },
    { name: 'Strength', formula: 'sum (p_i + p_j)(i - j)^2 / sum s; 0 where that is 0' },
  ],
  compute,
} satisfies FeatureClass;
