import {
  BorderStyle,
  type IBorderOptions,
  Paragraph,
  SimpleField,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { textWidth } from '../drawing/text-width.ts';
import type { ReportTable } from '../tables/report-table.ts';

/** A table that has cells. */
export interface Shown {
  readonly table: ReportTable;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A text without what XML cannot hold. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed; XML forbids them
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
}

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const rule = (size: number): IBorderOptions => ({ style: BorderStyle.SINGLE, size, color: '1D2733' });
/** Size of the text of cells, which is that of the document, in half-points. */
export const SIZE = 16;
/** Twentieths of a point. */
const PADDING = 70;

/**
 * Caption, table and note. Lines above, below the head and at the end only, as journals set tables.
 * @param number of the table in the document, as the caption's field shows it before Word counts anew
 * @param width of the page between its margins, in twentieths of a point
 */
export function captioned(
  { table, note, columns, rows }: Shown,
  number: number,
  width: number,
): (Paragraph | Table)[] {
  const widths = columnWidths(columns, rows, width);
  const cell = (content: string, at: number, head: boolean): TableCell =>
    new TableCell({
      width: { size: widths[at]!, type: WidthType.DXA },
      ...(head ? { borders: { top: rule(10), bottom: rule(6), left: none, right: none } } : {}),
      children: [
        new Paragraph({
          // levels of a factor stand below its name, a step to the right
          ...(at === 0 && content.startsWith('  ') ? { indent: { left: 200 } } : {}),
          ...(head ? { keepNext: true } : {}),
          children: [new TextRun({ text: printable(content.trim()), ...(head ? { bold: true } : {}) })],
        }),
      ],
    });
  return [
    new Paragraph({
      style: 'Caption',
      children: [
        new TextRun('Table '),
        new SimpleField('SEQ Table \\* ARABIC', String(number)),
        new TextRun(printable(`. ${table.title}`)),
      ],
    }),
    new Table({
      width: { size: width, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      margins: { left: PADDING, right: PADDING, top: 25, bottom: 25 },
      borders: {
        top: rule(10),
        bottom: rule(10),
        left: none,
        right: none,
        insideVertical: none,
        insideHorizontal: { style: BorderStyle.SINGLE, size: 2, color: 'D9DEE5' },
      },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map((column, at) => cell(column, at, true)),
        }),
        ...rows.map(
          (row) =>
            new TableRow({ cantSplit: true, children: row.map((content, at) => cell(content, at, false)) }),
        ),
      ],
    }),
    new Paragraph({ style: 'TableNote', text: printable(note) }),
  ];
}

/**
 * Widths of the columns, which add up to the page: as wide as their longest word or, where there is room, as their
 * longest line, shared in proportion.
 */
function columnWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const twips = (text: string): number => textWidth(text, SIZE / 2) * 20 + 2 * PADDING;
  const needs = columns.map((column, at) => {
    const texts = [column, ...rows.map((row) => row[at] ?? '')];
    const words = texts.flatMap((text) => text.split(/\s+/));
    const word = Math.min(width / 3, Math.max(...words.map(twips)));
    return { word, line: Math.max(word, Math.min(width / 2, Math.max(...texts.map(twips)))) };
  });
  const sum = (of: 'word' | 'line'): number => needs.reduce((total, need) => total + need[of], 0);
  const [words, lines] = [sum('word'), sum('line')];
  const shares =
    lines <= width
      ? needs.map(({ line }) => (line * width) / lines)
      : words >= width
        ? needs.map(({ word }) => (word * width) / words)
        : needs.map(({ word, line }) => word + ((line - word) * (width - words)) / (lines - words));
  const whole = shares.map(Math.floor);
  whole[whole.length - 1]! += width - whole.reduce((total, one) => total + one, 0);
  return whole;
}
