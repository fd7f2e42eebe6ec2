import type { FeatureTable } from '@sentinode/core';

/**
 * A feature table as CSV bytes: first column the patient id. Made row by row into one buffer, since as one text these
 * tables are larger than an engine likes.
 */
export function featureCsv(table: FeatureTable): Uint8Array {
  const encoder = new TextEncoder();
  const lines = [`patient_id,${table.names.join(',')}\n`].map((line) => encoder.encode(line));
  const cells = new Array<string>(table.columns.length + 1);
  table.ids.forEach((id, row) => {
    cells[0] = id;
    for (let column = 0; column < table.columns.length; column++)
      cells[column + 1] = String(table.columns[column]![row]);
    lines.push(encoder.encode(`${cells.join(',')}\n`));
  });
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, 0));
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    at += line.length;
  }
  return bytes;
}
