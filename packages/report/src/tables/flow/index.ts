import { count } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

/** The flowchart as a table. */
export const flow = {
  name: 'flow',
  from: ['/flow'],
  title: 'Patients by step',
  note: (results) =>
    `Events: ${results.study.outcome} = ${results.study.positive}; empty where the outcome of some is unknown.${smallCellsNote(results)}`,
  onlyInFile: true,
  cells: (results) => ({
    columns: ['step', 'reason', 'n', 'events'],
    rows: results.flow.flatMap((step) => [
      ...step.excluded.map((reason) => [
        step.label,
        reason.reason,
        count(reason.n),
        reason.events === null ? '' : count(reason.events),
      ]),
      [step.label, 'remaining', count(step.n), step.events === null ? '' : count(step.events)],
    ]),
  }),
} satisfies ReportTable;
