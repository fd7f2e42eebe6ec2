import type { BaselineRow } from '@sentinode/statistics';
import type { StudyResults } from '@sentinode/study';
import { countShare, decimal, NONE, pValue } from '../../text/numbers.ts';
import type { ReportTable, Tabled } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

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
    ...counts.map((n, group) => countShare(n, row.groups[group]?.n ?? 0)),
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

const note = (results: StudyResults): string =>
  `Mean ± SD with Student t; median [quartiles] with Mann-Whitney; n (%) with chi-square or Fisher exact.${smallCellsNote(results)}`;

const byOutcome = (name: string, which: 'all' | 'training' | 'validation', who: string): ReportTable => ({
  name,
  from: [`/baseline/${which}`],
  title: `Baseline by outcome, ${who}`,
  note,
  cells: (results) => cells(results.baseline.groups, results.baseline[which]),
});

/** Table 1: all patients by outcome. */
export const baseline = byOutcome('baseline', 'all', 'all patients');

/** Table 1 of the training cohort. */
export const baselineTraining = byOutcome('baseline-training', 'training', 'training cohort');

/** Table 1 of the validation cohort. */
export const baselineValidation = byOutcome('baseline-validation', 'validation', 'validation cohort');

/** Training beside validation patients. */
export const baselineCohorts: ReportTable = {
  name: 'baseline-cohorts',
  from: ['/baseline/cohorts'],
  title: 'Baseline by cohort',
  note,
  cells: (results) => cells(['Training', 'Validation'], results.baseline.cohorts),
};
