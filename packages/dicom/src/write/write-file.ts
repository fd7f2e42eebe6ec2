import { TAG } from '../data-set/tags.ts';
import { element, joined, type NewElement, writeElements } from './write-element.ts';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Stands for this program in files that it writes; made once (PS3.5 annex B.2). */
const IMPLEMENTATION = '2.25.271937462918374650918273645091827364501';
const META_LENGTH = 0x00020000;
const META_VERSION = 0x00020001;
const IMPLEMENTATION_CLASS = 0x00020012;
const IMPLEMENTATION_VERSION = 0x00020013;

/**
 * A DICOM file in explicit little endian: empty preamble, file meta information, data set. The same elements give
 * the same bytes.
 * @param elements with SOP class and instance among them
 * @param syntax explicit little endian, or one of encapsulated pixels where the pixel data are so
 */
export function writeDicom(
  elements: readonly NewElement[],
  syntax: string = EXPLICIT_LITTLE_ENDIAN,
): Uint8Array {
  const textOf = (tag: number): string => String(elements.find((one) => one.tag === tag)?.value ?? '');
  const meta = writeElements([
    element(META_VERSION, 'OB', Uint8Array.of(0, 1)),
    element(TAG.MediaStorageSOPClassUID, 'UI', textOf(TAG.SOPClassUID)),
    element(TAG.MediaStorageSOPInstanceUID, 'UI', textOf(TAG.SOPInstanceUID)),
    element(TAG.TransferSyntaxUID, 'UI', syntax),
    element(IMPLEMENTATION_CLASS, 'UI', IMPLEMENTATION),
    element(IMPLEMENTATION_VERSION, 'SH', 'SENTINODE'),
  ]);
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  const length = writeElements([element(META_LENGTH, 'UL', [meta.length])]);
  return joined([preamble, length, meta, writeElements(elements)]);
}
