import { leastPrinted, type Shared } from '../disclosure/for-sharing.ts';
import { HIDDEN } from '../text/numbers.ts';

/** A sentence for the note of a table that hides small counts. */
export function smallCellsNote(results: Shared): string {
  const least = leastPrinted(results);
  return least === 0
    ? ''
    : ` Counts from 1 to ${least - 1}, and those that they would follow from, are ${HIDDEN} with the rates that give them away (report.smallCells).`;
}

/** Why a table or figure of single patients is not made; undefined where it is. */
export function singlePatients(results: Shared): { readonly missing: string } | undefined {
  return leastPrinted(results) === 0
    ? undefined
    : { missing: 'it shows single patients, and the report is to be shared (report.smallCells)' };
}
