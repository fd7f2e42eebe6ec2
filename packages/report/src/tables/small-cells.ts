import type { StudyResults } from '@sentinode/study';

/** Least number of patients that a table of patients prints; 0 where everything is printed. */
export function leastPrinted({ settings }: StudyResults): number {
  return settings.study.report.smallCells ?? 0;
}

/**
 * Which counts of a division are not printed: those from 1 to below the limit, and where that is one only, the next
 * smallest as well, since it would follow from the sum.
 */
export function hidden(counts: readonly number[], least: number): boolean[] {
  const found = counts.map((count) => count > 0 && count < least);
  if (found.filter(Boolean).length !== 1) return found;
  let next = -1;
  counts.forEach((count, index) => {
    if (!found[index] && count > 0 && (next < 0 || count < counts[next]!)) next = index;
  });
  return found.map((is, index) => is || index === next);
}

/** A sentence for the note of a table that hides small cells. */
export function smallCellsNote(results: StudyResults): string {
  const least = leastPrinted(results);
  return least === 0
    ? ''
    : ` Counts below ${least}, and those that they would follow from, are not printed (report.smallCells).`;
}
