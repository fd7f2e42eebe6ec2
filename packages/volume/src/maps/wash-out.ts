import type { DerivedMap } from './derived-map.ts';
import { enhancementOf } from './percentage-enhancement.ts';

export const washOut: DerivedMap = {
  name: 'wash-out',
  title: 'Wash-out rate',
  unit: '%/min',
  formula:
    '60 * 100 (Sn - S1) / S0 / (tn - t1): last image against the first after contrast; negative where signal is lost',
  needs: 'times',
  images: [3, 1000],
  value: (signals, at, settings) => {
    const enhancement = enhancementOf(signals[0], signals[1], settings);
    if (enhancement === undefined || !(enhancement >= settings.minimumEnhancement)) return undefined;
    const last = signals.length - 1;
    return (6000 * (signals[last] - signals[1])) / signals[0] / (at[last] - at[1]);
  },
};
