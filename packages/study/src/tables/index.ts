export { findDecimalComma, numericColumn } from './numeric-column.ts';
export { readFeatureParquet, writeFeatureParquet } from './parquet/feature-parquet.ts';
export { columnIndex, type RawTable, type ReadTableOptions } from './raw-table.ts';
export { readTable } from './read-table.ts';
export { writeCsv } from './text/write-csv.ts';
