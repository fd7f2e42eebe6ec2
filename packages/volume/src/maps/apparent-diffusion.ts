import { log } from '@sentinode/core';
import type { DerivedMap } from './derived-map.ts';

/**
 * Monoexponential decay by least squares of ln S on b. Directions of one b-value count as they are, which is the fit to
 * their geometric mean, the trace.
 */
export const apparentDiffusion: DerivedMap = {
  name: 'adc',
  title: 'Apparent diffusion coefficient',
  unit: '10^-6 mm²/s',
  formula: '-10^6 times the slope of ln Sk on bk, by least squares; undefined where a signal is not above 0',
  needs: 'bValues',
  images: [2, 1000],
  value: (signals, at, { minimumSignal }) => {
    if (!(signals[0] >= minimumSignal)) return undefined;
    const n = signals.length;
    let [meanB, meanLog] = [0, 0];
    for (let k = 0; k < n; k++) {
      if (!(signals[k] > 0)) return undefined;
      meanB += at[k] / n;
      meanLog += log(signals[k]) / n;
    }
    let [product, square] = [0, 0];
    for (let k = 0; k < n; k++) {
      product += (at[k] - meanB) * (log(signals[k]) - meanLog);
      square += (at[k] - meanB) ** 2;
    }
    return (-1e6 * product) / square;
  },
};
