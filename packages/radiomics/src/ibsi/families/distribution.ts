import type { FeatureValue } from '../../features/feature-class.ts';

/** What statistics and intensity histogram share: features of a sample of numbers, by the end of their tags. */
export interface Distribution {
  readonly mean: number;
  readonly var: number;
  readonly skew: number;
  readonly kurt: number;
  readonly median: number;
  readonly min: number;
  readonly p10: number;
  readonly p90: number;
  readonly max: number;
  readonly iqr: number;
  readonly range: number;
  readonly mad: number;
  readonly rmad: number;
  readonly medad: number;
  readonly cov: FeatureValue;
  readonly qcod: FeatureValue;
}

/** Percentile with linear interpolation between order statistics. */
function percentile(sorted: Float64Array, percent: number): number {
  const position = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

const meanOf = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

const meanDeviation = (values: Float64Array, centre: number): number => {
  let sum = 0;
  for (const value of values) sum += Math.abs(value - centre);
  return sum / values.length;
};

/** Population moments; skewness and kurtosis are 0 where the variance is. */
export function distribution(values: Float64Array): Distribution {
  const sorted = Float64Array.from(values).sort();
  const mean = meanOf(sorted);
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (const value of sorted) {
    const d = value - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  m2 /= sorted.length;
  m3 /= sorted.length;
  m4 /= sorted.length;
  const flat = sorted[0] === sorted[sorted.length - 1];
  const [p10, p25, median, p75, p90] = [10, 25, 50, 75, 90].map((percent) => percentile(sorted, percent)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const robust = sorted.filter((value) => value >= p10 && value <= p90);
  return {
    mean,
    var: flat ? 0 : m2,
    skew: flat ? 0 : m3 / (m2 * Math.sqrt(m2)),
    kurt: flat ? 0 : m4 / (m2 * m2) - 3,
    median,
    min: sorted[0]!,
    p10,
    p90,
    max: sorted[sorted.length - 1]!,
    iqr: p75 - p25,
    range: sorted[sorted.length - 1]! - sorted[0]!,
    mad: meanDeviation(sorted, mean),
    rmad: meanDeviation(robust, meanOf(robust)),
    medad: meanDeviation(sorted, median),
    cov: mean === 0 ? { undefined: 'the mean is 0' } : (flat ? 0 : Math.sqrt(m2)) / mean,
    qcod: p75 + p25 === 0 ? { undefined: 'the sum of the quartiles is 0' } : (p75 - p25) / (p75 + p25),
  };
}
