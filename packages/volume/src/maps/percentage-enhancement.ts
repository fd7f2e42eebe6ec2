import type { DerivedMap, MapSettings } from './derived-map.ts';

/** 100 (S1 - S0) / S0; undefined below the background. */
export function enhancementOf(
  before: number,
  after: number,
  { minimumSignal }: MapSettings,
): number | undefined {
  return before >= minimumSignal && before > 0 ? (100 * (after - before)) / before : undefined;
}

export const percentageEnhancement: DerivedMap = {
  name: 'pe',
  title: 'Percentage enhancement',
  unit: '%',
  formula: '100 (S1 - S0) / S0',
  needs: 'none',
  images: [2, 2],
  value: ([before, after], _, settings) => enhancementOf(before, after, settings),
};
