import { decimal } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Agreement of the readers by group of features. */
export const agreement = {
  name: 'agreement',
  from: ['/agreement/groups'],
  title: 'Agreement of the readers',
  note: ({ agreement: found }) =>
    found === null
      ? ''
      : `${found.form}, training cohort; ${found.kept} of ${found.columns} columns reach ${decimal(found.minimum, 2)}, ${found.undefinedColumns} are undefined and were dropped.`,
  onlyInFile: true,
  cells: ({ agreement: found }) =>
    found === null
      ? { missing: 'features of two readers were not given' }
      : {
          columns: ['By', 'Group', 'Columns', 'Median ICC', 'Kept'],
          rows: found.groups.map(({ by, name, columns, median, kept }) => [
            by,
            name,
            String(columns),
            decimal(median),
            String(kept),
          ]),
        },
} satisfies ReportTable;
