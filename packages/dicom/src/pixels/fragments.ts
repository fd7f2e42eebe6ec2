import { SentinodeError } from '@sentinode/core';
import type { DataElement, DataSet } from '../data-set/data-set.ts';
import { TAG } from '../data-set/tags.ts';

/**
 * Bytes of one frame of encapsulated pixel data (PS3.5 annex A.4): by the extended or the basic offset table, else
 * one fragment per frame, else (JPEG family) where a fragment begins an image.
 * @throws SentinodeError `dicom-pixels` where the fragments cannot be divided among the frames
 */
export function frameFragments(dataSet: DataSet, element: DataElement, frames: number): Uint8Array[] {
  const fragments = element.fragments ?? [];
  if (frames === 1) return [joined(fragments)];
  const starts = starting(dataSet, element, fragments, frames);
  return starts.map((from, frame) => joined(fragments.slice(from, starts[frame + 1] ?? fragments.length)));
}

/** Index of the first fragment of each frame. */
function starting(
  dataSet: DataSet,
  element: DataElement,
  fragments: readonly Uint8Array[],
  frames: number,
): number[] {
  const table = offsets(dataSet, element);
  if (table.length > 0) {
    const places = new Map<number, number>();
    let offset = 0;
    fragments.forEach((fragment, at) => {
      places.set(offset, at);
      offset += fragment.length + 8;
    });
    const found = table.map((start) => places.get(start));
    const ascending = found.every((at, k) => at !== undefined && (k === 0 || at > found[k - 1]!));
    if (found.length !== frames || found[0] !== 0 || !ascending)
      throw undivided('its offset table does not fit its fragments');
    return found as number[];
  }
  if (fragments.length === frames) return fragments.map((_, at) => at);
  const images = fragments.flatMap((fragment, at) => (beginsImage(fragment) ? [at] : []));
  if (images.length === frames && images[0] === 0) return images;
  throw undivided(`it has ${fragments.length} fragments and ${frames} frames, and no offset table`);
}

function offsets(dataSet: DataSet, element: DataElement): readonly number[] {
  const extended = dataSet.get(TAG.ExtendedOffsetTable);
  if (extended !== undefined && extended.bytes.length > 0)
    return dataSet.numbers(TAG.ExtendedOffsetTable, 'OV');
  if (element.bytes.length % 4 !== 0) throw undivided('its offset table is cut off');
  const view = new DataView(element.bytes.buffer, element.bytes.byteOffset, element.bytes.length);
  return Array.from({ length: element.bytes.length / 4 }, (_, at) => view.getUint32(4 * at, true));
}

/** Start of image of JPEG and JPEG-LS, start of codestream of JPEG 2000. */
function beginsImage(fragment: Uint8Array): boolean {
  return fragment[0] === 0xff && (fragment[1] === 0xd8 || (fragment[1] === 0x4f && fragment[2] === 0xff));
}

function joined(fragments: readonly Uint8Array[]): Uint8Array {
  if (fragments.length === 1) return fragments[0];
  const whole = new Uint8Array(fragments.reduce((sum, fragment) => sum + fragment.length, 0));
  let at = 0;
  for (const fragment of fragments) {
    whole.set(fragment, at);
    at += fragment.length;
  }
  return whole;
}

function undivided(what: string): SentinodeError {
  return new SentinodeError(
    'dicom-pixels',
    `The frames cannot be told apart: ${what}. The file is damaged; export it again, uncompressed if that is possible.`,
  );
}
