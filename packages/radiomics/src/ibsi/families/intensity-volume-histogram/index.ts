import type { EvidenceTable, FeatureValue } from '../../../features/feature-class.ts';
import type { IbsiRegion } from '../../region.ts';
import type { IbsiFamily } from '../family.ts';
import { type VolumeHistogram, volumeHistogram } from './curve.ts';

/** Fraction of the volume at the lowest level whose fraction of the intensity range is at least `fraction`. */
function volumeAt({ minimum, maximum, levels, volume }: VolumeHistogram, fraction: number): number {
  const at = levels.findIndex((level) => (level - minimum) / (maximum - minimum) >= fraction);
  return at < 0 ? 0 : volume[at]!;
}

/** Lowest level that at most `fraction` of the volume reaches; the level after the last where every one is too low. */
function intensityAt({ levels, volume, beyond }: VolumeHistogram, fraction: number): number {
  const at = volume.findIndex((share) => share <= fraction);
  return at < 0 ? beyond : levels[at]!;
}

/** Area under the curve of volume fraction over intensity fraction, by trapezoids. */
function areaUnder({ minimum, maximum, levels, volume }: VolumeHistogram): number {
  let area = 0;
  for (let k = 1; k < levels.length; k++)
    area += (((levels[k]! - levels[k - 1]!) / (maximum - minimum)) * (volume[k]! + volume[k - 1]!)) / 2;
  return area;
}

function compute(region: IbsiRegion): Record<string, FeatureValue> {
  const curve = volumeHistogram(region);
  const i10 = intensityAt(curve, 0.1);
  const i90 = intensityAt(curve, 0.9);
  const intensities = { ivh_i10: i10, ivh_i90: i90, ivh_diff_i10_i90: i10 - i90 };
  if (curve.minimum === curve.maximum) {
    const none = { undefined: 'the intensities have no range' };
    return { ivh_v10: none, ivh_v90: none, ivh_diff_v10_v90: none, ivh_auc: none, ...intensities };
  }
  const v10 = volumeAt(curve, 0.1);
  const v90 = volumeAt(curve, 0.9);
  return {
    ivh_v10: v10,
    ivh_v90: v90,
    ivh_diff_v10_v90: v10 - v90,
    ivh_auc: areaUnder(curve),
    ...intensities,
  };
}

function curveTable({ levels, volume }: VolumeHistogram): EvidenceTable {
  return {
    title: 'share of the volume at or above each level',
    rowTitle: 'level',
    columnTitle: '',
    rows: Array.from(levels),
    columns: ['volume fraction'],
    values: Array.from(volume, (share) => [share]),
  };
}

/** Intensity volume histogram of the intensity mask. */
export const intensityVolumeHistogram = {
  name: 'intensity-volume-histogram',
  title: 'Intensity volume histogram',
  code: 'P88C',
  aggregations: [],
  baseOnly: false,
  reads: ['intensityVolumeHistogram'],
  compute,
  evidence: (region) => [curveTable(volumeHistogram(region))],
  features: [
    {
      tag: 'ivh_v10',
      code: 'BC2M',
      title: 'Volume fraction at 10% intensity',
      formula: 'volume fraction at the lowest level from 10% of the intensity range',
    },
    {
      tag: 'ivh_v90',
      code: 'BC2M',
      title: 'Volume fraction at 90% intensity',
      formula: 'volume fraction at the lowest level from 90% of the intensity range',
    },
    {
      tag: 'ivh_i10',
      code: 'GBPN',
      unit: 'intensity',
      title: 'Intensity at 10% volume',
      formula: 'lowest level that at most 10% of the volume reaches',
    },
    {
      tag: 'ivh_i90',
      code: 'GBPN',
      unit: 'intensity',
      title: 'Intensity at 90% volume',
      formula: 'lowest level that at most 90% of the volume reaches',
    },
    {
      tag: 'ivh_diff_v10_v90',
      code: 'DDTU',
      title: 'Volume fraction difference between 10% and 90% intensity',
      formula: 'V10 - V90',
    },
    {
      tag: 'ivh_diff_i10_i90',
      code: 'CNV2',
      unit: 'intensity',
      title: 'Intensity difference between 10% and 90% volume',
      formula: 'I10 - I90',
    },
    {
      tag: 'ivh_auc',
      code: '9CMM',
      title: 'Area under the IVH curve',
      formula: 'volume fraction over intensity fraction by trapezoids; no reference value',
    },
  ],
} satisfies IbsiFamily;
