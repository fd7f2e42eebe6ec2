import { parseNumber, SentinodeError } from '@sentinode/core';
import type { Volume, VoxelArray } from '../../volume.ts';
import { chooseVolume } from '../choose-volume.ts';
import { DEFAULT_MAX_BYTES, declaredBytes } from '../declared-size.ts';
import { decodeVoxels, elementBytes, voxelArray } from '../elements.ts';
import type { ReadOptions, VolumeSource } from '../volume-format.ts';
import { type NrrdAxes, readAxes } from './axes.ts';
import { readDataFiles } from './data-files.ts';
import { elementOfName } from './element-type.ts';
import { decodeAscii, decodeFile, encodingOf } from './encodings.ts';
import { invalidField, type NrrdHeader, readNrrdHeader, required } from './header.ts';

/**
 * Reads NRRD, attached (`.nrrd`) or with detached data (`.nhdr`), in the encodings raw, gzip, bzip2, ascii and hex.
 * Axes that are not of space (time, list, colour) count volumes, of which `options.index` chooses one.
 */
export async function readNrrd(source: VolumeSource, options: ReadOptions): Promise<Volume> {
  if (source.gzipped) {
    throw new SentinodeError('format-unknown', 'This is an NRRD file inside a gzip file. Unpack it first.');
  }
  const header = readNrrdHeader(source.bytes);
  const elementType = elementOfName(required(header, 'type'));
  const axes = readAxes(header);
  const width = elementBytes[elementType];
  const declared = declaredBytes(axes.sizes, width, options.maxBytes ?? DEFAULT_MAX_BYTES, 'sizes');
  const encoding = encodingOf(required(header, 'encoding'));
  const lineSkip = skip(header, 'line skip', 0);
  const byteSkip = skip(header, 'byte skip', Number.NEGATIVE_INFINITY);

  const files = await readDataFiles(header, source.bytes, options);
  const length = declared / files.length;
  if (length % width !== 0)
    throw invalidField(`${files.length} files cannot share the voxels evenly.`, 'data file');
  const littleEndian = width === 1 || encoding === 'ascii' || isLittleEndian(header);
  const detached = header.fields.has('data file');
  const parts: VoxelArray[] = [];
  for (const file of files) {
    parts.push(
      encoding === 'ascii'
        ? decodeAscii(file, elementType, length / width, lineSkip)
        : decodeVoxels(
            decodeFile(file, encoding, { length, lineSkip, byteSkip, detached }),
            elementType,
            littleEndian,
          ),
    );
  }
  const all = parts.length === 1 ? parts[0]! : joined(parts, declared / width, elementType);
  const data = volumeOf(all, axes, options.index);
  return {
    geometry: axes.geometry,
    elementType,
    data,
    ...(axes.spatial.length === 2 ? { dimensions: 2 } : {}),
  };
}

/** One volume out of all, with its axes in the order x, y, z whatever lies between them. */
function volumeOf(all: VoxelArray, { sizes, spatial }: NrrdAxes, index: number | undefined): VoxelArray {
  const counting = sizes.map((_, axis) => axis).filter((axis) => !spatial.includes(axis));
  const volumes = counting.reduce((product, axis) => product * sizes[axis]!, 1);
  let rest = chooseVolume(volumes, index);
  if (volumes === 1) return all;

  const strides: number[] = [];
  sizes.reduce((stride, size) => {
    strides.push(stride);
    return stride * size;
  }, 1);
  let start = 0;
  for (const axis of counting) {
    start += (rest % sizes[axis]!) * strides[axis]!;
    rest = Math.floor(rest / sizes[axis]!);
  }
  const [nx, ny, nz] = [0, 1, 2].map((axis) => (axis < spatial.length ? sizes[spatial[axis]!]! : 1));
  const [sx, sy, sz] = [0, 1, 2].map((axis) => (axis < spatial.length ? strides[spatial[axis]!]! : 0));
  const chosen = all.slice(0, all.length / volumes);
  let to = 0;
  for (let z = 0; z < nz!; z++) {
    for (let y = 0; y < ny!; y++) {
      for (let x = 0; x < nx!; x++) chosen[to++] = all[start + x * sx! + y * sy! + z * sz!]!;
    }
  }
  return chosen;
}

function joined(parts: readonly VoxelArray[], count: number, elementType: Volume['elementType']): VoxelArray {
  const all = voxelArray(elementType, { length: count });
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function isLittleEndian(header: NrrdHeader): boolean {
  const endian = required(header, 'endian').toLowerCase();
  if (endian !== 'little' && endian !== 'big')
    throw invalidField(`"${endian}" is neither little nor big.`, 'endian');
  return endian === 'little';
}

function skip(header: NrrdHeader, name: string, least: number): number {
  const text = header.fields.get(name);
  if (text === undefined) return 0;
  const value = parseNumber(text);
  if (value === undefined || !Number.isSafeInteger(value) || value < least) {
    throw invalidField(`"${text}" is no number of ${name === 'line skip' ? 'lines' : 'bytes'}.`, name);
  }
  return value;
}
