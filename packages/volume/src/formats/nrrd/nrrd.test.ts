import { describe, expect, it } from 'vitest';
import { readVolume } from '../index.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const base = ['type: uint8', 'dimension: 3', 'sizes: 2 1 1', 'encoding: ascii'];

/** A header in text with its data, fields replaced by name or added. */
function file(changes: Record<string, string | undefined> = {}, data = '7 8\n', fields = base): Uint8Array {
  const all = new Map(fields.map((line) => line.split(': ') as [string, string]));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) all.delete(name);
    else all.set(name, value);
  }
  return text(`NRRD0004\n${[...all].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${data}`);
}

describe('an NRRD header that lies', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['no type', file({ type: undefined }), 'volume-header', /"type": The field is missing/],
    ['a type of no scalar', file({ type: 'block' }), 'volume-header', /"block"/],
    ['no sizes', file({ sizes: undefined }), 'volume-header', /sizes/],
    ['sizes that are no numbers', file({ sizes: '2 x 1' }), 'volume-header', /no list of numbers/],
    ['fewer sizes than dimensions', file({ sizes: '2 1' }), 'volume-header', /2 sizes are given for 3 axes/],
    ['a size of 0', file({ sizes: '2 0 1' }), 'volume-geometry', /at least 1/],
    ['a negative size', file({ sizes: '2 -1 1' }), 'volume-geometry', /at least 1/],
    [
      'sizes whose product is enormous',
      file({ sizes: '2000000000 2000000000 2000000000' }),
      'too-large',
      /limit/,
    ],
    ['too many dimensions', file({ dimension: '99' }), 'volume-header', /1 to 16/],
    ['an unknown encoding', file({ encoding: 'zstd' }), 'volume-header', /zstd/],
    [
      'an unknown byte order',
      file({ type: 'int16', encoding: 'raw', endian: 'middle' }),
      'volume-header',
      /middle/,
    ],
    ['no byte order', file({ type: 'int16', encoding: 'raw' }), 'volume-header', /endian/],
    ['too few voxels', file({ encoding: 'raw' }, 'a'), 'volume-truncated', /2 bytes of voxels and 1/],
    ['too few numbers', file({}, '7'), 'volume-truncated', /1 are there/],
    ['too many numbers', file({}, '7 8 9'), 'volume-header', /1 numbers longer/],
    ['a number out of range', file({}, '7 256'), 'volume-header', /"256", which is no uint8/],
    ['a number that is no number', file({}, '7 0x8'), 'volume-header', /0x8/],
    ['raw data said to be gzip', file({ encoding: 'gzip' }), 'volume-truncated', /gzip/],
    ['raw data said to be bzip2', file({ encoding: 'bzip2' }), 'volume-truncated', /bzip2/],
    ['raw data said to be hex', file({ encoding: 'hex' }, 'xy zz'), 'volume-header', /hexadecimal/],
    ['odd hex digits', file({ encoding: 'hex' }, '070'), 'volume-header', /hexadecimal/],
    ['lines to skip that are not there', file({ 'line skip': '5' }), 'volume-header', /line skip/],
    ['a line skip below 0', file({ 'line skip': '-1' }), 'volume-header', /no number of lines/],
    [
      'a byte skip beyond the data',
      file({ encoding: 'raw', 'byte skip': '90' }),
      'volume-truncated',
      /0 are there/,
    ],
    ['a line that is no field', file({ nonsense: 'x' }, '7 8\n', [...base]), 'read', /./],
    [
      'directions for other axes',
      file({ 'space directions': '(1,0,0) (0,1,0)', space: 'LPS' }),
      'volume-header',
      /2 vectors/,
    ],
    [
      'a direction that is no vector',
      file({ 'space directions': '(1,0,0) (0,1,0) (0,0,z)', space: 'LPS' }),
      'volume-header',
      /no vector/,
    ],
    [
      'dependent directions',
      file({ 'space directions': '(1,0,0) (0,1,0) (0,2,0)', space: 'LPS' }),
      'volume-geometry',
      /determinant/,
    ],
    [
      'a direction of length 0',
      file({ 'space directions': '(1,0,0) (0,1,0) (0,0,0)', space: 'LPS' }),
      'volume-geometry',
      /spacing/,
    ],
    [
      'sheared directions',
      file({ 'space directions': '(1,0,0) (0.2,1,0) (0,0,1)', space: 'LPS' }),
      'volume-geometry',
      /perpendicular/,
    ],
    [
      'a space without left',
      file({ 'space directions': '(1,0,0) (0,1,0) (0,0,1)', space: 'scanner-xyz' }),
      'volume-geometry',
      /scanner-xyz/,
    ],
    ['micrometres', file({ 'space units': '"um" "um" "um"' }), 'volume-geometry', /um/],
    ['a spacing of 0', file({ spacings: '1 0 1' }), 'volume-geometry', /spacing/],
    ['one axis', file({ dimension: '1', sizes: '2' }), 'volume-dimensions', /one axis/],
    ['a detached file without a way to it', file({ 'data file': 'x.raw' }), 'file-missing', /x\.raw/],
  ])('%s is refused', async (_, bytes, code, message) => {
    if (code === 'read') {
      expect((await readVolume(bytes)).data).toEqual(Uint8Array.of(7, 8));
      return;
    }
    await expect(readVolume(bytes, { file: 'a.nrrd' })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('a line that is no field at all is refused', async () => {
    await expect(readVolume(text('NRRD0004\ntype uint8\n\n'))).rejects.toMatchObject({
      code: 'volume-header',
    });
  });

  it('a field given twice is refused', async () => {
    await expect(readVolume(text('NRRD0004\ntype: uint8\ntype: int8\n\n'))).rejects.toMatchObject({
      code: 'volume-header',
      message: expect.stringMatching(/twice/),
    });
  });
});

describe('key/value pairs', () => {
  it('cannot stand for fields or change prototypes', async () => {
    const header = `NRRD0005\n${base.join('\n')}\nsizes:=9 9 9\n__proto__:=x\nconstructor: y\n\n7 8`;
    expect((await readVolume(text(header))).data).toEqual(Uint8Array.of(7, 8));
  });
});

describe('detached data', () => {
  const header = (name: string): Uint8Array => file({ encoding: 'raw', 'data file': name }, '');
  const sibling = async (): Promise<Uint8Array> => Uint8Array.of(7, 8);

  it.each([
    '../x.raw',
    'a/../../x.raw',
    '/etc/x.raw',
    'C:/x.raw',
    'c:x.raw',
    '\\\\host\\x.raw',
    'a\\..\\x.raw',
    'file:///x.raw',
    'https://h/x.raw',
  ])('%s leads out of the folder', async (name) => {
    await expect(readVolume(header(name), { sibling })).rejects.toMatchObject({ code: 'path-outside' });
  });

  it.each(['x.raw', './x.raw', 'sub/x.raw', 'a..b.raw'])('%s is read', async (name) => {
    expect((await readVolume(header(name), { sibling })).data).toEqual(Uint8Array.of(7, 8));
  });

  it('may have a name beyond ASCII', async () => {
    const named = async (name: string): Promise<Uint8Array> => {
      expect(name).toBe('größe.raw');
      return Uint8Array.of(7, 8);
    };
    expect((await readVolume(header('größe.raw'), { sibling: named })).data).toEqual(Uint8Array.of(7, 8));
  });

  it('must have the declared length', async () => {
    const longer = async (): Promise<Uint8Array> => Uint8Array.of(1, 2, 3);
    await expect(readVolume(header('x.raw'), { sibling: longer })).rejects.toMatchObject({
      code: 'volume-header',
      message: expect.stringMatching(/1 bytes longer/),
    });
  });

  it('a list without files is refused', async () => {
    await expect(readVolume(header('LIST'), { sibling })).rejects.toMatchObject({ code: 'volume-header' });
  });

  it('a pattern that counts for ever is refused', async () => {
    await expect(readVolume(header('x%d.raw 1 9 0'), { sibling })).rejects.toMatchObject({
      code: 'volume-header',
    });
  });
});

describe('byte skip', () => {
  it('-1 takes the last bytes, -n leaves n - 1 behind them', async () => {
    expect((await readVolume(file({ encoding: 'raw', 'byte skip': '-1' }, '....ab'))).data).toEqual(
      Uint8Array.of(97, 98),
    );
    expect((await readVolume(file({ encoding: 'raw', 'byte skip': '-3' }, '..ab..'))).data).toEqual(
      Uint8Array.of(97, 98),
    );
  });
});

describe('floats in text', () => {
  it('may be NaN and infinite', async () => {
    const { data } = await readVolume(file({ type: 'float' }, 'nan -inf'));
    expect(Array.from(data)).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});
