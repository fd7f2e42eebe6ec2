import type { StudyResults } from '@sentinode/study';

/** Cells of a table, or why these results have none. */
export type Tabled =
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly missing: string };

/** A table of the report. One folder each, one line in `tables/index.ts`; it prints and never computes. */
export interface ReportTable {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  /** Places of its numbers in metrics.json: JSON pointers, `*` for every entry. */
  readonly from: readonly string[];
  /** Footnote: methods and n. */
  readonly note: (results: StudyResults) => string;
  readonly cells: (results: StudyResults) => Tabled;
  /** Long tables stand in the CSV only. */
  readonly onlyInFile?: boolean;
}
