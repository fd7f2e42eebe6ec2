import { modelName } from '../../text/model-names.ts';
import type { ReportTable } from '../report-table.ts';

/** What each selection step did. */
export const selection = {
  name: 'selection',
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
