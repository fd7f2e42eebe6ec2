import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { columnIndex, numericColumn, type ReadTableOptions, readTable, writeCsv } from './index.ts';

const text = (value: string, options: Partial<ReadTableOptions> = {}): ReturnType<typeof readTable> =>
  readTable(new TextEncoder().encode(value), { file: 't.csv', ...options });
const refusal = (code: string, message: RegExp, place: object = {}): unknown =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(message),
    place: expect.objectContaining({ file: 't.csv', ...place }),
  });

describe('a text table', () => {
  it('finds its separator in the header line', () => {
    for (const separator of [',', ';', '\t', '|']) {
      expect(text(`a${separator}"b,c;d"\n1${separator}2\n`).columns).toEqual(['a', 'b,c;d']);
    }
    expect(text('alone\n1,5\n', { delimiter: ';' }).rows).toEqual([['1,5']]);
  });

  it('skips empty lines and knows the line of every row', () => {
    expect(text('a,b\n\n1,"x\ny"\n,\n2,z\n')).toMatchObject({
      rows: [
        ['1', 'x\ny'],
        ['2', 'z'],
      ],
      lines: [3, 6],
    });
  });

  it('takes the names from the row that is said', () => {
    expect(text('Exported 2026\n\na,b\n1,2\n', { headerRow: 3 })).toMatchObject({
      columns: ['a', 'b'],
      rows: [['1', '2']],
    });
    expect(() => text('a,b\n1,2\n', { headerRow: 9 })).toThrow(refusal('table-header', /headerRow is 9/));
  });

  it('leaves out columns without name and cells, and keeps row names of R', () => {
    expect(text('a,b,,\n1,2,,\n').columns).toEqual(['a', 'b']);
    expect(text('"",b\n1,2\n').columns).toEqual(['', 'b']);
  });

  it.each<[string, string, Partial<ReadTableOptions>, string, RegExp, object]>([
    ['an empty file', '', {}, 'file-empty', /empty file/, {}],
    ['blank lines only', '\n \n', {}, 'table-empty', /no rows at all/, {}],
    ['a header only', 'a,b\n', {}, 'table-empty', /header but no rows/, {}],
    ['a longer row', 'a,b\n1,2\n1,2,3\n', {}, 'table-ragged', /Line 3 has 3 cells.*headerRow/, { line: 3 }],
    ['a shorter row', 'a,b\n"x\ny",2\n1\n', {}, 'table-ragged', /Line 4 has 1 cells/, { line: 4 }],
    ['a name twice', 'a,b, a\n1,2,3\n', {}, 'column-duplicate', /"a"/, { field: 'a' }],
    ['cells without a name', 'a,,c\n1,2,3\n', {}, 'table-header', /Column 2 .*headerRow/, { line: 1 }],
    ['an open quote', 'a,b\n1,"2\n3,4\n', {}, 'file-syntax', /line 2/, { line: 2 }],
    ['an old workbook', '\u00d0', {}, 'table-empty', /header but no rows/, {}],
  ])('%s is refused', (_, content, options, code, message, place) => {
    expect(() => text(content, options)).toThrow(refusal(code, message, place));
  });

  it('in another encoding is refused with the line', () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('a,b\n1,2\nGr'), 0xf6, 0x2c, 0x31, 10);
    expect(() => readTable(bytes, { file: 't.csv' })).toThrow(
      refusal('table-encoding', /windows-1252/, { line: 3 }),
    );
    expect(readTable(bytes, { file: 't.csv', encoding: 'windows-1252' }).rows[1]).toEqual(['Grö', '1']);
  });

  it.each([
    ['an old Excel file', [0xd0, 0xcf, 0x11, 0xe0], /xlsx/],
    ['Parquet', [0x50, 0x41, 0x52, 0x31], /Parquet/],
    ['gzip', [0x1f, 0x8b, 8], /unpack/],
    ['PDF', [0x25, 0x50, 0x44, 0x46], /PDF/],
  ])('%s is told apart', (_, bytes, message) => {
    expect(() => readTable(Uint8Array.from(bytes), { file: 't.csv' })).toThrow(
      refusal('format-unknown', message),
    );
  });

  it('has columns that cannot touch a prototype', () => {
    const table = text('__proto__,constructor\n1,2\n');
    expect(numericColumn(table, '__proto__').values).toEqual(Float64Array.of(1));
    expect(() => columnIndex(text('a\n1\n'), 'toString')).toThrow(refusal('column-unknown', /"toString"/));
  });

  it('has an unknown column with the nearest name', () => {
    expect(() => numericColumn(text('age,sex\n1,2\n'), 'aeg')).toThrow(
      refusal('column-unknown', /"age"/, { field: 'aeg' }),
    );
  });
});

describe('a workbook that unpacks to more than it may', () => {
  it('is refused before it is unpacked', () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40 * 2 ** 20), 'a.txt': strToU8('x') });
    const forged = bomb.slice();
    const view = new DataView(forged.buffer);
    for (let at = 0; at < forged.length - 46; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 2 ** 31, true);
    }
    expect(() => readTable(forged, { file: 't.csv' })).toThrow(refusal('too-large', /unpacks to more/));
  });
});

describe('numericColumn', () => {
  it('keeps missing apart from zero', () => {
    const { values, missing } = numericColumn(text('x,y\n1.5,a\n,a\nNA,a\n0,a\n -2e-3 ,a\n-1,a\n'), 'x', {
      na: ['NA', '-1'],
    });
    expect(values).toEqual(Float64Array.of(1.5, Number.NaN, Number.NaN, 0, -0.002, Number.NaN));
    expect(missing).toEqual([1, 2, 5]);
  });

  it('reads decimal commas when they are announced', () => {
    const table = text('x;y\n12,5;a\n-3;a\n', { decimal: ',' });
    expect(numericColumn(table, 'x', { decimal: ',' }).values).toEqual(Float64Array.of(12.5, -3));
  });

  it.each<[string, string, '.' | ',', string, RegExp]>([
    ['a decimal comma', '12,5', '.', 'decimal-comma', /line 2: "12,5".*decimal: ","/],
    ['text', 'high', '.', 'table-number', /line 2: "high" is no number.*na/],
    ['hexadecimal', '0x1F', '.', 'table-number', /0x1F/],
    ['beyond a double', '1e400', '.', 'table-number', /1e400/],
    ['a word for NaN', 'nan', '.', 'table-number', /nan/],
    ['an error of a workbook', '#DIV/0!', '.', 'table-number', /DIV/],
    ['a point where commas were announced', '12.5', ',', 'table-number', /decimal: ","/],
  ])('refuses %s', (_, cell, decimal, code, message) => {
    expect(() => numericColumn(text(`x;y\n${cell};1\n`), 'x', { decimal })).toThrow(
      refusal(code, message, { field: 'x', line: 2 }),
    );
  });
});

describe('writeCsv', () => {
  it('escapes formulas and quotes, and no numbers', () => {
    expect(
      writeCsv(
        ['=a', 'b'],
        [
          ['+1+2', -1.5],
          ['-3', '@x'],
          ['a"b', '\tx'],
          [null, Number.NaN],
          [true, 1e-7],
          ['a,b', -0],
        ],
      ),
    ).toBe(`'=a,b\n'+1+2,-1.5\n-3,'@x\n"a""b",'\tx\n,\ntrue,1e-7\n"a,b",-0\n`);
  });

  it('is read back by papaparse, numbers to the last bit', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, fc.string()), { minLength: 1, maxLength: 20 }), (rows) => {
        const { data } = Papa.parse<string[]>(writeCsv(['x', 'y'], rows), { delimiter: ',', newline: '\n' });
        rows.forEach(([x, y], at) => {
          expect(Object.is(Number(data[at + 1]![0]), x)).toBe(true);
          expect([y, `'${y}`]).toContain(data[at + 1]![1]);
        });
      }),
      { seed: 18 },
    );
  });
});
