import type { DerivedMap } from './derived-map.ts';

export const timeToPeak: DerivedMap = {
  name: 'ttp',
  title: 'Time to peak',
  unit: 's',
  formula: 'tk - t0 of the highest Sk, the earliest of equals; undefined where nothing is above S0',
  needs: 'times',
  images: [2, 1000],
  value: (signals, at, { minimumSignal }) => {
    if (!(signals[0] >= minimumSignal)) return undefined;
    let peak = 0;
    for (let image = 1; image < signals.length; image++) if (signals[image] > signals[peak]) peak = image;
    return peak === 0 ? undefined : at[peak] - at[0];
  },
};
