import { ibsiColumns } from '@sentinode/radiomics';
import { writeCsv } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';

const header = ['name', 'code', 'family', 'feature', 'aggregation', 'filter', 'unit'] as const;

/** Writes `<out>.columns.csv`: what each column of an IBSI table is, with its code. */
export async function writeColumns(out: string, names: readonly string[]): Promise<void> {
  const rows = ibsiColumns(names).map((column) => header.map((key) => column[key]));
  await atomicWrite(`${out}.columns.csv`, writeCsv([...header], rows));
}
