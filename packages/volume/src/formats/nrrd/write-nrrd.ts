import { stepMatrix } from '../../geometry/geometry.ts';
import { columnOf } from '../../geometry/matrix.ts';
import type { Vector3, Volume } from '../../volume.ts';
import { gzip } from '../compression/gzip.ts';
import { elementBytes, encodeVoxels } from '../elements.ts';
import { nameOfElement } from './element-type.ts';

/**
 * An NRRD file with attached data in LPS and little-endian bytes. Data are gzipped, or raw where the name ends in
 * `.raw.nrrd`. Numbers are written in shortest round-trip form, so that geometry is kept to the last bit but one.
 */
export function writeNrrd(volume: Volume, file: string): Uint8Array {
  const raw = file.toLowerCase().endsWith('.raw.nrrd');
  const { geometry, elementType } = volume;
  const steps = stepMatrix(geometry);
  const lines = [
    'NRRD0004',
    '# Complete NRRD file format specification at:',
    '# http://teem.sourceforge.net/nrrd/format.html',
    `type: ${nameOfElement(elementType)}`,
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${geometry.size.join(' ')}`,
    `space directions: ${[0, 1, 2].map((axis) => parenthesised(columnOf(steps, axis))).join(' ')}`,
    'kinds: domain domain domain',
    ...(elementBytes[elementType] > 1 ? ['endian: little'] : []),
    `encoding: ${raw ? 'raw' : 'gzip'}`,
    `space origin: ${parenthesised(geometry.origin)}`,
  ];
  const header = new TextEncoder().encode(`${lines.join('\n')}\n\n`);
  const voxels = encodeVoxels(volume.data, elementType);
  const data = raw ? voxels : gzip(voxels);
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header);
  bytes.set(data, header.length);
  return bytes;
}

function parenthesised(vector: Vector3): string {
  return `(${vector.map((value) => String(value)).join(',')})`;
}
