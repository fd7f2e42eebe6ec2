/** Source samples of one output sample, with their weights. */
export interface Samples {
  readonly at: readonly number[];
  readonly weights: readonly number[];
}

/** Sharpness of torch's bicubic interpolation (Keys 1981 has -0.5). */
const CUBIC = -0.75;

/** Keys' cubic at distances 1 + t, t, 1 - t, 2 - t. */
function cubicWeights(t: number): number[] {
  const near = (x: number): number => ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
  const far = (x: number): number => ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;
  return [far(t + 1), near(t), near(1 - t), far(2 - t)];
}

/**
 * Interpolation at points, without averaging when shrinking, as `torch.nn.functional.interpolate` does it: indices beyond
 * the border are those of the border.
 * @param from source samples, @param to output samples
 */
export function pointSamples(
  from: number,
  to: number,
  method: 'bilinear' | 'bicubic' | 'nearest',
  alignCorners: boolean,
): Samples[] {
  const clamp = (index: number): number => Math.min(from - 1, Math.max(0, index));
  const scale = alignCorners ? (to > 1 ? (from - 1) / (to - 1) : 0) : from / to;
  const single = Math.fround(from / to);
  return Array.from({ length: to }, (_, index) => {
    // torch finds the nearest sample in single precision
    if (method === 'nearest') return { at: [clamp(Math.floor(Math.fround(index * single)))], weights: [1] };
    const source = alignCorners ? scale * index : scale * (index + 0.5) - 0.5;
    const position = method === 'bilinear' ? Math.max(0, source) : source;
    const first = Math.floor(position);
    const t = position - first;
    return method === 'bilinear'
      ? { at: [clamp(first), clamp(first + 1)], weights: [1 - t, t] }
      : { at: [-1, 0, 1, 2].map((step) => clamp(first + step)), weights: cubicWeights(t) };
  });
}
