/** What the reference says of the values of one stage (reference/deep/resnet50_stages.json). */
export interface StageSummary {
  /** Without the number of pictures. */
  readonly shape: readonly number[];
  readonly mean: number;
  readonly std_ddof0: number;
  readonly abs_max: number;
  readonly share_zero: number;
  readonly first16: readonly number[];
  readonly last16: readonly number[];
}

/** Summary of the values of one stage of one picture. */
export function summariseStage(data: Float32Array, dims: readonly number[]): StageSummary {
  let [sum, largest, zeros] = [0, 0, 0];
  for (const value of data) {
    sum += value;
    largest = Math.max(largest, Math.abs(value));
    if (value === 0) zeros += 1;
  }
  const mean = sum / data.length;
  let square = 0;
  for (const value of data) square += (value - mean) ** 2;
  return {
    shape: dims.slice(1),
    mean,
    std_ddof0: Math.sqrt(square / data.length),
    abs_max: largest,
    share_zero: zeros / data.length,
    first16: Array.from(data.subarray(0, 16)),
    last16: Array.from(data.subarray(-16)),
  };
}

/** Largest difference of mean, spread, largest value and ends, relative to the largest value of the reference. */
export function stageDifference(found: StageSummary, expected: StageSummary): number {
  const differences = [
    found.mean - expected.mean,
    found.std_ddof0 - expected.std_ddof0,
    found.abs_max - expected.abs_max,
    ...expected.first16.map((value, at) => found.first16[at]! - value),
    ...expected.last16.map((value, at) => found.last16[at]! - value),
  ];
  return Math.max(...differences.map(Math.abs)) / expected.abs_max;
}

/** Name of a stage's value in our graph. */
export function valueOfStage(stage: string): string {
  const named: Readonly<Record<string, string>> = {
    conv1: 'conv1.out',
    bn1_relu: 'bn1.out.relu',
    maxpool: 'maxpool.out',
    gap: 'features',
  };
  return named[stage] ?? `${stage}.sum.relu`;
}
