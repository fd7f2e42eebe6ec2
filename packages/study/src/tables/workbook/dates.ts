import { SSF } from '@e965/xlsx';

/** The parts of the spreadsheet library's date code that are used; the library itself leaves them untyped. */
interface DateCode {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly H: number;
  readonly M: number;
  readonly S: number;
}
const formatter = SSF as {
  is_date(format: string): boolean;
  parse_date_code(serial: number, options: { date1904: boolean }): DateCode | null;
};

/** Whether a number format shows its number as a date or time. */
export function isDateFormat(format: unknown): boolean {
  return typeof format === 'string' && formatter.is_date(format);
}

/** Day serial of a workbook as yyyy-mm-dd, with the time where there is one; a bare time as hh:mm:ss. */
export function dateText(serial: number, date1904: boolean): string | undefined {
  const date = formatter.parse_date_code(serial, { date1904 });
  if (date === null || date === undefined) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.y).padStart(4, '0')}-${two(date.m)}-${two(date.d)}`;
  const time = `${two(date.H)}:${two(date.M)}:${two(Math.floor(date.S))}`;
  if (time === '00:00:00') return day;
  return serial < 1 ? time : `${day}T${time}`;
}
