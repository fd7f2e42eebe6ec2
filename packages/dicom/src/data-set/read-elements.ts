import { SentinodeError } from '@sentinode/core';
import { type DataElement, DataSet } from './data-set.ts';
import { TAG, tagName } from './tags.ts';
import { hasLongForm, isVr } from './value-representation.ts';

/** How the elements of a data set are written. */
export interface Encoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;

/** Sequences within sequences that any file has reason for; a structured report stays below 20. */
const DEEPEST = 64;

/**
 * Reads the elements of a data set. Every length is compared with the bytes that are there before anything is made
 * of it; nothing is copied.
 */
export class ElementReader {
  position: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly encoding: Encoding;

  constructor(bytes: Uint8Array, position: number, encoding: Encoding) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.encoding = encoding;
  }

  /**
   * Elements up to `end`, or up to the delimiter of an item.
   * @param until first group that is not read any more
   * @throws SentinodeError `dicom-damaged` for lengths beyond the end, items out of place, nesting without end
   */
  dataSet(end: number, parent?: DataSet, depth = 0, until = Number.POSITIVE_INFINITY): DataSet {
    if (depth > DEEPEST) throw damaged(`sequences are nested more than ${DEEPEST} deep`);
    const elements = new Map<number, DataElement>();
    const dataSet = new DataSet(elements, this.encoding.littleEndian, parent);
    while (this.position < end) {
      if (end - this.position < 8) {
        // Some writers pad a file to an even or a block length.
        if (depth === 0 && this.bytes.subarray(this.position, end).every((byte) => byte === 0)) break;
        throw damaged('it ends within an element');
      }
      const start = this.position;
      const tag = this.tag();
      if (tag === ITEM_END && depth > 0) {
        this.position += 4;
        return dataSet;
      }
      if (tag >= until || (tag === 0 && depth === 0 && elements.size > 0)) {
        this.position = start;
        break;
      }
      elements.set(tag, this.element(tag, end, dataSet, depth));
    }
    return dataSet;
  }

  private element(tag: number, end: number, dataSet: DataSet, depth: number): DataElement {
    const { vr, length } = this.lengthOf(tag, end);
    if (length === UNDEFINED_LENGTH) {
      if (tag === TAG.PixelData && this.encoding.explicit && vr !== 'SQ')
        return this.encapsulated(tag, vr, end);
      // A sequence of unknown representation is written implicitly (PS3.5 section 6.2.2, note 2).
      const inner = vr === 'UN' && this.encoding.explicit ? this.implicitly() : this;
      const first = this.position;
      const items = inner.items(end, undefined, dataSet, depth + 1);
      this.position = inner.position;
      return { tag, vr: 'SQ', bytes: this.bytes.subarray(first, this.position), items };
    }
    if (length > end - this.position) {
      throw damaged(
        `${tagName(tag)} claims ${length} bytes where ${end - this.position} are left`,
        tagName(tag),
      );
    }
    const bytes = this.bytes.subarray(this.position, this.position + length);
    if (vr === 'SQ' || (vr === 'UN' && tag !== TAG.PixelData && this.startsWithItem(length))) {
      const inner = vr === 'UN' && this.encoding.explicit ? this.implicitly() : this;
      const items = inner.items(this.position + length, length, dataSet, depth + 1);
      this.position += inner === this ? 0 : length;
      return { tag, vr: 'SQ', bytes, items };
    }
    this.position += length;
    return { tag, vr, bytes };
  }

  private lengthOf(tag: number, end: number): { vr: string; length: number } {
    const { littleEndian, explicit } = this.encoding;
    if (!explicit) {
      const length = this.view.getUint32(this.position, littleEndian);
      this.position += 4;
      return { vr: 'UN', length };
    }
    const vr = String.fromCharCode(this.bytes[this.position], this.bytes[this.position + 1]);
    if (!isVr(vr)) throw damaged(`${tagName(tag)} has no value representation`, tagName(tag));
    if (!hasLongForm(vr)) {
      const length = this.view.getUint16(this.position + 2, littleEndian);
      this.position += 4;
      return { vr, length };
    }
    if (end - this.position < 8) throw damaged('it ends within an element');
    const length = this.view.getUint32(this.position + 4, littleEndian);
    this.position += 8;
    return { vr, length };
  }

  private items(end: number, length: number | undefined, parent: DataSet, depth: number): DataSet[] {
    const items: DataSet[] = [];
    while (this.position < end) {
      const { tag, size } = this.itemHead(end);
      if (tag === SEQUENCE_END && length === undefined) return items;
      if (tag !== ITEM) throw damaged('a sequence holds something that is no item');
      if (size === UNDEFINED_LENGTH) items.push(this.dataSet(end, parent, depth));
      else items.push(this.dataSet(this.position + size, parent, depth));
    }
    if (length === undefined) throw damaged('a sequence does not end');
    return items;
  }

  /** Offset table and fragments of encapsulated pixel data (PS3.5 annex A.4). */
  private encapsulated(tag: number, vr: string, end: number): DataElement {
    const fragments: Uint8Array[] = [];
    while (this.position < end) {
      const head = this.itemHead(end);
      if (head.tag === SEQUENCE_END) {
        const [table, ...rest] = fragments;
        if (table === undefined) throw damaged('its pixel data have no offset table', tagName(tag));
        return { tag, vr, bytes: table, fragments: rest };
      }
      if (head.tag !== ITEM || head.size === UNDEFINED_LENGTH)
        throw damaged('its pixel data hold something that is no fragment', tagName(tag));
      fragments.push(this.bytes.subarray(this.position, this.position + head.size));
      this.position += head.size;
    }
    throw damaged('its pixel data do not end', tagName(tag));
  }

  private itemHead(end: number): { tag: number; size: number } {
    if (end - this.position < 8) throw damaged('it ends within a sequence');
    const tag = this.tag();
    const size = this.view.getUint32(this.position, this.encoding.littleEndian);
    this.position += 4;
    if (size !== UNDEFINED_LENGTH && size > end - this.position)
      throw damaged(`an item claims ${size} bytes where ${end - this.position} are left`);
    return { tag, size };
  }

  private startsWithItem(length: number): boolean {
    if (length < 8) return false;
    const start = this.position;
    const tag = this.tag();
    this.position = start;
    return tag === ITEM;
  }

  private implicitly(): ElementReader {
    return new ElementReader(this.bytes, this.position, { explicit: false, littleEndian: true });
  }

  private tag(): number {
    const { littleEndian } = this.encoding;
    const group = this.view.getUint16(this.position, littleEndian);
    const element = this.view.getUint16(this.position + 2, littleEndian);
    this.position += 4;
    return group * 65_536 + element;
  }
}

function damaged(what: string, field?: string): SentinodeError {
  return new SentinodeError(
    'dicom-damaged',
    `The DICOM file is damaged or cut off: ${what}. Copy or export it again.`,
    field === undefined ? {} : { field },
  );
}
