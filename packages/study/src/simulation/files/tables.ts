import type { Random } from '@sentinode/core';
import { writeCsv } from '../../tables/index.ts';
import { type FactorName, factorNames } from '../clinical/published-table.ts';
import { criteria, reasonOf } from '../cohort/drop-outs.ts';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import type { VisitRow } from '../cohort/visit-table.ts';

/** Variables of the clinical table, in its order. */
const variables: readonly ('age' | FactorName)[] = ['age', ...factorNames];

/**
 * `clinical.csv`: id, criteria, variables, outcome; with `imaging` (what became of the images) where the study starts
 * from feature tables and no table of visits is read.
 */
export function clinicalTable(
  patients: readonly SimulatedPatient[],
  withImaging: boolean,
  random: Random,
): string {
  const columns = [
    'patient_id',
    ...criteria.map(({ column }) => column),
    ...(withImaging ? ['imaging'] : []),
    ...variables,
    'apcr',
  ];
  const rows = patients.map(({ id, cells, outcome, dropOut }) => {
    const emptied =
      dropOut?.kind === 'clinical-missing' ? random.fork(id).integer(variables.length) : undefined;
    const surgery = !(dropOut?.kind === 'criterion' && dropOut.criterion.column === 'surgery');
    const known = surgery && dropOut?.kind !== 'outcome-missing';
    return [
      id,
      ...criteria.map((criterion) =>
        dropOut?.kind === 'criterion' && dropOut.criterion === criterion
          ? criterion.excluding
          : criterion.usual,
      ),
      ...(withImaging ? [dropOut?.kind === 'imaging' ? dropOut.state : 'complete'] : []),
      ...variables.map((name, index) => (index === emptied ? 'NA' : cells[name])),
      known ? String(outcome) : 'NA',
    ];
  });
  return writeCsv(columns, rows);
}

/** `visits.csv` as the study file names it. */
export function visitTable(rows: readonly VisitRow[]): string {
  return writeCsv(
    ['patient_id', 'visit', 'mri_date', 'nat_start', 'nat_end', 'status'],
    rows.map((row) => [row.patient, row.visit, row.mriDate, row.natStart, row.natEnd, row.status]),
  );
}

/** `truth.csv`: what only the simulation knows. Never an input of a study. */
export function truthTable(
  patients: readonly SimulatedPatient[],
  extra: { readonly columns: readonly string[]; readonly rows: readonly (readonly (number | null)[])[] },
): string {
  const columns = ['patient_id', 'takes_part', 'reason', 'apcr', 'latent_response', ...extra.columns];
  const rows = patients.map(({ id, outcome, response, dropOut }, index) => [
    id,
    dropOut === null ? 'yes' : 'no',
    dropOut === null ? '' : reasonOf(dropOut),
    outcome,
    Number(response.toFixed(6)),
    ...extra.rows[index]!,
  ]);
  return writeCsv(columns, rows);
}
