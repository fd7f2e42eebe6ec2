import type { Random } from '@sentinode/core';
import { visits } from '../images/sequences.ts';
import type { SimulatedPatient } from './screened-patients.ts';

/** A row of `visits.csv`. */
export interface VisitRow {
  readonly patient: string;
  readonly visit: string;
  readonly mriDate: string;
  readonly natStart: string;
  readonly natEnd: string;
  readonly status: 'imaged' | 'no-visible-tumour' | 'missing';
}

/** Days of the MRI that the study file allows: before the start and after the end of NAT. */
export const dateWindows = { pre: [-14, 0], post: [0, 14] } as const;

const DAY = 86_400_000;
const FIRST_START = Date.UTC(2019, 0, 7) / DAY;
const YEARS_OF_RECRUITMENT = 4;

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Dates and status of each visit of every screened patient. */
export function visitRows(patients: readonly SimulatedPatient[], random: Random): VisitRow[] {
  return patients.flatMap((patient, index) =>
    rowsOf(patient, index % 2 === 0 ? 'pre' : 'post', random.fork(patient.id)),
  );
}

/** `affected` is the visit that lacks its MRI or lies outside its window, where one of them does. */
function rowsOf(patient: SimulatedPatient, affected: string, random: Random): VisitRow[] {
  const start = FIRST_START + random.integer(365 * YEARS_OF_RECRUITMENT);
  // Six to eight cycles of three weeks.
  const end = start + 21 * (6 + random.integer(3)) - random.integer(6);
  const state = patient.dropOut?.kind === 'imaging' ? patient.dropOut.state : undefined;
  return visits.map((visit): VisitRow => {
    const outside = state === 'outside-window' && visit === affected;
    const distance = outside ? 17 + random.integer(25) : 1 + random.integer(13);
    const day = visit === 'pre' ? start - distance : end + distance;
    const missing = state === 'no-mri' && visit === affected;
    const invisible = state === 'no-visible-tumour' && visit === 'post';
    return {
      patient: patient.id,
      visit,
      mriDate: missing ? '' : dateOf(day),
      natStart: dateOf(start),
      natEnd: dateOf(end),
      status: missing ? 'missing' : invisible ? 'no-visible-tumour' : 'imaged',
    };
  });
}
