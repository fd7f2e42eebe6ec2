import { greyScale } from '../grey-scale.ts';

/** (x / sqrt(m))^2 with m the largest magnitude: between 0 and m. */
export const square = greyScale({
  name: 'Square',
  image: 'square',
  of: (most) => {
    const factor = 1 / Math.sqrt(most);
    return (value) => {
      const scaled = factor * value;
      return scaled * scaled;
    };
  },
});
