import type { FeatureTable } from '@sentinode/core';
import type { AuditInput, AuditPatient } from './audit.ts';

/** Values of one column for the patients given that are in the table; rows where it is undefined are left out. */
export function valuesFor(
  table: FeatureTable,
  column: Float64Array,
  patients: readonly AuditPatient[],
): { patient: AuditPatient; value: number }[] {
  const row = positions(table);
  return patients.flatMap((patient) => {
    const at = row.get(patient.id);
    const value = at === undefined ? Number.NaN : column[at]!;
    return Number.isFinite(value) ? [{ patient, value }] : [];
  });
}

const known = new WeakMap<FeatureTable, Map<string, number>>();

function positions(table: FeatureTable): Map<string, number> {
  const found = known.get(table) ?? new Map(table.ids.map((id, row) => [id, row]));
  known.set(table, found);
  return found;
}

/** Rows of a table that are training patients of the study. */
export function trainingRows(input: AuditInput, table: FeatureTable): number[] {
  const row = positions(table);
  return input.patients.flatMap(({ id, cohort }) => {
    const at = row.get(id);
    return cohort === 'training' && at !== undefined ? [at] : [];
  });
}

/** Mean and standard deviation (ddof 0) of a column over rows; undefined where a value is. */
export function moments(
  column: Float64Array,
  rows: readonly number[] | null,
): { mean: number; sd: number; minimum: number; maximum: number } | undefined {
  const n = rows?.length ?? column.length;
  if (n < 2) return undefined;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const value = column[rows === null ? i : rows[i]!]!;
    if (!Number.isFinite(value)) return undefined;
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = column[rows === null ? i : rows[i]!]! - mean;
    squares += value * value;
  }
  return { mean, sd: Math.sqrt(squares / n), minimum, maximum };
}

/** Pearson correlation of two columns over rows; 0 where one is constant. */
export function pearson(a: Float64Array, b: Float64Array, rows: readonly number[] | null): number {
  const [ma, mb] = [moments(a, rows), moments(b, rows)];
  if (ma === undefined || mb === undefined || ma.sd === 0 || mb.sd === 0) return 0;
  const n = rows?.length ?? a.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const row = rows === null ? i : rows[i]!;
    sum += (a[row]! - ma.mean) * (b[row]! - mb.mean);
  }
  return sum / (n * ma.sd * mb.sd);
}
