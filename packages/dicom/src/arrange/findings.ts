import type { IndexEntry } from '../import/index-entry.ts';

/** Something about the images of a patient that a person should look at. */
export interface Finding {
  readonly patient: string;
  readonly code:
    | 'visits-reversed'
    | 'side-differs'
    | 'scanner-differs'
    | 'grid-differs'
    | 'patients-mixed'
    | 'patients-differ'
    | 'visit-outside'
    | 'one-study';
  readonly message: string;
}

/** A chosen image with where it came from. */
export interface ChosenImage {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly entry: IndexEntry;
}

/** Studies that lie outside the days that the rules declare for a visit, of patients who have none within. */
export function outsideWindow(
  patient: string,
  visit: string,
  [from, to]: readonly [number, number],
  days: readonly number[],
): Finding {
  const others =
    days.length === 0
      ? 'its files say no date'
      : `its studies lie on ${days.map((day) => `day ${day}`).join(', ')}`;
  return {
    patient,
    code: 'visit-outside',
    message: `${visit}: no study on days ${from} to ${to} after the first; ${others}.`,
  };
}

/** Compares the images of each patient between visits, in the order of the visits of the rules. */
export function findingsOf(chosen: readonly ChosenImage[], visits: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const patients = [...new Set(chosen.map(({ patient }) => patient))];
  for (const patient of patients) {
    const own = chosen.filter((one) => one.patient === patient);
    const add = (code: Finding['code'], message: string): void => {
      if (!findings.some((one) => one.patient === patient && one.message === message))
        findings.push({ patient, code, message });
    };
    for (const { entry, visit, sequence } of own)
      for (const { code, message } of entry.warnings)
        if (code === 'patients-mixed' || code === 'patients-differ')
          add(code, `${visit} ${sequence}: ${message}`);
    for (let later = 1; later < visits.length; later++)
      comparePair(own, visits[later - 1], visits[later], add);
  }
  return findings;
}

function comparePair(
  own: readonly ChosenImage[],
  before: string,
  after: string,
  add: (code: Finding['code'], message: string) => void,
): void {
  const [first] = own.filter(({ visit }) => visit === before);
  const [second] = own.filter(({ visit }) => visit === after);
  if (first === undefined || second === undefined) return;
  if (first.entry.study === second.entry.study)
    add('one-study', `${before} and ${after} are the same study: there is only one.`);
  if (first.entry.day !== null && second.entry.day !== null && first.entry.day > second.entry.day)
    add(
      'visits-reversed',
      `${after} (day ${second.entry.day}) was acquired before ${before} (day ${first.entry.day}).`,
    );
  for (const { sequence, entry } of own.filter(({ visit }) => visit === before)) {
    const other = own.find((one) => one.visit === after && one.sequence === sequence)?.entry;
    if (other === undefined || other.study === entry.study) continue;
    const place = `${sequence}, ${before} against ${after}`;
    if (entry.laterality !== null && other.laterality !== null && entry.laterality !== other.laterality)
      add('side-differs', `${place}: side ${entry.laterality} against ${other.laterality}.`);
    const scanner = ({ acquisition }: IndexEntry): string =>
      [
        acquisition.manufacturer,
        acquisition.model,
        acquisition.fieldStrength === null ? null : `${Math.round(acquisition.fieldStrength * 10) / 10} T`,
      ]
        .filter((part) => part !== null)
        .join(' ');
    if (scanner(entry) !== scanner(other))
      add('scanner-differs', `${place}: ${scanner(entry)} against ${scanner(other)}.`);
    const near = entry.spacing?.every(
      (mm, axis) => Math.abs(mm - (other.spacing?.[axis] ?? Number.NaN)) <= 0.05 * mm,
    );
    if (entry.plane !== other.plane || near !== true)
      add(
        'grid-differs',
        `${place}: ${entry.plane} ${spacingText(entry)} against ${other.plane} ${spacingText(other)} mm.`,
      );
  }
}

const spacingText = ({ spacing }: IndexEntry): string =>
  (spacing ?? []).map((mm) => String(Math.round(mm * 1000) / 1000)).join(' x ');
