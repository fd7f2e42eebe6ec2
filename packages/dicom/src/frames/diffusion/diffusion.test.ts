import { describe, expect, it } from 'vitest';
import { readDicom } from '../../data-set/read-file.ts';
import { TAG } from '../../data-set/tags.ts';
import { madeSlice } from '../../testing/series.ts';
import { element, type NewElement } from '../../write/write-element.ts';
import { slicesOfFile } from '../slices-of-file.ts';

const sliceOf = (...extra: NewElement[]) =>
  slicesOfFile(readDicom(madeSlice({ z: 0, instance: '1.2.3', extra })), 0)[0]!;
const bytes = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);

/** b-values where each vendor's files hold them, as its conformance statements and public samples describe. */
const vendors: readonly (readonly [string, readonly NewElement[], number, string | undefined])[] = [
  ['the standard attribute', [element(TAG.DiffusionBValue, 'FD', [800])], 800, undefined],
  [
    'Siemens (0019,xx0C)',
    [
      element(0x00190010, 'LO', 'SIEMENS MR HEADER'),
      element(0x0019100c, 'IS', '800'),
      element(0x0019100e, 'FD', [0, 0.6, 0.8]),
    ],
    800,
    '0 0.6 0.8',
  ],
  [
    'GE (0043,xx39), with 10^9 added by newer software',
    [
      element(0x00430010, 'LO', 'GEMS_PARM_01'),
      element(0x00431039, 'IS', ['1000000800', '8', '0', '0']),
      element(0x00190010, 'LO', 'GEMS_ACQU_01'),
      element(0x001910bb, 'DS', '1.0'),
      element(0x001910bc, 'DS', '0.0'),
      element(0x001910bd, 'DS', '0.0'),
    ],
    800,
    '1 0 0',
  ],
  [
    'GE (0043,xx39), in another block and plain',
    [element(0x00430011, 'LO', 'GEMS_PARM_01'), element(0x00431139, 'IS', ['50', '8', '0', '0'])],
    50,
    undefined,
  ],
  [
    'Philips (2001,xx03)',
    [
      element(0x20010010, 'LO', 'Philips Imaging DD 001'),
      element(0x20011003, 'FL', [1000]),
      element(0x20050014, 'LO', 'Philips MR Imaging DD 005'),
      element(0x20051413, 'IS', '3'),
    ],
    1000,
    '3',
  ],
  [
    'Philips (2001,xx03) that lost its representation on the way',
    [
      element(0x20010010, 'LO', 'Philips Imaging DD 001'),
      element(0x20011003, 'UN', new Uint8Array(Float32Array.of(600).buffer)),
    ],
    600,
    undefined,
  ],
  [
    'United Imaging (0065,xx09)',
    [
      element(0x00650010, 'LO', 'Image Private Header'),
      element(0x00651009, 'FD', [700]),
      element(0x00651037, 'UN', bytes(0, 1, 0)),
    ],
    700,
    '0 1 0',
  ],
];

describe('b-values', () => {
  it.each(vendors)('of %s', (_, elements, bValue, direction) => {
    const slice = sliceOf(...elements);
    expect(slice.bValue).toBe(bValue);
    if (direction === undefined) expect(slice.bDirection).toBeUndefined();
    else expect(slice.bDirection!.split(/[ ,\\]+/).map(Number)).toEqual(direction.split(' ').map(Number));
  });

  it('are not taken from the block of another creator', () => {
    expect(
      sliceOf(element(0x00430010, 'LO', 'SOMEBODY ELSE'), element(0x00431039, 'IS', '800')).bValue,
    ).toBeUndefined();
  });
});
