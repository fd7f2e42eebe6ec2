import { parseNumber, SentinodeError } from '@sentinode/core';
import { checkGeometry } from '../../geometry/geometry.ts';
import type { ElementType, Geometry, Vector3 } from '../../volume.ts';

/** What a MetaImage header says. */
export interface MetaImageHeader {
  readonly geometry: Geometry;
  readonly elementType: ElementType;
  readonly littleEndian: boolean;
  readonly compressed: boolean;
  /** Name of the data file, `LOCAL` where the data follow the header. */
  readonly dataFile: string;
  /** Bytes to leave out in the data file; -1: the voxels are its last bytes. */
  readonly skip: number;
  /** Where the header ends in the file. */
  readonly end: number;
}

/** No header is longer; the data follow it in the same file. */
const LONGEST = 65_536;

const elements: Readonly<Record<string, ElementType | undefined>> = {
  MET_CHAR: 'int8',
  MET_UCHAR: 'uint8',
  MET_SHORT: 'int16',
  MET_USHORT: 'uint16',
  MET_INT: 'int32',
  MET_UINT: 'uint32',
  MET_LONG_LONG: 'int64',
  MET_ULONG_LONG: 'uint64',
  MET_FLOAT: 'float32',
  MET_DOUBLE: 'float64',
};

/** Whether a file begins with a line of a MetaImage header. */
export function isMetaImage(head: Uint8Array): boolean {
  return /^\s*(?:ObjectType|NDims|Comment)\s*=/.test(String.fromCharCode(...head.subarray(0, 64)));
}

/**
 * Reads the header: lines of `key = value`, the last of which names the data file. World positions are LPS mm, as ITK
 * writes them; `TransformMatrix` lists the directions of the axes one after another.
 * @throws SentinodeError `volume-header`, `volume-dimensions`, `volume-geometry`
 */
export function readMetaImageHeader(bytes: Uint8Array): MetaImageHeader {
  const fields = new Map<string, string>();
  let at = 0;
  while (!fields.has('ElementDataFile')) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd < 0 || lineEnd > LONGEST)
      throw invalid('The header does not end with ElementDataFile.', 'ElementDataFile');
    const line = new TextDecoder('latin1').decode(bytes.subarray(at, lineEnd)).replace(/\r$/, '');
    const [, key, value] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined && line.trim() !== '')
      throw invalid(`"${line.slice(0, 40)}" is no line of a header.`, 'header');
    if (key !== undefined) fields.set(key, value);
    at = lineEnd + 1;
  }
  const elementType = elements[fields.get('ElementType') ?? ''];
  if (elementType === undefined)
    throw invalid(`ElementType "${fields.get('ElementType') ?? ''}" is not known.`, 'ElementType');
  if ((fields.get('ElementNumberOfChannels') ?? '1') !== '1')
    throw new SentinodeError(
      'volume-dimensions',
      'The file holds several values per voxel; give one of them alone.',
      {
        field: 'ElementNumberOfChannels',
      },
    );
  if (/^false$/i.test(fields.get('BinaryData') ?? 'true'))
    throw invalid('Voxels as text are not read.', 'BinaryData');
  const isTrue = (...keys: string[]): boolean =>
    keys.some((key) => /^(?:true|1)$/i.test(fields.get(key) ?? ''));
  return {
    geometry: geometryOf(fields),
    elementType,
    littleEndian: !isTrue('BinaryDataByteOrderMSB', 'ElementByteOrderMSB'),
    compressed: isTrue('CompressedData'),
    dataFile: fields.get('ElementDataFile')!,
    skip: fields.has('HeaderSize') ? numbers(fields, 'HeaderSize', 1)[0] : 0,
    end: at,
  };
}

function geometryOf(fields: ReadonlyMap<string, string>): Geometry {
  const [axes] = numbers(fields, 'NDims', 1);
  if (axes !== 2 && axes !== 3)
    throw new SentinodeError('volume-dimensions', `The file has ${axes} axes, and 2 or 3 can be read.`, {
      field: 'NDims',
    });
  const triple = (keys: readonly string[], fallback: number): Vector3 => {
    const key = keys.find((one) => fields.has(one));
    const values = key === undefined ? Array<number>(axes).fill(fallback) : numbers(fields, key, axes);
    return [values[0], values[1], values[2] ?? fallback];
  };
  const matrixKey = ['TransformMatrix', 'Rotation', 'Orientation'].find((one) => fields.has(one));
  const matrix =
    matrixKey === undefined ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : numbers(fields, matrixKey, axes * axes);
  const direction =
    matrix.length === 9
      ? [0, 1, 2].flatMap((row) => [matrix[row], matrix[3 + row], matrix[6 + row]])
      : [matrix[0], matrix[2], 0, matrix[1], matrix[3], 0, 0, 0, 1];
  return checkGeometry({
    size: triple(['DimSize'], 1),
    spacing: triple(['ElementSpacing', 'ElementSize'], 1),
    origin: triple(['Offset', 'Position', 'Origin'], 0),
    direction,
  });
}

function numbers(fields: ReadonlyMap<string, string>, key: string, count: number): number[] {
  const text = fields.get(key);
  if (text === undefined) throw invalid(`${key} is missing.`, key);
  const values = text.split(/\s+/).map((word) => parseNumber(word));
  if (values.length !== count || !values.every((value) => value !== undefined))
    throw invalid(
      `${key} must be ${count} number${count === 1 ? '' : 's'}, not "${text.slice(0, 60)}".`,
      key,
    );
  return values;
}

function invalid(what: string, field: string): SentinodeError {
  return new SentinodeError('volume-header', `${what} Export the volume again.`, { field });
}
