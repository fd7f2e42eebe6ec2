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
