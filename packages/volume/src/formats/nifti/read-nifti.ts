import { SentinodeError } from '@sentinode/core';
import type { ElementType, Volume, VoxelArray } from '../../volume.ts';
import { chooseVolume } from '../choose-volume.ts';
import { gunzip, isGzip } from '../compression/gzip.ts';
import { DEFAULT_MAX_BYTES, declaredBytes, truncated } from '../declared-size.ts';
import { decodeVoxels, elementBytes } from '../elements.ts';
import type { ReadOptions, VolumeSource } from '../volume-format.ts';
import { type NiftiHeader, readNiftiHeader } from './header.ts';
import { orientationOf } from './orientation.ts';

/** Bytes behind the voxels of a compressed file that are no reason to distrust it. */
const HARMLESS_EXCESS = 65_536;

/**
 * Reads NIfTI-1 or NIfTI-2 in one file (plain or gzip) or as a pair of `.hdr` and `.img`, in either byte order.
 *
 * `scl_slope` and `scl_inter` are applied unless the slope is 0 or not finite (the standard: no scaling). Scaled
 * integers become float32 as in ITK: round(round(voxel) * slope + inter), the rounding being to float32.
 */
export async function readNifti(source: VolumeSource, options: ReadOptions): Promise<Volume> {
  const header = readNiftiHeader(source.head);
  const width = elementBytes[header.elementType];
  const declared = declaredBytes(header.sizes, width, options.maxBytes ?? DEFAULT_MAX_BYTES, 'dim');
  const grid = orientationOf(header);
  const volumeBytes = grid.size[0] * grid.size[1] * grid.size[2] * width;
  const index = chooseVolume(declared / volumeBytes, options.index);

  const file = await voxelFile(header, source, options);
  const content = isGzip(file) ? gunzip(file, header.voxOffset + declared, HARMLESS_EXCESS) : file;
  if (content.length < header.voxOffset + declared)
    throw truncated(content.length - header.voxOffset, declared);
  const start = header.voxOffset + index * volumeBytes;
  const raw = decodeVoxels(
    content.subarray(start, start + volumeBytes),
    header.elementType,
    header.littleEndian,
  );
  return {
    geometry: grid,
    ...scaled(raw, header),
    ...(header.sizes.length === 2 ? { dimensions: 2 } : {}),
  };
}

async function voxelFile(
  header: NiftiHeader,
  source: VolumeSource,
  options: ReadOptions,
): Promise<Uint8Array> {
  if (!header.detached) return source.bytes;
  const own = options.file?.split(/[/\\]/).at(-1) ?? 'volume.hdr';
  const image = own.replace(/\.hdr(\.gz)?$/i, '.img$1');
  if (options.sibling === undefined || image === own) {
    throw new SentinodeError(
      'file-missing',
      `This header keeps its voxels in a second file (${image === own ? 'with the ending .img' : image}). Give both as one .nii file, or the .hdr with the .img beside it.`,
    );
  }
  return options.sibling(image);
}

function scaled(
  data: VoxelArray,
  { elementType, slope, inter }: NiftiHeader,
): { elementType: ElementType; data: VoxelArray } {
  const offset = Number.isFinite(inter) ? inter : 0;
  const unscaled = slope === 0 || !Number.isFinite(slope) || (slope === 1 && offset === 0);
  if (unscaled) return { elementType, data };
  if (elementType === 'float64')
    return { elementType, data: Float64Array.from(data, (value) => value * slope + offset) };
  return {
    elementType: 'float32',
    data: Float32Array.from(data, (value) => Math.fround(value) * slope + offset),
  };
}
