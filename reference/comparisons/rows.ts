/** Numbers of a column. */
export const column = (rows: readonly Readonly<Record<string, string>>[], name: string): number[] =>
  rows.map((row) => Number(row[name]));

/** 0/1 outcomes of numbers. */
export const binary = (values: readonly number[]): (0 | 1)[] => values.map((value) => (value === 1 ? 1 : 0));

/** A two-column table (quantity, value) as a record. */
export const quantities = (rows: readonly Readonly<Record<string, string>>[]): Record<string, string> =>
  Object.fromEntries(rows.map((row) => [row.quantity!, row.value!]));
