import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { type ReadTableOptions, readTable } from './index.ts';

type Cell = string | number | boolean | null;
interface Expected {
  readonly columns: string[];
  readonly rows: Cell[][];
  readonly labels?: Record<string, Record<string, string>>;
}
const golden = readJson<Record<'spss' | 'workbooks' | 'texts', Record<string, Expected>>>(
  reference('tables', 'expected.json'),
);

const read = (name: string, options: Partial<ReadTableOptions> = {}): ReturnType<typeof readTable> =>
  readTable(readBytes(reference('tables', name)), { file: name, ...options });

function expectCell(cell: string, wanted: Cell): void {
  if (typeof wanted === 'number') {
    expect(cell).not.toBe('');
    expect(Number(cell)).toBe(wanted);
  } else {
    expect(cell).toBe(
      wanted === null
        ? ''
        : typeof wanted === 'boolean'
          ? String(wanted).toUpperCase()
          : wanted.replace(/T00:00:00$/, ''),
    );
  }
}

function expectTable(name: string, wanted: Expected): void {
  const table = read(name, name.startsWith('windows') ? { encoding: 'windows-1252' } : {});
  expect(table.columns).toEqual(wanted.columns);
  expect(table.rows).toHaveLength(wanted.rows.length);
  table.rows.forEach((row, at) => {
    expect(row).toHaveLength(wanted.columns.length);
    row.forEach((cell, column) => {
      expectCell(name.endsWith('.sav') ? cell.replace(/T00:00:00$/, '') : cell, wanted.rows[at]![column]!);
    });
  });
}

describe.each(Object.keys(golden) as (keyof typeof golden)[])('%s', (section) => {
  it.each(Object.entries(golden[section]))('%s is read as its peer reads it', expectTable);
});

describe('SPSS', () => {
  it('value labels stand beside the values, or in their place', () => {
    const { labels } = golden.spss['pspp-plain.sav']!;
    const table = read('pspp-plain.sav');
    expect(table.rows.map((row) => row[2])).toEqual(['1', '0', '', '1', '0']);
    expect(table.valueLabels?.get('er')?.get('1')).toBe(labels!.er!['1.0']);
    expect(read('pspp-plain.sav', { useValueLabels: true }).rows.map((row) => [row[2], row[9]])).toEqual([
      ['positive', 'low'],
      ['negative', 'middle'],
      ['', ''],
      ['positive', ''],
      ['negative', 'high'],
    ]);
  });

  it('zsav is refused by its name', () => {
    expect(() => read('pspp.zsav')).toThrow(
      expect.objectContaining({ code: 'format-unknown', message: expect.stringMatching(/zsav/) }),
    );
  });

  it.each(['pspp-plain.sav', 'pspp-compressed.sav'])('%s is refused when it is cut anywhere', (name) => {
    const bytes = readBytes(reference('tables', name));
    for (let length = 4; length < bytes.length - 8; length += 7) {
      expect(() => readTable(bytes.subarray(0, length), { file: name }), `cut at ${length}`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/table-damaged|table-encoding/) }),
      );
    }
  });
});

describe('workbooks', () => {
  it('give a sheet by its name and skip a title', () => {
    const table = read('xlsxwriter.xlsx', { sheet: 'second', headerRow: 3 });
    expect(table).toMatchObject({ columns: ['id', 'x'], rows: [['Q1', '7']], lines: [4] });
  });

  it('say what to do about a title above the names', () => {
    expect(() => read('xlsxwriter.xlsx', { sheet: 'second' })).toThrow(
      expect.objectContaining({ code: 'table-header', message: expect.stringMatching(/headerRow/) }),
    );
  });

  it('name the sheets when one is not there', () => {
    expect(() => read('xlsxwriter.xlsx', { sheet: 'clinicl' })).toThrow(
      expect.objectContaining({
        code: 'sheet-unknown',
        message: expect.stringMatching(/clinical, second.*"clinical"/),
      }),
    );
  });

  it('write numbers with the decimal mark that was said', () => {
    expect(read('xlsxwriter.xlsx', { decimal: ',' }).rows[0]![1]).toBe('51,25');
  });

  it('refuse a formula whose value was never stored', () => {
    expect(() => read('formula-never-calculated.xlsx')).toThrow(
      expect.objectContaining({
        code: 'table-formula',
        place: { file: 'formula-never-calculated.xlsx', field: 'B2' },
      }),
    );
  });

  it('refuse a damaged archive', () => {
    const bytes = readBytes(reference('tables', 'xlsxwriter.xlsx'));
    expect(() => readTable(bytes.subarray(0, bytes.length / 2), { file: 'x' })).toThrow(
      expect.objectContaining({ code: 'table-damaged' }),
    );
  });
});
