import { describe, expect, it } from 'vitest';
import { labelNamed, parseLabelDescriptions, writeLabelDescriptions } from './label-descriptions.ts';

/** Laid out as ITK-SNAP 4 writes it. */
const ofSnap = `################################################
# ITK-SnAP Label Description File
# File format:
# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
################################################
    0     0    0    0        0  0  0    "Clear Label"
    1   255    0    0     0.68  1  1    "Primary tumour"
    2     0  255    0        1  1  0    "Node, left (1 cm)"
   17     0    0  255    1e-01  0  1    ""
`;

describe('label description files of ITK-SNAP', () => {
  it('give the name of every label but the clear one', () => {
    const wanted = [
      { label: 1, name: 'Primary tumour' },
      { label: 2, name: 'Node, left (1 cm)' },
      { label: 17, name: '' },
    ];
    expect(parseLabelDescriptions(ofSnap, 'l.txt')).toEqual(wanted);
    expect(parseLabelDescriptions(`\uFEFF${ofSnap.replaceAll('\n', '\r\n')}`, 'l.txt')).toEqual(wanted);
  });

  it('come back as they were written', () => {
    const names = [
      { label: 3, name: 'tumour "core"' },
      { label: 255, name: 'Brust' },
    ];
    expect(parseLabelDescriptions(writeLabelDescriptions(names), 'l.txt')).toEqual(names);
  });

  it.each<[string, string, number]>([
    ['a table', '1,tumour\n', 1],
    ['a name without quotation marks', '# x\n1 255 0 0 1 1 1 tumour\n', 2],
    ['too few numbers', '1 255 0 0 1 1 "tumour"\n', 1],
    ['a label twice', '1 255 0 0 1 1 1 "a"\n1 255 0 0 1 1 1 "b"\n', 2],
    ['a label that is no whole number', '1.5 255 0 0 1 1 1 "a"\n', 1],
  ])('with %s are refused with the line', (_, text, line) => {
    expect(() => parseLabelDescriptions(text, 'l.txt')).toThrow(
      expect.objectContaining({
        code: 'file-syntax',
        place: expect.objectContaining({ file: 'l.txt', line }),
      }),
    );
  });
});

describe('a label by its name', () => {
  const names = parseLabelDescriptions(
    `${ofSnap}   18     0    0  255    1  0  1    "primary Tumour"\n`,
    'l.txt',
  );

  it('is found whatever its capital letters', () => {
    expect(labelNamed(names, ' node, LEFT (1 cm)')).toBe(2);
  });

  it.each<[string, RegExp]>([
    ['primary tumour', /Labels 1 and 18 are both named/],
    ['stroma', /No label is named "stroma"; described are 1 "Primary tumour", 2 "Node, left/],
  ])('is refused where it is not one: %s', (name, message) => {
    expect(() => labelNamed(names, name)).toThrow(message);
    expect(() => labelNamed([], name)).toThrow(/No file describes the labels/);
  });
});
