import { createRandom, type FeatureTable, type Random, sqrt } from '@sentinode/core';
import { type Visit, visits } from '../images/sequences.ts';
import { draws } from './image-factors.ts';
import { fromWhole } from './scale.ts';

/** Values per image that the network gives. */
const WIDTH = 2048;
/** Directions in which they vary together; the variance falls as 1 / (index + FALL). */
const DIRECTIONS = 70;
const FALL = 3;
/** Correlation of some directions with the latent response. */
const responseLoadings: Readonly<Record<Visit, Readonly<Record<number, number>>>> = {
  pre: { 3: 0.35, 7: -0.3 },
  post: { 1: -0.4, 4: 0.45, 6: -0.4, 9: 0.35 },
};
/** Share of a direction's variance that pre and post have in common. */
const SAME_PATIENT = 0.4;
/** Standard deviation of what each value has for itself. */
const OWN = 0.35;
const DECIMALS = 6;
const MILLION = 1e6;

/**
 * Table of 6,144 deep columns, `pre_`, `post_` and `delta_deep_0000` to `2047`: correlated, not negative before the
 * difference (they are means of rectified values), delta exact in decimals.
 */
export function deepTable(ids: readonly string[], responses: Float64Array, random: Random): FeatureTable {
  const n = ids.length;
  const named = (name: string): Float64Array => draws(random.fork(name), n);
  const byVisit = visits.map((visit) => {
    const directions = Array.from({ length: DIRECTIONS }, (_, d) => {
      const same = named(`${d}`);
      const own = named(`${d}/${visit}`);
      const loading = responseLoadings[visit][d] ?? 0;
      const rest = sqrt(1 - loading * loading);
      return own.map(
        (value, i) =>
          loading * responses[i]! + rest * (sqrt(SAME_PATIENT) * same[i]! + sqrt(1 - SAME_PATIENT) * value),
      );
    });
    return visitColumns(directions, random.fork(`own/${visit}`), n);
  });
  const delta = byVisit[1]!.map((post, column) => post.map((value, i) => value - byVisit[0]![column]![i]!));
  const blocks = [byVisit[0]!, byVisit[1]!, delta];
  return {
    ids,
    names: [...visits, 'delta'].flatMap((block) =>
      Array.from({ length: WIDTH }, (_, column) => `${block}_deep_${String(column).padStart(4, '0')}`),
    ),
    columns: blocks.flatMap((block) => block.map((whole) => fromWhole(whole, DECIMALS))),
  };
}

/** Columns of one visit as whole multiples of 10^-DECIMALS. The loadings are the same in every study. */
function visitColumns(directions: readonly Float64Array[], random: Random, n: number): Float64Array[] {
  const design = createRandom(2048, 'deep design');
  const weights = directions.map((_, d) => sqrt(1 / (d + FALL)));
  const total = sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  const standard = new Float64Array(n);
  return Array.from({ length: WIDTH }, () => {
    standard.fill(0);
    directions.forEach((direction, d) => {
      const loading = (design.normal() * weights[d]!) / total;
      for (let i = 0; i < n; i++) standard[i]! += loading * direction[i]!;
    });
    const level = 0.2 + 0.8 * design.uniform();
    return standard.map((value) =>
      Math.round(Math.max(0, level * (1 + 0.35 * (value + OWN * random.normal()))) * MILLION),
    );
  });
}
