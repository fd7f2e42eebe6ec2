import type { StudyResults } from '@sentinode/study';
import { sentenceCase } from '../text/sentence-case.ts';
import type { ReportTable } from './report-table.ts';

/** A cell as RFC 4180 has it; a cell that a spreadsheet would run as a formula is quoted as text. */
function cell(content: string): string {
  const safe = /^[=+@\t\r]/.test(content) || /^-(?![\d.])/.test(content) ? `'${content}` : content;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as CSV with its title, note, banners and notice below; undefined when these results have none. */
export function tableCsv(table: ReportTable, results: StudyResults): string {
  const cells = table.cells(results);
  const body = 'missing' in cells ? [['not computed', cells.missing]] : [cells.columns, ...cells.rows];
  const foot = [
    table.title,
    sentenceCase(table.note(results)),
    ...results.study.banners,
    results.notice,
  ].filter((line) => line !== '');
  return `${[...body.map((row) => row.map(cell).join(',')), '', ...foot.map(cell)].join('\r\n')}\r\n`;
}
