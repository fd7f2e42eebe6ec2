import type { ReportTable } from '../report-table.ts';

/** What the leakage audit looked for, and what it found. */
export const audit = {
  name: 'audit',
  from: ['/audit/checks'],
  title: 'Leakage audit',
  note: () =>
    'Computed from the run: recorded rows of every fitted object and decision against the split, and the tables as they were supplied. Nothing found does not mean that there is nothing; the behavioural test (sentinode audit --behavioural) is the decisive one.',
  cells: (results) => ({
    columns: ['Looked for', 'Found'],
    rows: results.audit.checks.map(({ looksFor, findings }) => [looksFor, String(findings)]),
  }),
} satisfies ReportTable;

/** Every reading of the validation cohort, in order. */
export const validationReads = {
  name: 'validation-reads',
  from: ['/audit/reads'],
  title: 'Readings of the validation cohort',
  note: ({ plan }) =>
    `In this order, after the analysis plan was written down (plan ${plan.number}, SHA-256 ${plan.sha256.slice(0, 16)}…).`,
  cells: (results) => ({
    columns: ['Reading', 'Purpose', 'Rows'],
    rows: results.audit.reads.map(({ purpose, rows }, index) => [String(index + 1), purpose, String(rows)]),
  }),
} satisfies ReportTable;
