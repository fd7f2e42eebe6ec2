import { log1p } from '@sentinode/core';
import { quantileOfSorted } from '@sentinode/statistics';
import type { Mask, Volume } from '@sentinode/volume';

/** What an image looks like before anything is done to it: grid, grey levels, region. No voxel is kept. */
export interface ImageSignature {
  /** Millimetres. */
  readonly spacing: readonly [number, number, number];
  /** Cubic millimetres. */
  readonly regionVolume: number;
  /** 95th percentile of the image, as log(1 + value). */
  readonly brightness: number;
  /** From the median to the 95th percentile, in distances from the 5th to the 95th. */
  readonly lopsidedness: number;
  /** Mean of the region, from the median of the image, in distances from the 5th to the 95th percentile. */
  readonly regionContrast: number;
  /** Standard deviation of the region in the same distances. */
  readonly regionSpread: number;
}

/** Quantities that tell sequences apart. */
export const signatureQuantities = ['brightness', 'lopsidedness', 'regionContrast', 'regionSpread'] as const;

/** Voxels that the percentiles are taken of, evenly spaced in the file. */
const SAMPLED = 20_000;

/** The signature of an image and the region drawn on it. */
export function signatureOf(image: Volume, region: Mask): ImageSignature {
  const { data, geometry } = image;
  const step = Math.max(1, Math.floor(data.length / SAMPLED));
  const sampled = new Float64Array(Math.ceil(data.length / step));
  for (let i = 0; i < sampled.length; i++) sampled[i] = Number(data[i * step]);
  sampled.sort();
  const at = (share: number): number => quantileOfSorted(sampled, share);
  const [low, middle, high] = [at(0.05), at(0.5), at(0.95)];
  const width = high > low ? high - low : 1;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    if (region.data[i] === 0) continue;
    const value = (Number(data[i]) - middle) / width;
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  const [x, y, z] = geometry.spacing;
  return {
    spacing: [x, y, z],
    regionVolume: count * x * y * z,
    brightness: log1p(Math.max(0, high)),
    lopsidedness: (high - middle) / width,
    regionContrast: mean,
    regionSpread: Math.sqrt(Math.max(0, squares / count - mean * mean)),
  };
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly sd: number;
}

/** What the training images of one visit and sequence looked like. */
export interface SeenImages {
  readonly visit: string;
  readonly sequence: string;
  readonly n: number;
  /** Voxel size along x, y and z in mm. */
  readonly spacing: readonly [Range, Range, Range];
  readonly regionVolume: Range;
  readonly quantities: Readonly<Record<(typeof signatureQuantities)[number], Range>>;
}

/** Summarises the signatures of the training images of one visit and sequence. */
export function seenImages(
  visit: string,
  sequence: string,
  signatures: readonly ImageSignature[],
): SeenImages {
  const range = (of: (signature: ImageSignature) => number): Range => rangeOf(signatures.map(of));
  return {
    visit,
    sequence,
    n: signatures.length,
    spacing: [range((one) => one.spacing[0]), range((one) => one.spacing[1]), range((one) => one.spacing[2])],
    regionVolume: range((one) => one.regionVolume),
    quantities: {
      brightness: range((one) => one.brightness),
      lopsidedness: range((one) => one.lopsidedness),
      regionContrast: range((one) => one.regionContrast),
      regionSpread: range((one) => one.regionSpread),
    },
  };
}

function rangeOf(values: readonly number[]): Range {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    minimum: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    maximum: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    mean,
    sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
  };
}
