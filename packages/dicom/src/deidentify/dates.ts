import { daysOfDate, secondsOfTime } from '../frames/clock.ts';

/** What dates and times of a patient are counted from. */
export interface DatedBy {
  /** Days that dates are moved into the past; undefined where no date stays. */
  readonly shift: number | undefined;
  /** Study time as the file has it. */
  readonly start: string | undefined;
}

/** Stands for a date where none stays: readers expect one. */
const NO_DATE = '19000101';
const DAY = 86_400;

/** A date as the option says; what is no date becomes empty. */
export function movedDate(text: string | undefined, { shift }: DatedBy): string {
  const day = daysOfDate(text);
  if (day === undefined) return '';
  if (shift === undefined) return NO_DATE;
  return new Date((day - shift) * DAY * 1000).toISOString().slice(0, 10).replaceAll('-', '');
}

/**
 * A time of day as the time after the study began, so that time points keep their distances and the hour of the day goes.
 * Where the study has no time, midnight stands for its beginning only if nothing else is known.
 */
export function relativeTime(text: string | undefined, { start }: DatedBy): string {
  const seconds = secondsOfTime(text);
  if (seconds === undefined) return '';
  const from = secondsOfTime(start) ?? 0;
  return clock((((seconds - from) % DAY) + DAY) % DAY);
}

/** A date with a time, both as above; offsets from UTC go. */
export function movedDateTime(text: string | undefined, dated: DatedBy): string {
  const match = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)?/.exec(text ?? '');
  if (match === null) return '';
  return `${movedDate(match[1], dated)}${match[2] === undefined ? '' : relativeTime(match[2], dated)}`;
}

function clock(seconds: number): string {
  // Whole microseconds, so that no fraction is lost to binary numbers.
  const micro = Math.round(seconds * 1e6) % (DAY * 1e6);
  const whole = Math.floor(micro / 1e6);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const fraction = String(micro % 1e6)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${parts.map((part) => String(part).padStart(2, '0')).join('')}${fraction === '' ? '' : `.${fraction}`}`;
}
