import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { planImport } from '../import/plan.ts';
import { Pseudonyms } from '../import/pseudonyms.ts';
import { runImport } from '../import/run-import.ts';
import { scanFiles } from '../import/scan.ts';
import { planted } from '../testing/canaries.ts';
import { asSources, madeSeries } from '../testing/series.ts';
import { element } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';
import type { DeidentifyOptions } from './deidentify-file.ts';
import { deidentifyFile } from './deidentify-file.ts';
import { deidentifyScan } from './deidentify-scan.ts';

const key = Pseudonyms.of(new TextEncoder().encode('a key of the tests, long enough'));
const plain: DeidentifyOptions = { dates: 'remove', keepAge: false, keepPrivate: false };
const everything: DeidentifyOptions = { dates: 'shift', keepAge: true, keepPrivate: true };

async function copies(files: readonly Uint8Array[], options: DeidentifyOptions) {
  const pseudonyms = await key;
  const scan = await scanFiles(asSources(files, (at) => `CANARY_path/${at}`));
  const run = deidentifyScan(scan, await planImport(scan, pseudonyms), pseudonyms, options);
  const written = [];
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) written.push(next.value);
  return { written, count: next.value };
}

async function volumes(files: readonly Uint8Array[]) {
  const scan = await scanFiles(asSources(files));
  const run = runImport(scan, await planImport(scan, await key));
  const found = [];
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done) return { volumes: found, index: next.value };
    found.push(await readVolume(next.value.bytes));
  }
}

/** Two time points and a b-value of a vendor, with names wherever names can stand. */
const identified = [0, 1].flatMap((point) =>
  madeSeries(4, (at) => ({
    instance: `1.2.3.${point}.${at + 1}`,
    value: (pixel) => 1000 * point + 10 * at + pixel,
    extra: planted([
      element(TAG.ContentTime, 'TM', point === 0 ? '101700' : '101830.5'),
      element(TAG.AcquisitionDate, 'DA', '20240101'),
      element(0x00101010, 'AS', '094Y'),
      element(TAG.PatientSex, 'CS', 'F'),
      element(TAG.ImageType, 'CS', ['ORIGINAL', 'PRIMARY', 'CANARY', 'M']),
      element(TAG.EchoTime, 'DS', '4.2'),
      element(TAG.RepetitionTime, 'DS', 'CANARY1'),
      element(0x00081140, 'SQ', [
        [
          element(TAG.ReferencedSOPInstanceUID, 'UI', '1.2.3.4.5'),
          element(0x00104000, 'LT', 'CANARY in a sequence'),
        ],
      ]),
      element(0x00081032, 'SQ', [[element(TAG.CodeMeaning, 'LO', 'CANARY procedure')]]),
      element(0x00190010, 'LO', 'SIEMENS MR HEADER'),
      element(0x0019100c, 'IS', '800'),
      element(0x00191008, 'CS', 'CANARY'),
      element(0x00430010, 'LO', 'GEMS_PARM_01'),
      element(0x00431039, 'IS', 'CANARY'),
    ]),
  })),
);

describe('copies without identifiers', () => {
  it.each([plain, everything])('hold no text, UID, date or path that was planted: %o', async (options) => {
    const { written, count } = await copies(identified, options);
    expect(count).toEqual({ patients: 1, series: 1, files: 8, refused: [] });
    for (const { path, bytes, fingerprint } of written) {
      expect(path).toMatch(/^P[0-9a-f]{10}\/S1\/01\/\d{6}\.dcm$/);
      const text = new TextDecoder('latin1').decode(bytes);
      expect(text.match(/.{0,20}CANARY.{0,10}/g)).toBeNull();
      for (const given of ['1.2.3.1', '1.2.3.0.', '1.2.3.4.5', '20240101', '101830', 'A1\\', '094Y'])
        expect([given, text.includes(given)]).toEqual([given, false]);
      expect(fingerprint).not.toContain('1.2.3');
    }
  });

  it('are read as the same volumes, time points and b-values', async () => {
    const { written } = await copies(identified, everything);
    const [before, after] = [await volumes(identified), await volumes(written.map(({ bytes }) => bytes))];
    expect(after.volumes).toEqual(before.volumes);
    const told = ({
      kind,
      phase,
      seconds,
      size,
      spacing,
      bValue,
      acquisition,
    }: (typeof before.index)[number]) => ({
      kind,
      phase,
      seconds,
      size,
      spacing,
      bValue,
      tesla: acquisition.fieldStrength,
    });
    expect(after.index.map(told)).toEqual(before.index.map(told));
    expect(after.index.map(({ seconds }) => seconds)).toEqual([0, 90.5]);
  });

  it('move all dates of a patient by one secret number of days, and times to the start of the study', async () => {
    const file = (patient: string, date: string): Uint8Array =>
      writeDicom([
        element(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
        element(TAG.SOPInstanceUID, 'UI', '1.2'),
        element(TAG.PatientID, 'LO', patient),
        element(TAG.StudyDate, 'DA', date),
        element(TAG.StudyTime, 'TM', '235900'),
        element(TAG.AcquisitionDateTime, 'DT', `${date}235930.250000+0100`),
        element(TAG.ContentTime, 'TM', '000100'),
      ]);
    const read = async (patient: string, date: string, options: DeidentifyOptions) =>
      readDicom(await deidentifyFile(readDicom(file(patient, date)), await key, options, `${patient}^`))
        .dataSet;
    const day = (text: string | undefined): number =>
      Date.UTC(Number(text!.slice(0, 4)), Number(text!.slice(4, 6)) - 1, Number(text!.slice(6))) / 86_400_000;
    const [a, b, other] = await Promise.all([
      read('A', '20240131', everything),
      read('A', '20240630', everything),
      read('B', '20240131', everything),
    ]);
    expect(day(b.text(TAG.StudyDate)) - day(a.text(TAG.StudyDate))).toBe(151);
    expect(a.text(TAG.StudyDate)).not.toBe('20240131');
    expect(other.text(TAG.StudyDate)).not.toBe(a.text(TAG.StudyDate));
    expect([a.text(TAG.StudyTime), a.text(TAG.ContentTime)]).toEqual(['000000', '000200']);
    expect(a.text(TAG.AcquisitionDateTime)).toBe(`${a.text(TAG.StudyDate)}000030.25`);
    const removed = await read('A', '20240131', plain);
    expect([removed.text(TAG.StudyDate), removed.text(TAG.ContentTime)]).toEqual(['19000101', '000200']);
  });

  it('say what was done to them, keep an age up to 90 and b-values of vendors only where asked for', async () => {
    const [bare, kept] = await Promise.all(
      [plain, everything].map(
        async (options) =>
          readDicom(await deidentifyFile(readDicom(identified[0]), await key, options, 'A^')).dataSet,
      ),
    );
    expect(bare.text(TAG.PatientIdentityRemoved)).toBe('YES');
    expect(
      kept.sequence(TAG.DeidentificationMethodCodeSequence).map((item) => item.text(TAG.CodeValue)),
    ).toEqual(['113100', '113105', '113107', '113108', '113111']);
    expect([bare.text(0x00101010), kept.text(0x00101010)]).toEqual([undefined, '090Y']);
    expect([bare.has(0x0019100c), kept.text(0x0019100c)]).toEqual([false, '800']);
    expect([kept.has(0x00431039), kept.has(0x00191008)]).toEqual([false, false]);
    expect(kept.texts(TAG.ImageType)).toEqual(['ORIGINAL', 'PRIMARY', 'OTHER', 'M']);
    expect([kept.number(TAG.EchoTime), kept.has(TAG.RepetitionTime)]).toEqual([4.2, false]);
  });

  it('are not made of images with text in their pixels', async () => {
    const burned = madeSeries(1, () => ({ extra: [element(TAG.BurnedInAnnotation, 'CS', 'YES')] }));
    const { written, count } = await copies(burned, plain);
    expect([written, count.refused.map(({ code }) => code)]).toEqual([[], ['dicom-pixels']]);
  });
});
