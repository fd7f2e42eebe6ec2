import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, shared } from '../../../../reference/locator.ts';
import { explicit, file, item, nested, sequence, text, us } from '../testing/bytes.ts';
import { readDicom } from './read-file.ts';
import { TAG } from './tags.ts';

const small = file([text(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.4'), us(TAG.Rows, 2)]);

describe('a DICOM file', () => {
  it('gives its values', () => {
    const { dataSet } = readDicom(small);
    expect(dataSet.number(TAG.Rows)).toBe(2);
    expect(dataSet.text(TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.4');
  });

  it('may be gzipped', () => {
    expect(readDicom(gzipSync(small)).dataSet.number(TAG.Rows)).toBe(2);
  });

  it('is refused when it is cut anywhere', () => {
    const whole = readDicom(small).dataSet.elements.size;
    for (let length = 1; length < small.length; length++) {
      // A cut between two elements leaves a shorter file that is as good as any.
      try {
        expect(readDicom(small.subarray(0, length)).dataSet.elements.size).toBeLessThan(whole);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^dicom-/) });
      }
    }
  });

  it.each([
    ['a length beyond the end', explicit(TAG.SeriesDescription, 'UT', new Uint8Array(4), 0xfffffff0)],
    ['letters that are no representation', explicit(TAG.SeriesDescription, '??', new Uint8Array(4))],
    ['an item longer than its sequence', sequence(TAG.SegmentSequence, [item([], 400)])],
    ['a sequence of something else', explicit(TAG.SegmentSequence, 'SQ', new Uint8Array(12).fill(7))],
    ['20,000 nested sequences', nested(20_000)],
  ])('with %s is refused as damaged', (_, element) => {
    expect(() => readDicom(file([element]))).toThrow(expect.objectContaining({ code: 'dicom-damaged' }));
  });

  it('in a transfer syntax that is not known is refused, and the name is not printed raw', () => {
    expect(() => readDicom(file([], '1.2.3/../x'))).toThrow(
      expect.objectContaining({ code: 'dicom-syntax', message: expect.stringContaining('1.2.3?..??') }),
    );
  });

  it('that is something else is refused', () => {
    expect(() => readDicom(new TextEncoder().encode('patient,age\n1,50\n'))).toThrow(
      expect.objectContaining({ code: 'dicom-none' }),
    );
    expect(() => readDicom(new Uint8Array(0))).toThrow(expect.objectContaining({ code: 'file-empty' }));
  });

  it('that unpacks beyond all measure is stopped', () => {
    // A kilobyte of deflate claims to be more than it can hold, so the first check is on what comes out.
    const bomb = gzipSync(new Uint8Array(8e6));
    expect(() => readDicom(bomb)).toThrow(expect.objectContaining({ code: 'dicom-none' }));
  });

  it('names a number that is none without printing a private value', () => {
    const { dataSet } = readDicom(
      file([
        text(TAG.RescaleSlope, 'DS', '1e400'),
        text(0x00110010, 'LO', 'X'),
        text(0x00111001, 'DS', 'Doe^Jane'),
      ]),
    );
    expect(() => dataSet.number(TAG.RescaleSlope)).toThrow(/RescaleSlope \(0028,1053\) must be a number/);
    expect(() => dataSet.number(0x00111001)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Doe') }),
    );
  });
});

describe.skipIf(!hasShared('dicom-samples'))('files of scanners', () => {
  it.each([
    ['seg/ct_image.dcm', 'CT'],
    ['siemens-dwi/siemens_dwi_0.dcm.gz', 'MR'],
    ['enhanced-mr/siemens_enhanced_mr_6frames.dcm', 'MR'],
    ['transfer-syntaxes/no-pixel-data.dcm', 'SR'],
  ])('%s', (path, modality) => {
    expect(readDicom(readBytes(shared('dicom-samples', path))).dataSet.text(TAG.Modality)).toBe(modality);
  });
});
