import type { StudyResults } from '@sentinode/study';
import { forSharing } from './disclosure/for-sharing.ts';
import type { Drawn } from './figures/figure.ts';
import { figures } from './figures/index.ts';
import { tables } from './tables/index.ts';
import type { Tabled } from './tables/report-table.ts';

/** Results with everything that was drawn of them, once: by name, or why there is none. */
export interface Printed {
  readonly results: StudyResults;
  readonly figures: ReadonlyMap<string, Drawn>;
  readonly tables: ReadonlyMap<string, Tabled>;
}

/** Draws every figure and fills every table, of the results as they may be shared where the study asks for that. */
export function printAll(given: StudyResults): Printed {
  const results = forSharing(given);
  return {
    results,
    figures: new Map(figures.map((figure) => [figure.name, figure.draw(results)])),
    tables: new Map(tables.map((table) => [table.name, table.cells(results)])),
  };
}
