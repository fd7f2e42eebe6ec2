import { exp, log1p } from '@sentinode/core';

/** Probability of a decision value f: 1 / (1 + exp(a f + b)). */
export interface PlattScaling {
  readonly a: number;
  readonly b: number;
}

const MAX_ITERATIONS = 200;
const DAMPING = 1e-12;

/**
 * Sigmoid from decision values to probabilities by maximum likelihood with Platt's smoothed targets, (n1 + 1)/(n1 + 2)
 * and 1/(n0 + 2), at the converged optimum (Newton's method with step halving).
 */
export function fitPlatt(decisions: ArrayLike<number>, outcomes: readonly (0 | 1)[]): PlattScaling {
  const n = outcomes.length;
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  const high = (events + 1) / (events + 2);
  const low = 1 / (n - events + 2);
  let a = 0;
  let b = -logOdds(high, low, events / n);
  const lossAt = (slope: number, shift: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = slope * decisions[i]! + shift;
      const target = outcomes[i] === 1 ? high : low;
      // target x log(1 + e^z) + (1 - target) x log(1 + e^-z), without overflow
      sum += z > 0 ? target * z + log1p(exp(-z)) : (target - 1) * z + log1p(exp(z));
    }
    return sum;
  };
  let loss = lossAt(a, b);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    let ga = 0;
    let gb = 0;
    let haa = 0;
    let hab = 0;
    let hbb = 0;
    for (let i = 0; i < n; i++) {
      const f = decisions[i]!;
      const p = probabilityOf({ a, b }, f);
      const difference = (outcomes[i] === 1 ? high : low) - p;
      const w = p * (1 - p);
      ga += difference * f;
      gb += difference;
      haa += w * f * f;
      hab += w * f;
      hbb += w;
    }
    haa += DAMPING * (haa + 1e-30);
    hbb += DAMPING * (hbb + 1e-30);
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 0)) break;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    let step = 1;
    let next = Number.POSITIVE_INFINITY;
    for (; step > 1e-10; step /= 2) {
      next = lossAt(a + step * da, b + step * db);
      if (next <= loss + 1e-14 * Math.abs(loss)) break;
    }
    if (step <= 1e-10) break;
    a += step * da;
    b += step * db;
    loss = next;
    if (Math.abs(da) <= 1e-13 * (1 + Math.abs(a)) && Math.abs(db) <= 1e-13 * (1 + Math.abs(b))) break;
  }
  return { a, b };
}

/** Log-odds of the mean target; where the decision says nothing, this is the optimum already. */
function logOdds(high: number, low: number, share: number): number {
  const mean = share * high + (1 - share) * low;
  return log1p((2 * mean - 1) / (1 - mean));
}

export function probabilityOf({ a, b }: PlattScaling, decision: number): number {
  const z = a * decision + b;
  if (z < 0) return 1 / (1 + exp(z));
  const e = exp(-z);
  return e / (1 + e);
}
