import type { DataSet } from '../data-set/data-set.ts';
import { readDicom } from '../data-set/read-file.ts';

/** A number from 0 to 1, as a seeded generator gives it. */
export type Uniform = () => number;

const LENGTHS = [0xffffffff, 0xfffffffe, 0x7fffffff, 0x10000000, 0x0000fffe, 0, 1, 3];
const DIGITS = '0123456789.-+eE \\';

/** Places in a DICOM file where values begin; their lengths and representations stand just before. */
export function valuePlaces(bytes: Uint8Array): number[] {
  try {
    const { dataSet, meta } = readDicom(bytes);
    const places: number[] = [];
    const visit = ({ elements }: DataSet): void => {
      for (const { bytes: value, items, fragments } of elements.values()) {
        // Views of another buffer belong to a data set that was unpacked first.
        for (const view of [value, ...(fragments ?? [])])
          if (view.buffer === bytes.buffer) places.push(view.byteOffset - bytes.byteOffset);
        for (const item of items ?? []) visit(item);
      }
    };
    visit(meta);
    visit(dataSet);
    return places;
  } catch {
    // Not to be read even whole: damage falls anywhere then.
    return [];
  }
}

/**
 * A damaged copy: a cut, a length or a representation overwritten, digits of a value changed, bytes turned, a piece
 * doubled or taken out.
 * @param places where values begin, so that damage meets headers and not only pixels
 */
export function damaged(bytes: Uint8Array, random: Uniform, places: readonly number[] = []): Uint8Array {
  const below = (end: number): number => Math.floor(random() * end);
  const anywhere = (): number => (random() < 0.7 ? below(Math.min(bytes.length, 4096)) : below(bytes.length));
  const value = (): number =>
    places.length > 0 && random() < 0.8 ? places[below(places.length)]! : anywhere();
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const inside = (at: number, length: number): number => Math.max(0, Math.min(at, bytes.length - length));
  const kind = random();
  if (kind < 0.12) return bytes.subarray(0, below(bytes.length));
  if (kind < 0.35) {
    view.setUint32(inside(value() - 4, 4), LENGTHS[below(LENGTHS.length)]!, true);
    return copy;
  }
  if (kind < 0.5) {
    view.setUint16(inside(value() - 2, 2), below(3) === 0 ? 0xffff : below(300), true);
    return copy;
  }
  if (kind < 0.7) {
    const start = value();
    for (let k = 0; k < 1 + below(6); k++)
      copy[inside(start + below(16), 1)] = DIGITS.charCodeAt(below(DIGITS.length));
    return copy;
  }
  if (kind < 0.85) {
    const [start, length] = [value(), below(200)];
    const piece = random() < 0.5 ? bytes.subarray(start, start + length) : new Uint8Array(0);
    const rest = bytes.subarray(piece.length > 0 ? start : Math.min(start + length, bytes.length));
    const other = new Uint8Array(start + piece.length + rest.length);
    other.set(bytes.subarray(0, start));
    other.set(piece, start);
    other.set(rest, start + piece.length);
    return other;
  }
  for (let flips = 1 + below(8); flips > 0; flips--) copy[anywhere()] = below(256);
  return copy;
}
