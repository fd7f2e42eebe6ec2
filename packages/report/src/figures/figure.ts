import type { StudyResults } from '@sentinode/study';

/** A drawn figure, or why these results have none. */
export type Drawn = { readonly svg: string } | { readonly missing: string };

/** A figure of the report. One folder each, one line in `figures/index.ts`; it draws and never computes. */
export interface Figure {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  /** Places of its numbers in metrics.json: JSON pointers, `*` for every entry. */
  readonly from: readonly string[];
  /** States n, events and method. */
  readonly caption: (results: StudyResults) => string;
  readonly draw: (results: StudyResults) => Drawn;
}
