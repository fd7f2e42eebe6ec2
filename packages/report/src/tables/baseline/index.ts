import type { BaselineRow } from '@sentinode/statistics';
import { countShare, decimal, NONE, pValue } from '../../text/numbers.ts';
import type { ReportTable, Tabled } from '../report-table.ts';

function head(row: BaselineRow): string[] {
  if (row.kind === 'categorical')
    return [row.variable, ...row.groups.map(() => ''), row.test ?? `none: ${row.reason}`, pValue(row.p)];
  const byMean = row.test !== 'Mann-Whitney';
  const cells = row.groups.map(({ mean, sd, median, q1, q3 }) =>
    mean === undefined || median === undefined
      ? NONE
      : byMean
        ? `${decimal(mean, 1)} ± ${decimal(sd, 1)}`
        : `${decimal(median, 1)} [${decimal(q1, 1)}–${decimal(q3, 1)}]`,
  );
  return [row.variable, ...cells, row.test ?? `none: ${row.reason}`, pValue(row.p)];
}

function levels(row: BaselineRow): string[][] {
  return row.levels.map(({ level, counts }) => [
    `  ${level}`,
    ...counts.map((count, index) => countShare(count, row.groups[index]?.n ?? 0)),
    '',
    '',
  ]);
}

function cells(groups: readonly string[], rows: readonly BaselineRow[]): Tabled {
  if (rows.length === 0) return { missing: 'the study file declares no clinical variables' };
  const sizes = groups.map(
    (group, index) => `${group} (n = ${Math.max(...rows.map((row) => row.groups[index]?.n ?? 0))})`,
  );
  return {
    columns: ['Variable', ...sizes, 'Test', 'p'],
    rows: rows.flatMap((row) => [head(row), ...levels(row)]),
  };
}

const note =
  'Mean ± SD with Student t; median [quartiles] with Mann-Whitney; n (%) with chi-square or Fisher exact.';

/** Table 1: all patients by outcome. */
export const baseline = {
  name: 'baseline',
  title: 'Baseline by outcome, all patients',
  note: () => note,
  cells: (results) => cells(results.baseline.groups, results.baseline.all),
} satisfies ReportTable;

/** Table 1 of the training cohort. */
export const baselineTraining = {
  name: 'baseline-training',
  title: 'Baseline by outcome, training cohort',
  note: () => note,
  cells: (results) => cells(results.baseline.groups, results.baseline.training),
} satisfies ReportTable;

/** Table 1 of the validation cohort. */
export const baselineValidation = {
  name: 'baseline-validation',
  title: 'Baseline by outcome, validation cohort',
  note: () => note,
  cells: (results) => cells(results.baseline.groups, results.baseline.validation),
} satisfies ReportTable;
