import type { Picture } from '../slice/largest-slice.ts';

/** Source samples and weights of one output sample. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * Triangle filter between pixel centres, widened by the scale when shrinking (as torchvision's resize with antialias):
 * enlarging is plain bilinear interpolation, and beyond the border the nearest pixels share the weight.
 */
function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, index) => {
    const centre = scale * (index + 0.5);
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const last = Math.min(from, Math.trunc(centre + support + 0.5));
    const weights = Float64Array.from({ length: last - first }, (__, k) =>
      Math.max(0, 1 - Math.abs((k + first - centre + 0.5) / support)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** A picture of another size, columns first, then rows. */
export function resize({ width, height, values }: Picture, toWidth: number, toHeight: number): Picture {
  const across = tapsOf(width, toWidth);
  const rows = new Float64Array(height * toWidth);
  for (let y = 0; y < height; y++) {
    across.forEach(({ first, weights }, x) => {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * values[y * width + first + k]!;
      rows[y * toWidth + x] = sum;
    });
  }
  const down = tapsOf(height, toHeight);
  const out = new Float64Array(toWidth * toHeight);
  down.forEach(({ first, weights }, y) => {
    for (let x = 0; x < toWidth; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * rows[(first + k) * toWidth + x]!;
      out[y * toWidth + x] = sum;
    }
  });
  return { width: toWidth, height: toHeight, values: out };
}
