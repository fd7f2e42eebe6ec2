import type { DerivedMap } from './derived-map.ts';
import { enhancementOf } from './percentage-enhancement.ts';

export const washIn: DerivedMap = {
  name: 'wash-in',
  title: 'Wash-in rate',
  unit: '%/min',
  formula: '60 * 100 (S1 - S0) / S0 / (t1 - t0): first image after contrast against the one before',
  needs: 'times',
  images: [2, 1000],
  value: ([before, early], [t0, t1], settings) => {
    const enhancement = enhancementOf(before, early, settings);
    return enhancement === undefined ? undefined : (60 * enhancement) / (t1 - t0);
  },
};
