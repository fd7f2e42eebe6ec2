import type { AuditCheck } from '../audit.ts';
import { cohortColumns } from './cohort-columns.ts';
import { duplicateRows } from './duplicate-rows.ts';
import { fittedRows } from './fitted-rows.ts';
import { groups } from './groups.ts';
import { identifiers, orderedSplit } from './identifiers.ts';
import { outcomeColumns } from './outcome-columns.ts';
import { rotatedTables } from './rotated-tables.ts';
import { scaledTables } from './scaled-tables.ts';

/** Everything that the audit looks for, in the order in which it reports. */
export const checks: readonly AuditCheck[] = [
  fittedRows,
  groups,
  orderedSplit,
  identifiers,
  duplicateRows,
  scaledTables,
  rotatedTables,
  outcomeColumns,
  cohortColumns,
];
