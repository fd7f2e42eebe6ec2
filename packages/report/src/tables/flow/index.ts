import type { ReportTable } from '../report-table.ts';

/** The flowchart as a table. */
export const flow = {
  name: 'flow',
  title: 'Patients by step',
  note: ({ study }) =>
    `Events: ${study.outcome} = ${study.positive}; empty where the outcome of some is unknown.`,
  onlyInFile: true,
  cells: (results) => ({
    columns: ['step', 'reason', 'n', 'events'],
    rows: results.flow.flatMap((step) => [
      ...step.excluded.map((reason) => [
        step.label,
        reason.reason,
        String(reason.n),
        reason.events === null ? '' : String(reason.events),
      ]),
      [step.label, 'remaining', String(step.n), step.events === null ? '' : String(step.events)],
    ]),
  }),
} satisfies ReportTable;
