import { log } from '@sentinode/core';
import { greyScale } from '../grey-scale.ts';

/** sign(x) ln(|x| + 1), stretched to the largest magnitude m of the image. */
export const logarithm = greyScale({
  name: 'Logarithm',
  image: 'logarithm',
  of: (most) => {
    const factor = most / log(most + 1);
    return (value) => {
      if (value > 0) return log(value + 1) * factor;
      return value < 0 ? -log(-(value - 1)) * factor : value * factor;
    };
  },
});
