import { SentinodeError } from '@sentinode/core';
import { assertSameGrid } from '../../geometry/assert-same-grid.ts';
import type { Mask } from '../../volume.ts';
import { staple } from './staple.ts';

/** How the masks of several readers become one. */
export type ConsensusRule = 'union' | 'intersection' | 'majority' | 'staple';

export const consensusRules: readonly ConsensusRule[] = ['union', 'intersection', 'majority', 'staple'];

/**
 * One mask from those of several readers: voxels that any, all, or more than half of them marked, or that STAPLE gives
 * a probability of at least one half.
 * @throws SentinodeError `option-invalid` for fewer than two masks (three for a majority), `mask-size`, `mask-geometry`,
 *   `mask-empty` where nothing is left
 */
export function consensusMask(masks: readonly Mask[], rule: ConsensusRule): Mask {
  const needed = rule === 'majority' ? 3 : 2;
  if (masks.length < needed) {
    throw new SentinodeError(
      'option-invalid',
      `A consensus by ${rule} needs ${needed} masks or more, and ${masks.length} ${masks.length === 1 ? 'is' : 'are'} given.`,
      { field: 'rule' },
    );
  }
  const [first] = masks;
  for (const mask of masks.slice(1)) assertSameGrid(first, mask);
  const data = rule === 'staple' ? fromProbability(staple(masks).probability) : byCount(masks, rule);
  if (!data.includes(1)) {
    throw new SentinodeError(
      'mask-empty',
      `The consensus by ${rule} is empty: the readers agree on no voxel. Let a third reader decide.`,
    );
  }
  return { geometry: first.geometry, data };
}

function byCount(masks: readonly Mask[], rule: Exclude<ConsensusRule, 'staple'>): Uint8Array {
  const needed = { union: 1, intersection: masks.length, majority: Math.floor(masks.length / 2) + 1 }[rule];
  return Uint8Array.from(masks[0].data, (_, at) => {
    let count = 0;
    for (const { data } of masks) count += data[at];
    return count >= needed ? 1 : 0;
  });
}

const fromProbability = (probability: Float64Array): Uint8Array =>
  Uint8Array.from(probability, (value) => (value >= 0.5 ? 1 : 0));
