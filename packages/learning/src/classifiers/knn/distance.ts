import { pow } from '@sentinode/core';

/** Measures of distance, by scikit-learn's names. */
export type Metric = 'minkowski' | 'euclidean' | 'manhattan' | 'chebyshev' | 'cosine';

/** Writes the distances of one row (at `at` in `query`) to all training rows into `out`; both row-major, p columns. */
type DistanceFill = (
  query: Float64Array,
  at: number,
  training: Float64Array,
  p: number,
  out: Float64Array,
) => void;

const euclidean: DistanceFill = (query, at, training, p, out) => {
  for (let r = 0, base = 0; r < out.length; r++, base += p) {
    let sum = 0;
    for (let j = 0; j < p; j++) {
      const d = query[at + j]! - training[base + j]!;
      sum += d * d;
    }
    out[r] = Math.sqrt(sum);
  }
};

const manhattan: DistanceFill = (query, at, training, p, out) => {
  for (let r = 0, base = 0; r < out.length; r++, base += p) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += Math.abs(query[at + j]! - training[base + j]!);
    out[r] = sum;
  }
};

const chebyshev: DistanceFill = (query, at, training, p, out) => {
  for (let r = 0, base = 0; r < out.length; r++, base += p) {
    let largest = 0;
    for (let j = 0; j < p; j++) largest = Math.max(largest, Math.abs(query[at + j]! - training[base + j]!));
    out[r] = largest;
  }
};

const minkowski =
  (power: number): DistanceFill =>
  (query, at, training, p, out) => {
    for (let r = 0, base = 0; r < out.length; r++, base += p) {
      let sum = 0;
      for (let j = 0; j < p; j++) {
        const d = Math.abs(query[at + j]! - training[base + j]!);
        if (d > 0) sum += pow(d, power);
      }
      out[r] = sum === 0 ? 0 : pow(sum, 1 / power);
    }
  };

/** 1 - cosine of the angle; a row of zeros is at distance 1 of every other, as in scikit-learn. */
const cosine: DistanceFill = (query, at, training, p, out) => {
  let own = 0;
  for (let j = 0; j < p; j++) own += query[at + j]! * query[at + j]!;
  for (let r = 0, base = 0; r < out.length; r++, base += p) {
    let product = 0;
    let other = 0;
    for (let j = 0; j < p; j++) {
      product += query[at + j]! * training[base + j]!;
      other += training[base + j]! * training[base + j]!;
    }
    const similarity = own === 0 || other === 0 ? 0 : product / Math.sqrt(own * other);
    out[r] = Math.min(2, Math.max(0, 1 - similarity));
  }
};

/** The measure that the options name; `minkowski` with 1 and 2 are the Manhattan and Euclidean distances. */
export function distanceOf(metric: Metric, power: number): DistanceFill {
  if (metric === 'minkowski') return power === 1 ? manhattan : power === 2 ? euclidean : minkowski(power);
  return { euclidean, manhattan, chebyshev, cosine }[metric];
}
