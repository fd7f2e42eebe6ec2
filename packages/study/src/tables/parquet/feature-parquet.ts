import { type FeatureTable, SentinodeError } from '@sentinode/core';
import { parquetMetadata, parquetRead } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** Name of the column that holds the row ids. */
const ID = 'id';

/**
 * A feature table as Parquet: the column `id` of strings, then one double per feature; an undefined value is null.
 * Equal tables give equal bytes. Throws RangeError for a feature that is called `id`.
 */
export function writeFeatureParquet(table: FeatureTable): Uint8Array {
  if (table.names.includes(ID)) throw new RangeError('a feature cannot be called id');
  // PLAIN everywhere: a dictionary would merge -0 with 0.
  const features = table.names.map((name, at) => ({
    name,
    type: 'DOUBLE' as const,
    encoding: 'PLAIN' as const,
    data: withNulls(table.columns[at]!),
  }));
  const ids = {
    name: ID,
    type: 'STRING' as const,
    encoding: 'PLAIN' as const,
    nullable: false,
    data: [...table.ids],
  };
  const buffer = parquetWriteBuffer({
    columnData: [ids, ...features],
    codec: 'UNCOMPRESSED',
    statistics: false,
    rowGroupSize: Math.max(1, table.ids.length),
    createdBy: 'sentinode',
  });
  return new Uint8Array(buffer);
}

/**
 * Reads what {@link writeFeatureParquet} wrote, to the last bit; null becomes NaN.
 * @throws SentinodeError `table-damaged` for bytes that are no Parquet file of this layout
 */
export async function readFeatureParquet(bytes: Uint8Array): Promise<FeatureTable> {
  const buffer = new Uint8Array(bytes).buffer;
  try {
    const metadata = parquetMetadata(buffer);
    const rows = Number(metadata.num_rows);
    const names = metadata.schema.slice(1).map((element) => element.name);
    if (names.shift() !== ID) throw new RangeError('the first column is not id');
    const ids = new Array<string>(rows).fill('');
    const columns = names.map(() => new Float64Array(rows).fill(Number.NaN));
    const position = new Map(names.map((name, at) => [name, at]));
    await parquetRead({
      file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
      metadata,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const column = columns[position.get(columnName) ?? -1];
        for (let row = 0; row < columnData.length; row++) {
          const value: unknown = columnData[row];
          if (column === undefined) ids[rowStart + row] = String(value);
          else if (value !== null && value !== undefined) column[rowStart + row] = value as number;
        }
      },
    });
    return { ids, names, columns };
  } catch (cause) {
    throw new SentinodeError(
      'table-damaged',
      'The feature table is no Parquet file of ours, or is damaged. Delete it, so that it is made again.',
      {},
      cause,
    );
  }
}

function withNulls(column: Float64Array): Float64Array | (number | null)[] {
  return column.some(Number.isNaN)
    ? Array.from(column, (value) => (Number.isNaN(value) ? null : value))
    : column;
}
