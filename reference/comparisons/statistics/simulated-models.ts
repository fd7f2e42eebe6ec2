import type { RegressionTerm } from '@sentinode/statistics';
import { readJson, reference } from '../../locator.ts';

/** What `generate/statistics.R` wrote of models fitted to two simulated cohorts. */
export interface SimulatedModel {
  readonly data: {
    readonly age: number[];
    readonly grade: string[];
    readonly er: number[];
    readonly ki67: number[];
    readonly noise: number[];
    readonly y: (0 | 1)[];
  };
  readonly coefficients: RCoefficient[];
  readonly deviance: number;
  readonly null_deviance: number;
  readonly aic: number;
  readonly lr: { readonly statistic: number; readonly df: number; readonly p: number };
  readonly drop1: {
    readonly term: string;
    readonly df: number;
    readonly aic: number;
    readonly lrt: number;
    readonly p: number;
  }[];
  readonly backward: { readonly kept: string[]; readonly aic: number; readonly coefficients: RCoefficient[] };
  readonly firth: { readonly coefficients: number[]; readonly se: number[] };
  readonly hosmer: { readonly statistic: number; readonly p: number };
  readonly external: {
    readonly p: number[];
    readonly y: (0 | 1)[];
    readonly val_prob: Record<string, number | null>;
    readonly slope: ValueError;
    readonly intercept: ValueError;
    readonly in_the_large: ValueError;
  };
  readonly improve: Record<string, number> & { readonly before: number[]; readonly after: number[] };
  readonly validate: {
    readonly rows: number[][];
    readonly table: {
      readonly index: string;
      readonly original: number;
      readonly training: number;
      readonly test: number;
      readonly optimism: number;
      readonly corrected: number;
    }[];
  };
  readonly nomogram: {
    readonly scale: number;
    readonly intercept: number;
    readonly total: number[];
    readonly axes: Record<string, { readonly value: string[]; readonly points: number[] }>;
  };
}
export interface RCoefficient {
  readonly term: string;
  readonly estimate: number;
  readonly se: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}
interface ValueError {
  readonly value: number;
  readonly se: number;
}

export const simulatedModels = () =>
  readJson<{
    models: SimulatedModel[];
    firth: Record<'quasi' | 'complete', { y: (0 | 1)[]; x: number[]; coefficients: number[]; se: number[] }>;
    calibration: { y: (0 | 1)[]; p: number[]; val_prob: Record<string, number | null> }[];
    pretty: { low: number; high: number; ten: number[]; five: number[] }[];
  }>(reference('statistics', 'models.json'));

/** Terms of a simulated cohort, grade as a factor. */
export function termsOf(
  data: SimulatedModel['data'],
  names: readonly (keyof SimulatedModel['data'])[],
): RegressionTerm[] {
  return names.map((name) =>
    name === 'grade'
      ? { name, kind: 'factor', levels: ['G1', 'G2', 'G3'], reference: 'G1', values: data.grade }
      : { name, kind: 'continuous', values: data[name] as number[] },
  );
}
