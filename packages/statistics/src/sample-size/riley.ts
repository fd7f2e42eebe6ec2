import { exp, log, pow, SentinodeError } from '@sentinode/core';
import { normalQuantile } from '../distributions/index.ts';
import { logit, softplus } from '../regression/likelihood.ts';

/** Anticipated performance: one of the three is given. */
export type AnticipatedFit =
  | { readonly coxSnellR2: number }
  | { readonly nagelkerkeR2: number }
  | { readonly cStatistic: number };

export interface SampleSizeOptions {
  /** Anticipated share of events. */
  readonly prevalence: number;
  /** Candidate parameters, dummies counted. */
  readonly parameters: number;
  readonly fit: AnticipatedFit;
  /** Targeted shrinkage (criterion 1); default 0.9. */
  readonly shrinkage?: number;
  /** Accepted optimism in Nagelkerke's R2 (criterion 2); default 0.05. */
  readonly optimismR2?: number;
  /** Margin of the overall risk (criterion 3); default 0.05. */
  readonly margin?: number;
}

/** Riley's three criteria for a model of a binary outcome (BMJ 2020;368:m441; pmsampsize). */
export interface SampleSize {
  /** Patients by criterion before rounding up: shrinkage, optimism in R2, overall risk. */
  readonly criteria: readonly [number, number, number];
  /** The largest, rounded up. */
  readonly n: number;
  readonly events: number;
  readonly eventsPerParameter: number;
  readonly coxSnellR2: number;
  /** Largest Cox-Snell R2 that this prevalence allows. */
  readonly maxCoxSnellR2: number;
  readonly method: string;
}

/** @throws SentinodeError `option-invalid` */
export function rileySampleSize(options: SampleSizeOptions): SampleSize {
  const { prevalence, parameters, fit, shrinkage = 0.9, optimismR2 = 0.05, margin = 0.05 } = options;
  const between = (field: string, value: number, low = 0, high = 1): void => {
    if (!(value > low && value < high))
      throw new SentinodeError('option-invalid', `${field} lies between ${low} and ${high}, not ${value}.`, {
        field,
      });
  };
  between('prevalence', prevalence);
  between('shrinkage', shrinkage);
  between('optimismR2', optimismR2);
  between('margin', margin);
  if (!Number.isInteger(parameters) || parameters < 1)
    throw new SentinodeError('option-invalid', `A model has 1 or more parameters, not ${parameters}.`, {
      field: 'parameters',
    });
  const max = 1 - pow(pow(prevalence, prevalence) * pow(1 - prevalence, 1 - prevalence), 2);
  const r2 = coxSnell(fit, prevalence, max, between);
  between('Cox-Snell R2', r2, 0, max);
  if (r2 >= shrinkage)
    throw new SentinodeError(
      'option-invalid',
      `A Cox-Snell R2 of ${r2} is not below the shrinkage ${shrinkage}.`,
      { field: 'shrinkage' },
    );
  const forShrinkage = (s: number): number => parameters / ((s - 1) * log(1 - r2 / s));
  // 1.96 as published, not the exact quantile
  const criteria = [
    forShrinkage(shrinkage),
    forShrinkage(r2 / (r2 + optimismR2 * max)),
    (1.96 / margin) * (1.96 / margin) * prevalence * (1 - prevalence),
  ] as const;
  const n = Math.max(...criteria.map(Math.ceil));
  return {
    criteria,
    n,
    events: n * prevalence,
    eventsPerParameter: (n * prevalence) / parameters,
    coxSnellR2: r2,
    maxCoxSnellR2: max,
    method: `Riley 2020: shrinkage ${shrinkage}, optimism in Nagelkerke R2 ${optimismR2}, margin of the overall risk ${margin}`,
  };
}

function coxSnell(
  fit: AnticipatedFit,
  prevalence: number,
  max: number,
  between: (field: string, value: number, low?: number, high?: number) => void,
): number {
  if ('coxSnellR2' in fit) return fit.coxSnellR2;
  if ('nagelkerkeR2' in fit) {
    between('Nagelkerke R2', fit.nagelkerkeR2);
    return fit.nagelkerkeR2 * max;
  }
  between('c-statistic', fit.cStatistic, 0.5, 1);
  return coxSnellOfAuc(fit.cStatistic, prevalence);
}

/**
 * Cox-Snell R2 of a linear predictor that is normal with equal variance in both classes and has this AUC (Riley 2021),
 * by the trapezoidal rule, where pmsampsize simulates: its value varies in the third digit.
 */
function coxSnellOfAuc(auc: number, prevalence: number): number {
  const shift = Math.SQRT2 * normalQuantile(auc);
  const intercept = logit(prevalence) - (shift * shift) / 2;
  const step = 1 / 64;
  let events = 0;
  let others = 0;
  for (let k = -12 * 64; k <= 12 * 64; k++) {
    const z = k * step;
    const density = (exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * step;
    events -= density * softplus(-(intercept + shift * (z + shift)));
    others -= density * softplus(intercept + shift * z);
  }
  const model = prevalence * events + (1 - prevalence) * others;
  const none = prevalence * log(prevalence) + (1 - prevalence) * log(1 - prevalence);
  return 1 - exp(-2 * (model - none));
}
