import { modelName } from '../../text/model-names.ts';
import { NONE, significant } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** What each selection step did. */
export const selection = {
  name: 'selection',
  from: ['/selection/*/steps'],
  title: 'Selection steps',
  note: () =>
    'Every step was fitted on the training cohort only; audit.json compares the rows each step recorded with the split.',
  cells: (results) => {
    const rows = Object.entries(results.selection).flatMap(([block, { steps }]) =>
      steps.map(({ step, count, note }) => [modelName(block), step, String(count), note]),
    );
    return rows.length === 0
      ? { missing: 'the study selects no features' }
      : { columns: ['Block', 'Step', 'Columns left', 'Settings and findings'], rows };
  },
} satisfies ReportTable;

/** What each kept column was kept by, whatever the selectors were. */
export const keptColumns = {
  name: 'kept-columns',
  from: ['/selection/*/kept'],
  title: 'Columns kept',
  note: () =>
    'What every selection step decided by, for the columns that are left at the end; fitted on the training cohort only.',
  cells: (results) => {
    const rows = Object.entries(results.selection).flatMap(([block, { kept }]) =>
      kept.map(({ name, by }) => [
        modelName(block),
        name,
        by
          .map(({ step, detail }) => {
            const parts = Object.entries(detail).map(([key, value]) =>
              typeof value === 'number' ? `${key} ${significant(value)}` : `${key} ${value ?? NONE}`,
            );
            return `${step}: ${parts.join(', ')}`;
          })
          .join('; '),
      ]),
    );
    return rows.length === 0
      ? { missing: 'no feature passed the selection' }
      : { columns: ['Block', 'Column', 'Kept by'], rows };
  },
} satisfies ReportTable;
