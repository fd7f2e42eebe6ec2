import type { FeatureTable } from '@sentinode/core';
import { readCsv, reference } from '../../../../reference/locator.ts';

/** Rows of a simulated table of `reference/learning`, with its outcomes. */
export interface ReferenceRows {
  readonly table: FeatureTable;
  readonly outcomes: readonly (0 | 1)[];
}

/** A table by file name, e.g. `Az_train.csv`: row number, outcome (0 where it has none), predictors. */
export function referenceRows(file: string): ReferenceRows {
  const rows = readCsv(reference('learning', file));
  const names = Object.keys(rows[0]!).filter((name) => name !== 'row' && name !== 'y');
  return {
    table: {
      ids: rows.map((row) => `p${row.row}`),
      names,
      columns: names.map((name) => Float64Array.from(rows, (row) => Number(row[name]))),
    },
    outcomes: rows.map((row): 0 | 1 => (row.y === '1' ? 1 : 0)),
  };
}

/** Training and test rows of a table; the small table C is both. */
export function referenceParts(table: string): { train: ReferenceRows; test: ReferenceRows } {
  if (table === 'C') return { train: referenceRows('C.csv'), test: referenceRows('C.csv') };
  return { train: referenceRows(`${table}_train.csv`), test: referenceRows(`${table}_test.csv`) };
}

let predictions: Map<string, { decision: number[]; probability: number[] }> | undefined;

/** What the peer predicts for the rows of one part, in order; NaN where it gives no such value. */
export function referencePredictions(
  model: string,
  setting: string,
  table: string,
  part: 'train' | 'test',
): { readonly decision: readonly number[]; readonly probability: readonly number[] } {
  if (predictions === undefined) {
    predictions = new Map();
    for (const row of readCsv(reference('learning', 'classifiers', 'predictions.csv'))) {
      const key = [row.model, row.setting, row.table, row.part].join('|');
      const entry = predictions.get(key) ?? { decision: [], probability: [] };
      entry.decision.push(row.decision === '' ? Number.NaN : Number(row.decision));
      entry.probability.push(row.proba1 === '' ? Number.NaN : Number(row.proba1));
      predictions.set(key, entry);
    }
  }
  const found = predictions.get([model, setting, table, table === 'C' ? 'train' : part].join('|'));
  if (found === undefined) throw new Error(`no reference predictions of ${model} ${setting} ${table}`);
  return found;
}

/** Largest absolute difference of two lists of the same length; NaN counts as infinite. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest;
}
