import { SentinodeError } from '@sentinode/core';
import type { DataElement, DataSet } from '../data-set/data-set.ts';
import { parseDecimal } from '../data-set/numbers.ts';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { cleanDescription } from '../import/clean-description.ts';
import type { Pseudonyms } from '../import/pseudonyms.ts';
import { element, type NewElement } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';
import { type DatedBy, movedDate, movedDateTime, relativeTime } from './dates.ts';
import { type Handling, keptAttributes, pixelSigned, safePrivate } from './kept-attributes.ts';
import { knownTerms } from './known-terms.ts';

/** Options of PS3.15 annex E, beside the basic profile with Clean Descriptors. */
export interface DeidentifyOptions {
  /** `remove`: no date stays. `shift`: all dates of a patient are moved by one secret number of days. */
  readonly dates: 'remove' | 'shift';
  /** Keeps the age in years; from 90 on it is 90. */
  readonly keepAge: boolean;
  /** Keeps private attributes that hold b-values, directions and scales alone. */
  readonly keepPrivate: boolean;
}

const EXPLICIT = '1.2.840.10008.1.2.1';
const STANDARD_ROOT = '1.2.840.10008.';
/** Coding schemes of the standard; others are of a hospital. */
const schemes = ['DCM', 'SCT', 'SRT', 'SNM3', 'UCUM', 'UMLS', 'NCIt', 'RADLEX', 'FMA', 'MDC'];

/**
 * A copy of a DICOM file without what identifies the patient. Only listed attributes stay (`kept-attributes.ts`); UIDs,
 * patient and dates are replaced by a secret, so that files of one patient still belong together. Pixels are not changed.
 * @throws SentinodeError `dicom-syntax` for big endian, `dicom-pixels` for an image that says that names are burned in
 */
export async function deidentifyFile(
  { dataSet, syntax }: DicomFile,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
  patient: string,
): Promise<Uint8Array> {
  if (!syntax.littleEndian)
    throw new SentinodeError('dicom-syntax', 'Big endian files are not copied; export it in little endian.');
  if (dataSet.text(TAG.BurnedInAnnotation) === 'YES')
    throw new SentinodeError(
      'dicom-pixels',
      'The image says that text is burned into its pixels, which may name the patient; it is left out.',
    );
  const dated: DatedBy = {
    shift: options.dates === 'shift' ? await pseudonyms.dateShift(patient) : undefined,
    start: dataSet.text(TAG.StudyTime),
  };
  const kept = await elementsOf(dataSet, pseudonyms, options, dated);
  return writeDicom(
    [...kept, ...(await patientModule(dataSet, patient, pseudonyms, options))],
    syntax.encapsulated ? syntax.uid : EXPLICIT,
  );
}

async function elementsOf(
  dataSet: DataSet,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
  dated: DatedBy,
): Promise<NewElement[]> {
  const written: NewElement[] = [];
  for (const [tag, found] of dataSet.elements) {
    const rule = keptAttributes.get(tag);
    if (pixelSigned.includes(tag)) {
      written.push(element(tag, signedRepresentation(dataSet), found.bytes));
      continue;
    }
    if (rule === undefined) continue;
    const value = await handled(dataSet, found, rule.handling, pseudonyms, options, dated);
    if (value === undefined) continue;
    const vr = tag === TAG.PixelData && (found.fragments !== undefined || found.vr === 'OB') ? 'OB' : rule.vr;
    written.push(element(tag, vr, value));
  }
  return options.keepPrivate ? [...written, ...privateOf(dataSet)] : written;
}

const signedRepresentation = (dataSet: DataSet): string =>
  dataSet.number(TAG.PixelRepresentation) === 1 ? 'SS' : 'US';

async function handled(
  dataSet: DataSet,
  found: DataElement,
  handling: Handling,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
  dated: DatedBy,
): Promise<NewElement['value'] | undefined> {
  const { tag } = found;
  switch (handling) {
    case 'items':
      return Promise.all(dataSet.sequence(tag).map((item) => elementsOf(item, pseudonyms, options, dated)));
    case 'bytes':
      return found.fragments === undefined ? found.bytes : { table: found.bytes, fragments: found.fragments };
    case 'number':
      return numeric(dataSet, found) ? found.bytes : undefined;
    case 'term':
      return tag === TAG.ImageType ? imageType(dataSet) : knownTerms(dataSet.texts(tag));
    case 'uid':
      return Promise.all(
        dataSet.texts(tag).map((uid) => (uid.startsWith(STANDARD_ROOT) ? uid : pseudonyms.uid(uid))),
      );
    case 'words':
      return cleanDescription(dataSet.text(tag) ?? '');
    case 'code':
      return schemes.includes(dataSet.text(TAG.CodingSchemeDesignator) ?? '') ? found.bytes : undefined;
    case 'text':
      // The character set goes with everything else that was written in it.
      return (dataSet.text(tag) ?? '').replace(/[^\x20-\x7e]/g, '');
    case 'date':
      return movedDate(dataSet.text(tag), dated);
    case 'time':
      return relativeTime(dataSet.text(tag), dated);
    case 'dateTime':
      return movedDateTime(dataSet.text(tag), dated);
  }
}

/** Text that is to hold numbers and does not may hold anything. */
function numeric(dataSet: DataSet, { tag, vr, bytes }: DataElement): boolean {
  const kind = keptAttributes.get(tag)!.vr;
  if (kind !== 'DS' && kind !== 'IS') return vr === kind || vr === 'UN' || bytes.length === 0;
  return dataSet.texts(tag).every((text) => text === '' || parseDecimal(text) !== undefined);
}

/** Every place keeps its meaning, so that an unknown term becomes OTHER. */
function imageType(dataSet: DataSet): string[] {
  return dataSet.texts(TAG.ImageType).map((value) => knownTerms([value])[0] ?? 'OTHER');
}

function privateOf(dataSet: DataSet): NewElement[] {
  return safePrivate.flatMap(([creator, group, elements]) => {
    const found = elements.flatMap((one) => {
      const tag = dataSet.privateTag(group, creator, one);
      const value = tag === undefined ? undefined : dataSet.get(tag);
      return value === undefined || value.bytes.length > 64 ? [] : [value];
    });
    if (found.length === 0) return [];
    const block = Math.floor((found[0]!.tag % 65_536) / 256);
    return [
      element(group * 65_536 + block, 'LO', creator),
      ...found.filter(isNumbers).map(({ tag, vr, bytes }) => element(tag, vr, bytes)),
    ];
  });
}

/** Text of a private attribute is kept only where it is made of numbers. */
function isNumbers({ vr, bytes }: DataElement): boolean {
  if (['DS', 'IS', 'LO', 'SH', 'CS', 'UN'].includes(vr)) {
    const text = String.fromCharCode(...bytes);
    return (
      /^[\d.eE+\-\\ \0]*$/.test(text) || (vr === 'UN' && bytes.length % 8 === 0 && !/[A-Za-z]{3}/.test(text))
    );
  }
  return ['FD', 'FL', 'US', 'SS', 'UL', 'SL'].includes(vr);
}

async function patientModule(
  dataSet: DataSet,
  identifier: string,
  pseudonyms: Pseudonyms,
  { dates, keepAge, keepPrivate }: DeidentifyOptions,
): Promise<NewElement[]> {
  const name = await pseudonyms.patient(identifier);
  const sex = knownTerms(dataSet.texts(TAG.PatientSex))[0];
  const age = keepAge ? ageOf(dataSet.text(PATIENT_AGE)) : undefined;
  const codes: [string, string][] = [
    ['113100', 'Basic Application Confidentiality Profile'],
    ['113105', 'Clean Descriptors Option'],
    ...(dates === 'shift'
      ? [['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'] as [string, string]]
      : []),
    ...(keepAge ? [['113108', 'Retain Patient Characteristics Option'] as [string, string]] : []),
    ...(keepPrivate ? [['113111', 'Retain Safe Private Option'] as [string, string]] : []),
  ];
  return [
    element(TAG.PatientName, 'PN', name),
    element(TAG.PatientID, 'LO', name),
    element(TAG.PatientBirthDate, 'DA', ''),
    element(TAG.PatientSex, 'CS', sex ?? ''),
    ...(age === undefined ? [] : [element(PATIENT_AGE, 'AS', age)]),
    ...[TAG.AccessionNumber, TAG.StudyID].map((tag) => element(tag, 'SH', '')),
    element(TAG.ReferringPhysicianName, 'PN', ''),
    element(TAG.PositionReferenceIndicator, 'LO', ''),
    element(TAG.PatientIdentityRemoved, 'CS', 'YES'),
    element(TAG.DeidentificationMethod, 'LO', 'Listed attributes kept, all others removed (PS3.15 annex E)'),
    element(
      TAG.DeidentificationMethodCodeSequence,
      'SQ',
      codes.map(([value, meaning]) => [
        element(TAG.CodeValue, 'SH', value),
        element(TAG.CodingSchemeDesignator, 'SH', 'DCM'),
        element(TAG.CodeMeaning, 'LO', meaning.slice(0, 64)),
      ]),
    ),
    element(LONGITUDINAL, 'CS', dates === 'shift' ? 'MODIFIED' : 'REMOVED'),
  ];
}

const PATIENT_AGE = 0x00101010;
const LONGITUDINAL = 0x00280303;
const OLDEST = 90;

function ageOf(text: string | undefined): string | undefined {
  const match = /^(\d{3})([DWMY])$/.exec(text ?? '');
  if (match === null) return undefined;
  return match[2] === 'Y' && Number(match[1]) > OLDEST ? `0${OLDEST}Y` : match[0];
}
