import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { decimalString } from './decimal-string.ts';
import { element } from './write-element.ts';
import { writeDicom } from './write-file.ts';

describe('decimalString', () => {
  it('keeps 16 characters and never cuts an exponent', () => {
    expect(decimalString(-1.2345678901234566e-7)).toBe('-1.2345678901e-7');
    expect(decimalString(6.123233995736766e-17)).toMatch(/^6\.1232339957\d*e-17$/);
    expect(decimalString(0.703125)).toBe('0.703125');
    expect(decimalString(-0)).toBe('0');
  });

  it('is as near as 16 characters allow', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = decimalString(value);
        expect(text.length).toBeLessThanOrEqual(16);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-8);
      }),
      { seed: 18 },
    );
  });
});

describe('a written file', () => {
  it('reads back, with sequences', () => {
    const bytes = writeDicom([
      element(TAG.Rows, 'US', [3]),
      element(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
      element(TAG.SOPInstanceUID, 'UI', '1.2.3'),
      element(TAG.ImageType, 'CS', ['ORIGINAL', 'PRIMARY']),
      element(TAG.DiffusionBValue, 'FD', [1000.5]),
      element(TAG.SegmentSequence, 'SQ', [[element(TAG.SegmentNumber, 'US', [7])], []]),
      element(TAG.PixelData, 'OB', Uint8Array.of(1, 2, 3)),
    ]);
    const { dataSet, meta } = readDicom(bytes);
    expect(dataSet.number(TAG.Rows)).toBe(3);
    expect(dataSet.texts(TAG.ImageType)).toEqual(['ORIGINAL', 'PRIMARY']);
    expect(dataSet.number(TAG.DiffusionBValue)).toBe(1000.5);
    expect(dataSet.sequence(TAG.SegmentSequence).map((item) => item.number(TAG.SegmentNumber))).toEqual([
      7,
      undefined,
    ]);
    expect([...dataSet.get(TAG.PixelData)!.bytes]).toEqual([1, 2, 3, 0]);
    expect(meta.text(TAG.MediaStorageSOPInstanceUID)).toBe('1.2.3');
    expect([...dataSet.elements.keys()]).toEqual([...dataSet.elements.keys()].sort((a, b) => a - b));
  });
});
