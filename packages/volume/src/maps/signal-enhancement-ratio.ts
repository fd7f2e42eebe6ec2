import type { DerivedMap } from './derived-map.ts';
import { enhancementOf } from './percentage-enhancement.ts';

/** Hylton's ratio of early to late enhancement: above 1 the signal washes out, below 1 it goes on rising. */
export const signalEnhancementRatio: DerivedMap = {
  name: 'ser',
  title: 'Signal enhancement ratio',
  unit: '1',
  formula: '(S1 - S0) / (S2 - S0), S1 early, S2 late; the cap where S2 is not above S0',
  needs: 'none',
  images: [3, 3],
  value: ([before, early, late], _, settings) => {
    const enhancement = enhancementOf(before, early, settings);
    if (enhancement === undefined || !(enhancement >= settings.minimumEnhancement) || early <= before)
      return undefined;
    return late > before ? (early - before) / (late - before) : Number.POSITIVE_INFINITY;
  },
};
