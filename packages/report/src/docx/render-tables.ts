import type { StudyResults } from '@sentinode/study';
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import type { ReportTable, Tabled } from '../tables/report-table.ts';
import { sentenceCase } from '../text/sentence-case.ts';
import { withoutTimes } from './without-times.ts';
import { captioned, printable, type Shown, SIZE } from './word-table.ts';

/** Of A4, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134 };
/** Tables with more columns are printed on pages that lie on their side. */
const MOST_UPRIGHT = 7;
/** Tables of more rows stay in their CSV where the report leaves them there too. */
const MOST_ROWS = 60;
/** So few upright tables between others are printed on their side as well, rather than on a page of their own. */
const FEW = 2;

/**
 * The tables of a run as one Word document: each with a numbered caption (a SEQ field, so that Word renumbers them), its
 * header row repeated on every page, and its note below. The cells are those of `tables/*.csv`. Tables of
 * many rows that the report leaves to the CSV are named at the end, with those that these results cannot have and why. The same results
 * give the same bytes: the document carries no time.
 */
export async function renderTables(
  results: StudyResults,
  tables: readonly ReportTable[],
): Promise<Uint8Array> {
  const shown: Shown[] = [];
  const absent: string[] = [];
  for (const table of tables) {
    const cells: Tabled = table.cells(results);
    if ('missing' in cells) absent.push(`${table.title}: not computed, ${cells.missing}.`);
    else if (table.onlyInFile === true && cells.rows.length > MOST_ROWS)
      absent.push(`${table.title}: stands in tables/${table.name}.csv.`);
    else shown.push({ table, note: sentenceCase(table.note(results)), ...cells });
  }
  const warnings = [...results.study.banners.map((banner) => `${banner}.`), results.notice].map(printable);
  const furniture = {
    headers: { default: new Header({ children: warnings.map(warning) }) },
    footers: { default: new Footer({ children: [pageNumber()] }) },
  };
  const section = (upright: boolean, children: ISectionOptions['children']): ISectionOptions => ({
    properties: {
      page: {
        size: {
          width: PAGE.width,
          height: PAGE.height,
          orientation: upright ? PageOrientation.PORTRAIT : PageOrientation.LANDSCAPE,
        },
        margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
      },
    },
    ...furniture,
    children,
  });
  const sections = runs(shown).map(({ upright, members }, index) => {
    const width = (upright ? PAGE.width : PAGE.height) - 2 * PAGE.margin;
    return section(upright, [
      ...(index === 0 ? [heading(`${results.study.name}: tables`)] : []),
      ...members.flatMap(({ number, ...one }) => captioned(one, number, width)),
    ]);
  });
  const last = section(true, [
    heading(sections.length === 0 ? `${results.study.name}: tables` : 'Tables that are not shown here'),
    ...absent.map((line) => new Paragraph({ style: 'TableNote', text: printable(line) })),
  ]);
  const document = new Document({
    creator: 'Sentinode',
    lastModifiedBy: 'Sentinode',
    title: printable(`${results.study.name}: tables`),
    description: warnings.join(' '),
    styles,
    sections: absent.length === 0 && sections.length > 0 ? sections : [...sections, last],
  });
  return withoutTimes(new Uint8Array(await Packer.toArrayBuffer(document)));
}

const font = 'Arial';
const styles = {
  default: {
    document: { run: { font, size: SIZE }, paragraph: { spacing: { after: 0 } } },
    heading1: {
      run: { font, size: 28, bold: true, color: '1D2733' },
      paragraph: { spacing: { before: 0, after: 200 } },
    },
  },
  paragraphStyles: [
    {
      id: 'Caption',
      name: 'caption',
      basedOn: 'Normal',
      next: 'Normal',
      quickFormat: true,
      run: { font, size: 19, bold: true, color: '1D2733' },
      paragraph: { spacing: { before: 320, after: 100 }, keepNext: true },
    },
    {
      id: 'TableNote',
      name: 'Table note',
      basedOn: 'Normal',
      quickFormat: true,
      run: { font, size: 16, color: '444C56' },
      paragraph: { spacing: { before: 80, after: 160 } },
    },
  ],
};

interface Run {
  readonly upright: boolean;
  readonly members: (Shown & { number: number })[];
}

/** Neighbouring tables of the same page orientation, each with its number. */
function runs(shown: readonly Shown[]): Run[] {
  const divided = divide(
    shown.map((one, index) => ({
      upright: one.columns.length <= MOST_UPRIGHT,
      members: [{ ...one, number: index + 1 }],
    })),
  );
  return divide(
    divided.map((run, index) => {
      const between = divided[index - 1] !== undefined && divided[index + 1] !== undefined;
      return run.upright && between && run.members.length <= FEW ? { ...run, upright: false } : run;
    }),
  );
}

function divide(runs: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const { upright, members } of runs) {
    if (found.at(-1)?.upright === upright) found.at(-1)!.members.push(...members);
    else found.push({ upright, members: [...members] });
  }
  return found;
}

const heading = (text: string): Paragraph =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, text: printable(text) });

const warning = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text, bold: true, size: 16, color: '8A3D00' })],
  });

const pageNumber = (): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 16 })],
  });
