import { exp, log } from '@sentinode/core';
import { type Complex, fourier } from './fourier.ts';
import type { BiasFieldOptions } from './options.ts';

/**
 * The expected true logarithm for each logarithm that was seen (Sled 1998): the histogram is deconvolved by a Gaussian
 * with a Wiener filter, and each value becomes the mean of what may have given it.
 * @param values logarithms of the voxels; `sharpened` is filled in the same order
 */
export function sharpen(
  values: Float64Array,
  sharpened: Float64Array,
  { bins, fullWidth, wienerNoise }: Pick<BiasFieldOptions, 'bins' | 'fullWidth' | 'wienerNoise'>,
): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const slope = (high - low) / (bins - 1);
  if (!(slope > 0)) {
    sharpened.set(values);
    return;
  }
  const mapping = expectedValues(histogramOf(values, low, slope, bins), {
    low,
    slope,
    fullWidth,
    wienerNoise,
  });
  for (let at = 0; at < values.length; at++) {
    const place = (values[at] - low) / slope;
    const bin = Math.floor(place);
    sharpened[at] =
      bin < bins - 1 ? mapping[bin] + (mapping[bin + 1] - mapping[bin]) * (place - bin) : mapping[bins - 1];
  }
}

/** Each value counts for the two bins that it lies between. */
function histogramOf(values: Float64Array, low: number, slope: number, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  for (const value of values) {
    const place = (value - low) / slope;
    const bin = Math.floor(place);
    const offset = place - bin;
    if (offset === 0) counts[bin]++;
    else if (bin < bins - 1) {
      counts[bin] += 1 - offset;
      counts[bin + 1] += offset;
    }
  }
  return counts;
}

function expectedValues(
  counts: Float64Array,
  {
    low,
    slope,
    fullWidth,
    wienerNoise,
  }: {
    readonly low: number;
    readonly slope: number;
    readonly fullWidth: number;
    readonly wienerNoise: number;
  },
): Float64Array {
  const bins = counts.length;
  let padded = 2;
  while (padded < 2 * bins) padded *= 2;
  const offset = Math.floor(0.5 * (padded - bins));
  const zero = (): Complex => ({ real: new Float64Array(padded), imaginary: new Float64Array(padded) });

  const seen = zero();
  seen.real.set(counts, offset);
  fourier(seen, -1);
  const blur = gaussian(padded, fullWidth / slope);
  fourier(blur, -1);

  // Wiener filter: only the real part of conj(F) / (conj(F) F + noise) is used, as in ITK.
  for (let n = 0; n < padded; n++) {
    const [a, b] = [blur.real[n], blur.imaginary[n]];
    const filter = a / (a * a + b * b + wienerNoise);
    seen.real[n] *= filter;
    seen.imaginary[n] *= filter;
  }
  fourier(seen, 1);

  const numerator = zero();
  const denominator = zero();
  for (let n = 0; n < padded; n++) {
    const count = Math.max(seen.real[n], 0);
    denominator.real[n] = count;
    numerator.real[n] = (low + (n - offset) * slope) * count;
  }
  for (const one of [numerator, denominator]) {
    fourier(one, -1);
    multiply(one, blur);
    fourier(one, 1);
  }
  return Float64Array.from({ length: bins }, (_, bin) => {
    const value = numerator.real[bin + offset] / denominator.real[bin + offset];
    return Number.isFinite(value) ? value : 0;
  });
}

function gaussian(length: number, width: number): Complex {
  const factor = (4 * log(2)) / (width * width);
  const scale = (2 * Math.sqrt(log(2) / Math.PI)) / width;
  const real = new Float64Array(length);
  const half = length / 2;
  real[0] = scale;
  for (let n = 1; n <= half; n++) {
    real[n] = scale * exp(-n * n * factor);
    real[length - n] = real[n];
  }
  return { real, imaginary: new Float64Array(length) };
}

function multiply(a: Complex, b: Complex): void {
  for (let n = 0; n < a.real.length; n++) {
    const real = a.real[n] * b.real[n] - a.imaginary[n] * b.imaginary[n];
    a.imaginary[n] = a.real[n] * b.imaginary[n] + a.imaginary[n] * b.real[n];
    a.real[n] = real;
  }
}
