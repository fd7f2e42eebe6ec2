import { paperChecks } from './checks/index.ts';
import { cohortSizes } from './cohort-sizes.ts';
import type { PaperFinding } from './paper.ts';
import { type PaperFile, readPaper } from './read-paper.ts';

/** Result of the arithmetic check of a paper. */
export interface PaperReview {
  readonly findings: readonly PaperFinding[];
  /** Comparisons made by each check; 0 where the paper does not print what it needs. */
  readonly checks: readonly { readonly name: string; readonly looksFor: string; readonly compared: number }[];
}

/**
 * Checks whether the figures of a paper can belong together: counts and rates, odds ratios and intervals, p values and
 * tables, cohorts and prose. It tells what does not fit, not which of the figures is wrong.
 * @throws SentinodeError as `readPaper`
 */
export function checkPaper(files: ReadonlyMap<PaperFile, Uint8Array>): PaperReview {
  const paper = readPaper(files);
  const sizes = cohortSizes(paper);
  const results = paperChecks.map(({ name, looksFor, check }) => ({
    name,
    looksFor,
    ...check(paper, sizes),
  }));
  return {
    findings: results.flatMap(({ findings }) => findings),
    checks: results.map(({ name, looksFor, compared }) => ({ name, looksFor, compared })),
  };
}
