import type { EvidenceTable } from './feature-class.ts';
import type { SizeMatrix } from './size-matrix.ts';

const ascending = (values: Float64Array): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Counts by grey level and size as a table; only levels and sizes that occur. */
export function sizeTable(
  title: string,
  columnTitle: string,
  { levels, sizes, counts }: SizeMatrix,
): EvidenceTable {
  const rows = ascending(levels);
  const columns = ascending(sizes);
  const values = rows.map(() => columns.map(() => 0));
  counts.forEach((count, k) => {
    values[rows.indexOf(levels[k]!)]![columns.indexOf(sizes[k]!)]! += count;
  });
  return { title, rowTitle: 'grey level', columnTitle, rows, columns, values };
}

/** Named quantities as a table of one column. */
export function quantityTable(title: string, quantities: Readonly<Record<string, number>>): EvidenceTable {
  return {
    title,
    rowTitle: 'quantity',
    columnTitle: '',
    rows: Object.keys(quantities),
    columns: ['value'],
    values: Object.values(quantities).map((value) => [value]),
  };
}

/** `(1, 0, -1)`: a step along x, y, z. */
export function directionText(offset: readonly [number, number, number]): string {
  return `(${offset.join(', ')})`;
}

/**
 * A feature direction by direction, and how its value comes from them.
 * @param counted what a direction counts, e.g. `pairs`
 * @param norm the weighting of the directions; null where the value is the mean over them
 * @param values per direction: how much was counted, and the feature there
 */
export function directionTable(
  feature: string,
  counted: string,
  norm: string | null,
  offsets: readonly (readonly [number, number, number])[],
  values: readonly (readonly [number, number])[],
): EvidenceTable {
  const from = norm === null ? 'their mean' : `that of one matrix, the directions weighted by ${norm}`;
  return {
    title: `${feature} by direction; the value is ${from}`,
    rowTitle: 'direction (x, y, z)',
    columnTitle: '',
    rows: offsets.map(directionText),
    columns: [counted, feature],
    values,
  };
}
