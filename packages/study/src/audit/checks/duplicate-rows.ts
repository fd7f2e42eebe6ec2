import type { FeatureTable } from '@sentinode/core';
import { type AuditCheck, type AuditFinding, idsOf } from '../audit.ts';

/** Fewer varying columns than this can be equal by chance. */
const ENOUGH = 4;
/** Share of the columns that must be equal to the last bit. */
const SAME = 0.9;

/** Training and validation rows with the same measurements. */
export const duplicateRows: AuditCheck = {
  name: 'duplicate-rows',
  looksFor: 'training and validation rows with the same measurements',
  check: (input) => {
    const training = idsOf(input, 'training');
    const validation = idsOf(input, 'validation');
    return [...input.tables].flatMap(([name, table]): AuditFinding[] => {
      const columns = continuous(table);
      if (columns.length < ENOUGH) return [];
      const pairs = pairsOf(table, columns, training, validation);
      if (pairs.length === 0) return [];
      return [
        {
          code: 'duplicate-across-cohorts',
          severity: 'leak',
          where: `table ${name}`,
          rows: [...new Set(pairs.flat())],
          message: `${pairs.length} pairs of a training and a validation row of ${name} have the same values in at least ${100 * SAME} % of ${columns.length} columns.`,
          matters: `${new Set(pairs.map(([, id]) => id)).size} of ${validation.size} validation patients were seen in training under another id.`,
        },
      ];
    });
  },
};

/** Columns in which most rows have a value of their own. */
function continuous(table: FeatureTable): Float64Array[] {
  return table.columns.filter((column) => new Set(column).size > 0.6 * column.length);
}

/** Pairs are looked for among rows that share the value of some of the first columns. */
function pairsOf(
  table: FeatureTable,
  columns: readonly Float64Array[],
  training: ReadonlySet<string>,
  validation: ReadonlySet<string>,
): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const column of columns.slice(0, 20)) {
    const byValue = new Map<number, number[]>();
    column.forEach((value, row) => {
      if (!Number.isFinite(value)) return;
      const rows = byValue.get(value);
      if (rows === undefined) byValue.set(value, [row]);
      else rows.push(row);
    });
    for (const rows of byValue.values()) {
      const own = rows.filter((row) => training.has(table.ids[row]!));
      const held = rows.filter((row) => validation.has(table.ids[row]!));
      for (const a of own)
        for (const b of held) {
          if (found.has(`${a} ${b}`)) continue;
          const same = columns.filter((values) => values[a] === values[b]).length;
          if (same >= SAME * columns.length) found.set(`${a} ${b}`, [table.ids[a]!, table.ids[b]!]);
        }
    }
  }
  return [...found.values()];
}
