import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { checkPaper, type PaperReview } from './check-paper.ts';
import type { PaperFile } from './read-paper.ts';
import { csvOf, type MadeUpPaper, madeUpPaper } from './testing/made-up-paper.ts';
import { plantedErrors } from './testing/planted-errors.ts';

const review = (paper: MadeUpPaper): PaperReview =>
  checkPaper(
    new Map<PaperFile, Uint8Array>([
      ['table1.csv', csvOf(paper.table1)],
      ['table2.csv', csvOf(paper.table2)],
      ['table2_counts.csv', csvOf(paper.table2Counts)],
      ['table3.csv', csvOf(paper.table3)],
      ['printed.csv', csvOf(paper.printed)],
    ]),
  );
const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

it.each(seeds)('finds nothing in a made-up paper whose figures belong together (seed %i)', (seed) => {
  const { findings, checks } = review(madeUpPaper(createRandom(seed, 'paper')));
  expect(findings).toEqual([]);
  expect(checks.filter(({ compared }) => compared === 0).map(({ name }) => name)).toEqual([]);
});

describe.each(plantedErrors.map((error) => [error.name, error] as const))('planted: %s', (_, { plant }) => {
  it.each(seeds.slice(0, 5))('is found, and nothing else (seed %i)', (seed) => {
    const random = createRandom(1000 + seed, 'paper');
    const paper = madeUpPaper(random);
    const subject = plant(paper, random.fork('error'));
    const { findings } = review(paper);
    expect(findings.map((finding) => finding.subject)).toEqual([expect.stringContaining(subject)]);
    expect(findings[0]!.rounding).toBe(false);
  });
});
