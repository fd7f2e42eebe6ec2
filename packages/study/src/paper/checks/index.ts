import type { PaperCheck } from '../paper.ts';
import { baseline } from './baseline.ts';
import { comparisons } from './comparisons.ts';
import { models } from './models.ts';
import { oddsRatios } from './odds-ratios.ts';
import { overfitting } from './overfitting.ts';
import { sizes } from './sizes.ts';
import { statements } from './statements.ts';
import { stratified } from './stratified.ts';

/** Everything that is checked in a paper, in the order in which it is reported. */
export const paperChecks: readonly PaperCheck[] = [
  sizes,
  stratified,
  baseline,
  oddsRatios,
  models,
  comparisons,
  statements,
  overfitting,
];
