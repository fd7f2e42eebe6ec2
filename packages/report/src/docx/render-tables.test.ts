import type { StudyResults } from '@sentinode/study';
import { strFromU8, unzipSync } from 'fflate';
import { DOMParser } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../tables/index.ts';
import { hostile, referenceResults, withBanners } from '../testing/results.ts';
import { sentenceCase } from '../text/sentence-case.ts';
import { renderTables } from './render-tables.ts';

let results: StudyResults;
beforeAll(async () => {
  results = withBanners(await referenceResults('[clinical, radiomics, dlr]'));
}, 120_000);

/** The body of the document as elements by their qualified names. */
async function bodyOf(from: StudyResults) {
  const parts = unzipSync(await renderTables(from, tables));
  const xml = new DOMParser().parseFromString(strFromU8(parts['word/document.xml']!), 'text/xml');
  const all = (name: string, within: { getElementsByTagName(name: string): unknown } = xml): Element[] => [
    ...(within.getElementsByTagName(name) as Iterable<Element>),
  ];
  return { parts, all };
}
const textOf = (element: Element): string => element.textContent ?? '';

describe('tables.docx', () => {
  it('holds every table as rows and cells of Word, with the texts of the CSV', async () => {
    const { all } = await bodyOf(results);
    const expected = tables.flatMap((table) => {
      const cells = table.cells(results);
      return 'missing' in cells || (table.onlyInFile === true && cells.rows.length > 60)
        ? []
        : [[cells.columns, ...cells.rows].map((row) => row.map((content) => content.trim()))];
    });
    const found = all('w:tbl').map((table) =>
      all('w:tr', table).map((row) => all('w:tc', row).map((cell) => textOf(cell))),
    );
    expect(expected.length).toBeGreaterThan(15);
    expect(found).toEqual(expected);
  });

  it('repeats the head of each table and numbers its caption with a field', async () => {
    const { all } = await bodyOf(results);
    const count = all('w:tbl').length;
    expect(all('w:tblHeader')).toHaveLength(count);
    const captions = all('w:p').filter((one) => all('w:pStyle', one)[0]?.getAttribute('w:val') === 'Caption');
    expect(captions).toHaveLength(count);
    captions.forEach((caption, index) => {
      const [field] = all('w:fldSimple', caption);
      expect(field!.getAttribute('w:instr')).toContain('SEQ Table');
      expect(textOf(caption)).toMatch(new RegExp(`^Table ${index + 1}\\. \\w`));
    });
  });

  it('has the note of each table below it, and names the tables that are not there with the reason', async () => {
    const { all } = await bodyOf(results);
    const notes = all('w:p')
      .filter((one) => all('w:pStyle', one)[0]?.getAttribute('w:val') === 'TableNote')
      .map(textOf);
    for (const table of tables) {
      const cells = table.cells(results);
      if ('missing' in cells) expect(notes).toContain(`${table.title}: not computed, ${cells.missing}.`);
      else if (table.onlyInFile !== true || cells.rows.length <= 60)
        expect(notes).toContain(sentenceCase(table.note(results)));
    }
    expect(notes.some((note) => note.includes('tables/decision-curve.csv'))).toBe(true);
  });

  it('carries notice and banners on every page', async () => {
    const { parts } = await bodyOf(results);
    const headers = Object.keys(parts).filter((name) => /^word\/header\d+\.xml$/.test(name));
    expect(headers.length).toBeGreaterThan(0);
    for (const name of headers)
      for (const line of [...results.study.banners, results.notice])
        expect(strFromU8(parts[name]!)).toContain(line);
  });

  it('is the same bytes each time, and names no time', async () => {
    const [first, second] = [await renderTables(results, tables), await renderTables(results, tables)];
    expect(first).toEqual(second);
    expect(strFromU8(unzipSync(first)['docProps/core.xml']!)).not.toMatch(/20\d\d-/);
    // DOS date of the first local file header: 1980-01-01
    expect(new DataView(first.buffer, first.byteOffset).getUint16(12, true)).toBe((1 << 5) | 1);
  });

  it('stays well-formed whatever names hold', async () => {
    const { parts } = await bodyOf(hostile(results));
    const xml = strFromU8(parts['word/document.xml']!);
    expect(xml).not.toContain('<script');
    expect(xml.match(/<w:tc>/g)!.length).toBe(xml.match(/<\/w:tc>/g)!.length);
  });
});
