import type { Samples } from './point-sampling.ts';

/** A filter between pixel centres: its half width in output pixels, and its weight at a distance. */
interface Filter {
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const triangle: Filter = { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) };

/** Keys' cubic with -0.5, as Pillow and torch's antialiasing have it. */
const cubic: Filter = {
  support: 2,
  weight: (distance) => {
    const x = Math.abs(distance);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  },
};

const filters = { bilinear: triangle, bicubic: cubic } as const;

/**
 * Filters that widen by the scale when shrinking, as Pillow's `resize` and torch's antialiasing do: enlarging is plain
 * interpolation, and beyond the border the nearest pixels share the weight.
 */
export function areaSamples(from: number, to: number, method: 'bilinear' | 'bicubic'): Samples[] {
  const scale = from / to;
  const { support, weight } = filters[method];
  const width = Math.max(1, scale);
  return Array.from({ length: to }, (_, index) => {
    const centre = scale * (index + 0.5);
    const first = Math.max(0, Math.trunc(centre - support * width + 0.5));
    const last = Math.min(from, Math.trunc(centre + support * width + 0.5));
    const at = Array.from({ length: last - first }, (__, k) => first + k);
    const weights = at.map((position) => weight((position - centre + 0.5) / width));
    const sum = weights.reduce((total, one) => total + one, 0);
    return { at, weights: weights.map((one) => one / sum) };
  });
}
