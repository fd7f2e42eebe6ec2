/**
 * Rows are patients (or cases), columns are features. Column-major, since every selection step reads columns.
 * An undefined value is NaN here and has its reason in `undefinedReasons`.
 */
export interface FeatureTable {
  /** Row ids, unique. */
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
