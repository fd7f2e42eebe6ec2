import type { FeatureTable } from '@sentinode/core';

/** Visits, sequences and delta pairs of a feature table. */
export interface VisitLayout {
  readonly visits: readonly string[];
  readonly sequences: readonly string[];
  /** Pairs [earlier, later]. */
  readonly delta: readonly (readonly [string, string])[];
}

/** Declared delta pairs; the last visit minus the first when none is declared and there are two or more. */
export function deltaPairs(
  visits: readonly string[],
  declared: readonly (readonly [string, string])[] | undefined,
): readonly (readonly [string, string])[] {
  if (declared !== undefined) return declared;
  return visits.length < 2 ? [] : [[visits[0]!, visits[visits.length - 1]!]];
}

/** Prefix of a delta column: `delta` for a single pair, `delta-<earlier>-<later>` where there are several. */
export function deltaPrefix(pair: readonly [string, string], pairs: readonly unknown[]): string {
  return pairs.length === 1 ? 'delta' : `delta-${pair[0]}-${pair[1]}`;
}

/**
 * Adds the delta columns a table lacks: later minus earlier, one IEEE subtraction, after all columns of the file, in
 * the order of the earlier visit's columns. A value that is undefined at either visit is undefined in the delta.
 * Columns that name no visit and sequence are left as they are.
 */
export function addDeltaColumns(table: FeatureTable, layout: VisitLayout): FeatureTable {
  const position = new Map(table.names.map((name, index) => [name, index]));
  const names = [...table.names];
  const columns = [...table.columns];
  for (const pair of layout.delta) {
    const prefix = deltaPrefix(pair, layout.delta);
    for (const name of table.names) {
      const sequence = layout.sequences.find((candidate) => name.startsWith(`${pair[0]}_${candidate}_`));
      if (sequence === undefined) continue;
      const rest = name.slice(pair[0].length + 1);
      const later = position.get(`${pair[1]}_${rest}`);
      const deltaName = `${prefix}_${rest}`;
      if (later === undefined || position.has(deltaName)) continue;
      const first = table.columns[position.get(name)!]!;
      const second = table.columns[later]!;
      names.push(deltaName);
      columns.push(first.map((value, row) => second[row]! - value));
    }
  }
  return { ids: table.ids, names, columns };
}
