import { greyScale } from '../grey-scale.ts';

/** sign(x) sqrt(|x| m) with m the largest magnitude. */
export const squareRoot = greyScale({
  name: 'SquareRoot',
  image: 'squareroot',
  ofZero: true,
  of: (most) => (value) => {
    if (value > 0) return Math.sqrt(value * most);
    return value < 0 ? -Math.sqrt(-value * most) : value;
  },
});
