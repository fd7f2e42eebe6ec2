import { exp, log } from '@sentinode/core';
import { greyScale } from '../grey-scale.ts';

/** exp(x ln(m) / m) with m the largest magnitude: m stays m. */
export const exponential = greyScale({
  name: 'Exponential',
  image: 'exponential',
  of: (most) => {
    const factor = log(most) / most;
    return (value) => exp(factor * value);
  },
});
