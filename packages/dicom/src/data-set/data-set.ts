import { SentinodeError } from '@sentinode/core';
import { decodeText } from './character-set.ts';
import { parseDecimal, parseWhole } from './numbers.ts';
import { isPrivate, TAG, tagName } from './tags.ts';
import { vrOf } from './value-representation.ts';

/** One element of a data set. Its bytes are a view into the file. */
export interface DataElement {
  readonly tag: number;
  /** Value representation, `UN` where the file does not say. */
  readonly vr: string;
  readonly bytes: Uint8Array;
  /** Items of a sequence. */
  readonly items?: readonly DataSet[];
  /** Encapsulated pixel data: fragments after the basic offset table, which is `bytes`. */
  readonly fragments?: readonly Uint8Array[];
}

/**
 * A DICOM data set: elements by tag, read on demand. Numbers are parsed strictly, text by the character set of the
 * data set; a value that is absent or empty is undefined.
 */
export class DataSet {
  readonly elements: ReadonlyMap<number, DataElement>;
  readonly littleEndian: boolean;
  private readonly parent: DataSet | undefined;
  private blocks: ReadonlyMap<string, number> | undefined;

  constructor(elements: ReadonlyMap<number, DataElement>, littleEndian: boolean, parent?: DataSet) {
    this.elements = elements;
    this.littleEndian = littleEndian;
    this.parent = parent;
  }

  get(tag: number): DataElement | undefined {
    return this.elements.get(tag);
  }

  has(tag: number): boolean {
    return (this.elements.get(tag)?.bytes.length ?? 0) > 0;
  }

  /** Items of a sequence; empty where there is none. */
  sequence(tag: number): readonly DataSet[] {
    return this.elements.get(tag)?.items ?? [];
  }

  /** Values of text, split at backslashes, without padding; empty where there is none. */
  texts(tag: number): readonly string[] {
    const whole = this.text(tag);
    return whole === undefined ? [] : whole.split('\\').map((value) => value.trim());
  }

  /** Text as a whole, without padding. */
  text(tag: number): string | undefined {
    const element = this.elements.get(tag);
    if (element === undefined || element.items !== undefined) return undefined;
    const trimmed = decodeText(element.bytes, this.characterSet())
      .replace(/[\0 ]+$/, '')
      .trimStart();
    return trimmed === '' ? undefined : trimmed;
  }

  /**
   * Numbers of any representation, text or binary. Empty where there are none.
   * @throws SentinodeError `dicom-attribute` for text that is no number, or bytes that are no whole number of values
   */
  numbers(tag: number, vr?: string): readonly number[] {
    const element = this.elements.get(tag);
    if (element === undefined || element.bytes.length === 0) return [];
    const kind = vr ?? (element.vr === 'UN' ? vrOf(tag) : element.vr);
    const width = binaryWidth[kind];
    return width === undefined ? this.decimals(tag, kind) : this.binaries(element, kind, width);
  }

  /** First number. @throws SentinodeError as {@link numbers} */
  number(tag: number, vr?: string): number | undefined {
    return this.numbers(tag, vr)[0];
  }

  /**
   * A number that must be there.
   * @throws SentinodeError `dicom-attribute` where it is not
   */
  neededNumber(tag: number): number {
    const value = this.number(tag);
    if (value === undefined) throw missing(tag);
    return value;
  }

  /** A text that must be there. @throws SentinodeError `dicom-attribute` where it is not */
  neededText(tag: number): string {
    const value = this.text(tag);
    if (value === undefined) throw missing(tag);
    return value;
  }

  /** Tag of a private attribute in the block that its creator reserved in this data set (PS3.5 section 7.8.1). */
  privateTag(group: number, creator: string, element: number): number | undefined {
    this.blocks ??= this.reservedBlocks();
    const block = this.blocks.get(`${group} ${creator.toUpperCase()}`);
    return block === undefined ? undefined : group * 65_536 + block * 256 + element;
  }

  /** Lowest block of each private creator, by group and name; frames are many and ask for several vendors each. */
  private reservedBlocks(): ReadonlyMap<string, number> {
    const blocks = new Map<string, number>();
    const reserved = [...this.elements.keys()].filter((tag) => {
      const [group, block] = [Math.floor(tag / 65_536), tag % 65_536];
      return group % 2 === 1 && block >= 0x10 && block <= 0xff;
    });
    for (const tag of reserved.sort((a, b) => a - b)) {
      const key = `${Math.floor(tag / 65_536)} ${this.text(tag)?.toUpperCase() ?? ''}`;
      if (!blocks.has(key)) blocks.set(key, tag % 65_536);
    }
    return blocks;
  }

  private characterSet(): readonly string[] {
    const own = this.elements.get(TAG.SpecificCharacterSet);
    if (own !== undefined)
      return String.fromCharCode(...own.bytes.subarray(0, 200))
        .split('\\')
        .map((name) => name.trim());
    return this.parent?.characterSet() ?? [];
  }

  private decimals(tag: number, vr: string): readonly number[] {
    const parse = vr === 'IS' ? parseWhole : parseDecimal;
    return this.texts(tag)
      .filter((text) => text !== '')
      .map((text) => {
        const value = parse(text);
        if (value === undefined) {
          // A private attribute may hold anything, a name too, so its text stays out of the message.
          const shown = isPrivate(tag) || vr === 'UN' ? 'what it holds' : `"${text.slice(0, 24)}"`;
          throw new SentinodeError(
            'dicom-attribute',
            `${tagName(tag)} must be a number, and ${shown} is none. The header is damaged; export the series again.`,
            { field: tagName(tag) },
          );
        }
        return value;
      });
  }

  private binaries({ tag, bytes }: DataElement, vr: string, width: number): readonly number[] {
    if (bytes.length % width !== 0) {
      throw new SentinodeError(
        'dicom-attribute',
        `${tagName(tag)} has ${bytes.length} bytes, and its values take ${width} each. The header is damaged; export the series again.`,
        { field: tagName(tag) },
      );
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: bytes.length / width }, (_, at) =>
      readBinary(view, vr, at * width, this.littleEndian),
    );
  }
}

const binaryWidth: Readonly<Record<string, number | undefined>> = {
  US: 2,
  SS: 2,
  OW: 2,
  UL: 4,
  SL: 4,
  OL: 4,
  FL: 4,
  OF: 4,
  FD: 8,
  OD: 8,
  SV: 8,
  UV: 8,
  OV: 8,
  OB: 1,
};

function readBinary(view: DataView, vr: string, at: number, little: boolean): number {
  switch (vr) {
    case 'US':
    case 'OW':
      return view.getUint16(at, little);
    case 'SS':
      return view.getInt16(at, little);
    case 'UL':
    case 'OL':
      return view.getUint32(at, little);
    case 'SL':
      return view.getInt32(at, little);
    case 'FL':
    case 'OF':
      return view.getFloat32(at, little);
    case 'FD':
    case 'OD':
      return view.getFloat64(at, little);
    case 'SV':
      return Number(view.getBigInt64(at, little));
    case 'UV':
    case 'OV':
      return Number(view.getBigUint64(at, little));
    default:
      return view.getUint8(at);
  }
}

function missing(tag: number): SentinodeError {
  return new SentinodeError(
    'dicom-attribute',
    `${tagName(tag)} is missing, and the image cannot be read without it. Export the series again with it.`,
    { field: tagName(tag) },
  );
}
