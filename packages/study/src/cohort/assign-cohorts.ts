import { SentinodeError } from '@sentinode/core';
import { included, type Ledger } from '../ledger/ledger.ts';
import { profileOf } from '../profiles/index.ts';
import type { Cohort } from '../results/study-results.ts';
import { randomSplit } from '../split/split.ts';
import type { Study } from '../study-file/options.ts';
import type { RawTable } from '../tables/index.ts';
import { columnCells, sameCell } from './read-cohort.ts';

/**
 * Gives every included patient a cohort: by the column the study file names, or at random from the study's seed.
 * @throws SentinodeError `cohort-unknown`, `one-class` when a cohort lacks one of the outcomes
 */
export function assignCohorts(
  ledger: Ledger,
  table: RawTable,
  study: Study,
  groups: ReadonlyMap<string, string> | null,
): Ledger {
  const rows = included(ledger).map(({ id, outcome }) => {
    const group = groups?.get(id);
    return group === undefined ? { id, outcome } : { id, outcome, group };
  });
  const stratify = (kind: 'outcome' | 'none' | undefined): boolean =>
    kind === undefined ? profileOf(study.profile).stratify : kind === 'outcome';
  const { split } = study.cohort;
  const cohorts =
    'column' in split
      ? fromColumn(
          rows.map((row) => row.id),
          table,
          study.cohort.id,
          split,
        )
      : randomSplit(rows, split.test, study.seed, stratify(split.stratify));
  const assigned = {
    rows: ledger.rows.map((row) =>
      row.exclusion === null ? { ...row, cohort: cohorts.get(row.id) ?? null } : row,
    ),
  };
  for (const cohort of ['training', 'validation'] as const) {
    const outcomes = included(assigned)
      .filter((row) => row.cohort === cohort)
      .map((row) => row.outcome);
    const events = outcomes.filter((outcome) => outcome === 1).length;
    if (events === 0 || events === outcomes.length) {
      throw new SentinodeError(
        'one-class',
        `The ${cohort} cohort has ${outcomes.length} patients, ${events} of them with ${study.cohort.outcome.column} = ${study.cohort.outcome.positive}; both outcomes are needed.`,
        { file: table.file, field: study.cohort.outcome.column },
      );
    }
  }
  return assigned;
}

function fromColumn(
  ids: readonly string[],
  table: RawTable,
  idColumn: string,
  split: { column: string; training: unknown; validation: unknown },
): Map<string, Cohort> {
  const allIds = columnCells(table, idColumn, 'cohort.id').map((cell) => cell.trim());
  const cells = columnCells(table, split.column, 'cohort.split.column');
  const cellOf = new Map(allIds.map((id, row) => [id, cells[row] ?? '']));
  return new Map(
    ids.map((id): [string, Cohort] => {
      const cell = cellOf.get(id) ?? '';
      if (sameCell(cell, String(split.training))) return [id, 'training'];
      if (sameCell(cell, String(split.validation))) return [id, 'validation'];
      throw new SentinodeError(
        'cohort-unknown',
        `"${cell.trim()}" in column "${split.column}" is neither "${split.training}" nor "${split.validation}".`,
        { file: table.file, field: split.column, patient: id },
      );
    }),
  );
}
