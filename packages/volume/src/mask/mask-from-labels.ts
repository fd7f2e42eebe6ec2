import { SentinodeError } from '@sentinode/core';
import type { Mask, Volume } from '../volume.ts';
import { largestComponent } from './connected-components.ts';

/** Which voxels of a label volume are the region to be measured. */
export interface LesionRule {
  /** Several labels or pieces: all of them together, or the largest 26-connected piece. */
  readonly lesions: 'union' | 'largest';
  /** One label or several; any non-zero voxel when left out. */
  readonly label?: number | readonly number[];
}

/**
 * A mask of the voxels that hold one of the labels, or of all that are not 0.
 * @param labels one label, several, or undefined for every non-zero voxel
 * @throws SentinodeError `mask-label` for a label that is not there (those found are listed) or voxels that are
 *   no whole numbers, `mask-empty` where every voxel is 0
 */
export function maskFromLabels(volume: Volume, labels?: number | readonly number[]): Mask {
  const found = countLabels(volume);
  const wanted = typeof labels === 'number' ? [labels] : labels;
  if (found.size === 0) {
    throw new SentinodeError(
      'mask-empty',
      'The mask is empty: every voxel is 0. Draw the region, or record in the study that no tumour is visible.',
    );
  }
  const absent = wanted?.find((label) => !found.has(label));
  if (absent !== undefined || wanted?.length === 0) {
    throw new SentinodeError(
      'mask-label',
      `The mask has no voxel with label ${absent ?? '(none asked for)'}; it holds ${listLabels(found)}. Choose one of these.`,
      { field: 'label' },
    );
  }
  const inside = wanted === undefined ? undefined : new Set(wanted);
  const data = new Uint8Array(volume.data.length);
  for (let at = 0; at < data.length; at++) {
    const value = volume.data[at]!;
    if (inside === undefined ? value !== 0 : inside.has(value)) data[at] = 1;
  }
  return { geometry: volume.geometry, data };
}

/**
 * The region of a label volume under a study's rule for several lesions.
 * @throws SentinodeError as {@link maskFromLabels}
 */
export function regionOfLesions(volume: Volume, rule: LesionRule): Mask {
  const mask = maskFromLabels(volume, rule.label);
  return rule.lesions === 'largest' ? largestComponent(mask) : mask;
}

/** Voxels of each label other than 0. @throws SentinodeError `mask-label` for voxels that are no whole numbers */
export function countLabels({ data }: Volume): Map<number, number> {
  const counts = new Map<number, number>();
  let label = 0;
  let run = 0;
  const close = (): void => {
    if (label !== 0) counts.set(label, (counts.get(label) ?? 0) + run);
  };
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    if (value === label) {
      run++;
      continue;
    }
    if (!Number.isInteger(value)) {
      throw new SentinodeError(
        'mask-label',
        `The mask holds the value ${value}, and labels are whole numbers: it is an image or was resampled with interpolation. Give the label map, resampled with nearest neighbour.`,
      );
    }
    close();
    label = value;
    run = 1;
  }
  close();
  return counts;
}

function listLabels(counts: ReadonlyMap<number, number>): string {
  const labels = [...counts].sort(([a], [b]) => a - b);
  const shown = labels
    .slice(0, 12)
    .map(([label, voxels]) => `${label} (${voxels} voxel${voxels === 1 ? '' : 's'})`);
  return labels.length > shown.length
    ? `${shown.join(', ')} and ${labels.length - shown.length} more`
    : shown.join(', ');
}
