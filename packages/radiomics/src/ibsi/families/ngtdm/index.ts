import type { EvidenceTable } from '../../../features/feature-class.ts';
import { toneMatrix } from '../../../features/ngtdm/matrix.ts';
import { type TextureView, undirected, within } from '../../aggregation.ts';
import type { IbsiRegion } from '../../region.ts';
import { textureFamily } from '../texture-family.ts';

/** By grey level: voxels that have a neighbour in the region, and the sum of their tone differences. */
interface Tones {
  readonly levels: Float64Array;
  readonly joined: Float64Array;
  readonly differences: Float64Array;
}

function tonesOf({ volume }: TextureView, { settings }: IbsiRegion): Tones {
  const { joined, s } = toneMatrix(volume, within(settings.toneDifference.distance, volume));
  return { levels: volume.binOf, joined, differences: s };
}

/** Parts share the level table of the region. */
function add(parts: readonly Tones[]): Tones {
  const sum = (of: (part: Tones) => Float64Array): Float64Array =>
    of(parts[0]!).map((_, level) => parts.reduce((total, part) => total + of(part)[level]!, 0));
  return {
    levels: parts[0]!.levels,
    joined: sum(({ joined }) => joined),
    differences: sum(({ differences }) => differences),
  };
}

/** Value of coarseness where no tone differs. */
const COARSEST = 1e6;

function measure({ levels, joined, differences }: Tones): Record<string, number> | undefined {
  const present = Array.from(levels.keys()).filter((level) => joined[level]! > 0);
  if (present.length === 0) return undefined;
  const total = present.reduce((sum, level) => sum + joined[level]!, 0);
  const i = present.map((level) => levels[level]!);
  const p = present.map((level) => joined[level]! / total);
  const s = present.map((level) => differences[level]!);
  const sumS = s.reduce((sum, value) => sum + value, 0);
  const ps = s.reduce((sum, value, a) => sum + p[a]! * value, 0);
  const sum = { contrast: 0, busyness: 0, complexity: 0, strength: 0 };
  for (let a = 0; a < i.length; a++) {
    for (let b = 0; b < i.length; b++) {
      const difference = i[a]! - i[b]!;
      sum.contrast += p[a]! * p[b]! * difference * difference;
      sum.busyness += Math.abs(i[a]! * p[a]! - i[b]! * p[b]!);
      sum.complexity += (Math.abs(difference) * (p[a]! * s[a]! + p[b]! * s[b]!)) / (p[a]! + p[b]!);
      sum.strength += (p[a]! + p[b]!) * difference * difference;
    }
  }
  return {
    ngt_coarseness: ps === 0 ? COARSEST : 1 / ps,
    ngt_contrast: i.length === 1 ? 0 : ((sum.contrast / (i.length * (i.length - 1))) * sumS) / total,
    ngt_busyness: sum.busyness === 0 ? 0 : ps / sum.busyness,
    ngt_complexity: sum.complexity / total,
    ngt_strength: sumS === 0 ? 0 : sum.strength / sumS,
  };
}

function table({ levels, joined, differences }: Tones, title: string): EvidenceTable {
  const present = Array.from(levels.keys()).filter((level) => joined[level]! > 0);
  return {
    title,
    rowTitle: 'grey level',
    columnTitle: '',
    rows: present.map((level) => levels[level]!),
    columns: ['voxels with neighbours', 'sum of differences'],
    values: present.map((level) => [joined[level]!, differences[level]!]),
  };
}

/** Neighbourhood grey tone difference matrix. */
export const ngtdm = textureFamily<Tones>({
  name: 'ngtdm',
  title: 'Neighbourhood grey tone difference matrix',
  code: 'IPET',
  aggregations: undirected,
  matrices: (view, region) => [tonesOf(view, region)],
  reads: ['discretisation', 'toneDifference'],
  add,
  table,
  measure,
  features: [
    {
      tag: 'ngt_coarseness',
      code: 'QCDE',
      title: 'Coarseness',
      formula: '1 / sum p_i s_i; 1e6 where that is 0',
    },
    {
      tag: 'ngt_contrast',
      code: '65HE',
      title: 'Contrast',
      formula: '[sum p_i p_j (i - j)^2 / (Ngp (Ngp - 1))] [sum s_i / Nvc]; 0 for one grey level',
    },
    {
      tag: 'ngt_busyness',
      code: 'NQ30',
      title: 'Busyness',
      formula: 'sum p_i s_i / sum |i p_i - j p_j|; 0 for one grey level',
    },
    {
      tag: 'ngt_complexity',
      code: 'HDEZ',
      title: 'Complexity',
      formula: 'sum |i - j| (p_i s_i + p_j s_j) / (p_i + p_j) / Nvc',
    },
    {
      tag: 'ngt_strength',
      code: '1X9X',
      title: 'Strength',
      formula: 'sum (p_i + p_j) (i - j)^2 / sum s_i; 0 where that is 0',
    },
  ],
});
