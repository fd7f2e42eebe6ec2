import { SentinodeError } from '@sentinode/core';
import { columnCells } from '../cohort/read-cohort.ts';
import type { Exclusion } from '../ledger/ledger.ts';
import type { Study } from '../study-file/options.ts';
import type { RawTable } from '../tables/index.ts';

type ImageOptions = NonNullable<Study['images']>;

/** Day number of a date written yyyy-mm-dd (days since 1970-01-01). @throws `date-invalid` */
function dayNumber(cell: string, place: { file: string; field: string; patient: string }): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell.trim());
  const day =
    match === null
      ? Number.NaN
      : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000;
  const valid = match !== null && new Date(day * 86_400_000).toISOString().startsWith(cell.trim());
  if (!valid) throw new SentinodeError('date-invalid', `"${cell}" is not a date; write yyyy-mm-dd.`, place);
  return day;
}

/**
 * Exclusions that the table of visits decides: no visible tumour, missing visit, MRI outside its window.
 * Columns: `<id>`, `visit`, `mri_date`, `nat_start`, `nat_end`, `status` (`imaged`, `no-visible-tumour`, `missing`).
 * Days of the first visit count from the start of NAT, those of every later visit from its end.
 * @throws SentinodeError `dates-backwards`, `date-invalid`, `column-unknown`, `patient-unknown`
 */
export function visitExclusions(
  table: RawTable,
  options: ImageOptions,
  idColumn: string,
  ids: readonly string[],
): Map<string, Exclusion> {
  const column = (name: string): string[] => columnCells(table, name, 'images.dates.table');
  const idCells = column(idColumn);
  const visits = column('visit');
  const mri = column('mri_date');
  const starts = column('nat_start');
  const ends = column('nat_end');
  const status = table.columns.includes('status') ? column('status') : visits.map(() => 'imaged');
  const found = new Map<string, Exclusion>();
  const known = new Set(ids);
  const seen = new Map<string, Set<string>>();
  idCells.forEach((cell, row) => {
    const id = cell.trim();
    const visit = visits[row]!.trim();
    if (!known.has(id) || !options.visits.includes(visit)) return;
    seen.set(id, (seen.get(id) ?? new Set()).add(visit));
    const place = (field: string): { file: string; field: string; patient: string } => ({
      file: table.file,
      field,
      patient: id,
    });
    const state = status[row]!.trim();
    if (state === 'no-visible-tumour') {
      const rule = options.absent[visit]?.['no-visible-tumour'];
      if (rule === undefined) {
        throw new SentinodeError(
          'option-invalid',
          `Patient ${id} has no visible tumour at visit ${visit}, and the study file has no rule for it: add absent: {${visit}: {no-visible-tumour: exclude}}.`,
          { ...place('status'), field: 'images.absent' },
        );
      }
      if (rule === 'exclude')
        found.set(id, found.get(id) ?? { step: 'Imaging', reason: `no visible tumour (${visit})` });
    } else if (state === 'missing') {
      found.set(id, found.get(id) ?? { step: 'Imaging', reason: `no MRI (${visit})` });
      return;
    } else if (state !== 'imaged') {
      throw new SentinodeError(
        'level-unknown',
        `"${state}" is not a status of a visit; write imaged, no-visible-tumour or missing.`,
        place('status'),
      );
    }
    const start = dayNumber(starts[row]!, place('nat_start'));
    const end = dayNumber(ends[row]!, place('nat_end'));
    const day = dayNumber(mri[row]!, place('mri_date'));
    if (end < start)
      throw new SentinodeError(
        'dates-backwards',
        `Therapy ends (${ends[row]}) before it starts (${starts[row]}).`,
        place('nat_end'),
      );
    const window = options.dates?.within[visit];
    if (window === undefined) return;
    const fromDay = visit === options.visits[0] ? start : end;
    const days = day - fromDay;
    if (days < window[0] || days > window[1]) {
      found.set(
        id,
        found.get(id) ?? {
          step: 'Imaging',
          reason: `MRI outside the window of ${window[0]} to ${window[1]} days (${visit})`,
        },
      );
    }
  });
  for (const id of ids) {
    const missing = options.visits.find((visit) => !seen.get(id)?.has(visit));
    if (missing !== undefined)
      found.set(id, found.get(id) ?? { step: 'Imaging', reason: `not in the table of visits (${missing})` });
  }
  checkOrder(table, options, idCells, visits, mri, status);
  return found;
}

/** Patient ids, one per visit without a visible tumour for which the study file says `tumour-bed`. */
export function tumourBedVisits(table: RawTable, options: ImageOptions, idColumn: string): string[] {
  if (!table.columns.includes('status')) return [];
  const column = (name: string): string[] => columnCells(table, name, 'images.dates.table');
  const ids = column(idColumn);
  const visits = column('visit');
  return column('status').flatMap((cell, row) =>
    cell.trim() === 'no-visible-tumour' &&
    options.absent[visits[row]!.trim()]?.['no-visible-tumour'] === 'tumour-bed'
      ? [ids[row]!.trim()]
      : [],
  );
}

/** The MRI of a later visit must not lie before that of an earlier one. */
function checkOrder(
  table: RawTable,
  options: ImageOptions,
  ids: readonly string[],
  visits: readonly string[],
  mri: readonly string[],
  status: readonly string[],
): void {
  const days = new Map<string, number>();
  ids.forEach((id, row) => {
    if (status[row]!.trim() !== 'missing')
      days.set(
        `${id.trim()} ${visits[row]!.trim()}`,
        dayNumber(mri[row]!, { file: table.file, field: 'mri_date', patient: id.trim() }),
      );
  });
  for (const id of new Set(ids.map((cell) => cell.trim()))) {
    for (let v = 1; v < options.visits.length; v++) {
      const earlier = days.get(`${id} ${options.visits[v - 1]}`);
      const later = days.get(`${id} ${options.visits[v]}`);
      if (earlier !== undefined && later !== undefined && later < earlier) {
        throw new SentinodeError(
          'dates-backwards',
          `The MRI of visit ${options.visits[v]} lies before that of visit ${options.visits[v - 1]}.`,
          { file: table.file, field: 'mri_date', patient: id },
        );
      }
    }
  }
}
