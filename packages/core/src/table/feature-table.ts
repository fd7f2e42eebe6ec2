/**
 * Rows are patients (or cases), columns are features. Column-major, since every selection step reads columns.
 * An undefined value is NaN here and has its reason in `undefinedReasons`.
 */
export interface FeatureTable {
  /** Row ids; an id that comes again is another row of the same patient (bootstrap, augmentation). */
  readonly ids: readonly string[];
  /** Column names, unique. */
  readonly names: readonly string[];
  /** One Float64Array per column, each as long as `ids`. */
  readonly columns: readonly Float64Array[];
}

/** A table with the rows given by id, in that order. Throws RangeError for an id that is not there. */
export function selectRows(table: FeatureTable, ids: readonly string[]): FeatureTable {
  const position = new Map(table.ids.map((id, row) => [id, row]));
  const rows = ids.map((id) => {
    const row = position.get(id);
    if (row === undefined) throw new RangeError(`no row ${id}`);
    return row;
  });
  return selectPositions(table, rows);
}

/** A table with the rows at the positions given, in that order; a position may occur more than once (bootstrap). */
export function selectPositions(table: FeatureTable, rows: readonly number[]): FeatureTable {
  const columns = table.columns.map((column) => {
    const chosen = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]!]!;
    return chosen;
  });
  return { ids: rows.map((row) => table.ids[row]!), names: table.names, columns };
}

/** A table with the columns given by name, in that order. Throws RangeError for a name that is not there. */
export function selectColumns(table: FeatureTable, names: readonly string[]): FeatureTable {
  const position = new Map(table.names.map((name, column) => [name, column]));
  const columns = names.map((name) => {
    const column = position.get(name);
    if (column === undefined) throw new RangeError(`no column ${name}`);
    return table.columns[column]!;
  });
  return { ids: table.ids, names: [...names], columns };
}

/** Rows of several tables one below the other; all must have the same columns in the same order. */
export function joinRows(first: FeatureTable, ...others: readonly FeatureTable[]): FeatureTable {
  if (others.length === 0) return first;
  const tables = [first, ...others];
  for (const { names } of others)
    if (names.length !== first.names.length || names.some((name, column) => name !== first.names[column]))
      throw new RangeError('tables with different columns cannot be stacked');
  const rows = tables.reduce((sum, { ids }) => sum + ids.length, 0);
  return {
    ids: tables.flatMap(({ ids }) => ids),
    names: first.names,
    columns: first.names.map((_, column) => {
      const whole = new Float64Array(rows);
      let at = 0;
      for (const { columns, ids } of tables) {
        whole.set(columns[column]!, at);
        at += ids.length;
      }
      return whole;
    }),
  };
}

/** Columns of several tables side by side; all must have the same row ids in the same order. */
export function joinColumns(...tables: readonly FeatureTable[]): FeatureTable {
  const first = tables[0];
  if (first === undefined) return { ids: [], names: [], columns: [] };
  for (const table of tables) {
    if (table.ids.length !== first.ids.length || table.ids.some((id, row) => id !== first.ids[row])) {
      throw new RangeError('tables with different rows cannot be joined');
    }
  }
  return {
    ids: first.ids,
    names: tables.flatMap((table) => table.names),
    columns: tables.flatMap((table) => table.columns),
  };
}
