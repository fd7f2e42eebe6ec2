/** Days from 1 January 1970 to a date of the Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

/** Seconds of a time of day (TM), also in the form with colons. Undefined for anything else. */
export function secondsOfTime(text: string | undefined): number | undefined {
  const parts = /^(\d{2}):?(\d{2})?:?(\d{2})?(\.\d{1,6})?$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [hours, minutes, seconds] = [parts[1], parts[2] ?? '0', parts[3] ?? '0'].map((part) => Number(part));
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return hours * 3600 + minutes * 60 + seconds + (parts[4] === undefined ? 0 : Number(parts[4]));
}

/** Days since 1 January 1970 of a date (DA), also with dots. Undefined for anything else. */
export function daysOfDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1).map((part) => Number(part));
  return month < 1 || month > 12 || day < 1 || day > 31 ? undefined : daysOf(year, month, day);
}

/** Seconds since 1 January 1970 of a date and a time; of the time alone where there is no date. */
export function secondsOf(date: string | undefined, time: string | undefined): number | undefined {
  const seconds = secondsOfTime(time);
  return seconds === undefined ? undefined : (daysOfDate(date) ?? 0) * 86_400 + seconds;
}

/** Seconds since 1 January 1970 of a date with time (DT); the zone is left alone, as one scanner has one. */
export function secondsOfDateTime(text: string | undefined): number | undefined {
  const parts = /^(\d{8})(\d{2}\d{0,4}(?:\.\d{1,6})?)(?:[+-]\d{4})?$/.exec(text ?? '');
  return parts === null ? undefined : secondsOf(parts[1], parts[2]);
}
