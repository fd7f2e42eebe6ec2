import { writeVolume } from '@sentinode/volume';
import { concat } from '../bytes.ts';
import { changed, type HostilePoint, nifti, reading, utf8, volume } from './outcome.ts';

const edited = (change: (view: DataView) => void) => () => reading(changed(nifti, change));
const nrrd = (header: string, data: Uint8Array = new Uint8Array(48)): Uint8Array =>
  concat(utf8(`NRRD0004\n${header}\n\n`), data);
const nrrdHeader = (...lines: string[]): string =>
  [
    'type: short',
    'dimension: 3',
    'space: left-posterior-superior',
    'sizes: 4 3 2',
    'space directions: (1,0,0) (0,1,0) (0,0,2)',
    'endian: little',
    'encoding: raw',
  ]
    .filter((line) => !lines.some((own) => own.split(':')[0] === line.split(':')[0]))
    .concat(lines)
    .join('\n');
const ofNrrd =
  (line: string, data?: Uint8Array, file = 'x.nrrd') =>
  () =>
    reading(nrrd(nrrdHeader(line), data), file);
const floats = (value: number): Uint8Array =>
  writeVolume({ ...volume, elementType: 'float32', data: new Float32Array(24).fill(value) }, 'x.nii');

/** NIfTI and NRRD: 25 to 29 of the list. */
export const volumePoints: readonly HostilePoint[] = [
  {
    point: 25,
    input: 'no dimension',
    outcome: edited((view) => view.setInt16(40, 0, true)),
    expected: 'volume-header',
  },
  {
    point: 25,
    input: 'eight dimensions',
    outcome: edited((view) => view.setInt16(40, 8, true)),
    expected: 'volume-header',
  },
  {
    point: 25,
    input: 'a negative dimension',
    outcome: edited((view) => view.setInt16(42, -4, true)),
    expected: 'volume-header',
  },
  {
    point: 25,
    input: 'dimensions beyond memory',
    outcome: edited((view) => {
      for (const at of [42, 44, 46]) view.setInt16(at, 32_767, true);
    }),
    expected: 'too-large',
  },
  {
    point: 25,
    input: 'seven dimensions whose product overflows',
    outcome: edited((view) => {
      view.setInt16(40, 7, true);
      for (let at = 42; at <= 54; at += 2) view.setInt16(at, 32_767, true);
    }),
    expected: 'too-large',
  },
  {
    point: 25,
    input: 'an unknown data type',
    outcome: edited((view) => view.setInt16(70, 999, true)),
    expected: 'volume-header',
  },
  {
    point: 26,
    input: 'an offset of the voxels that is no number',
    outcome: edited((view) => view.setFloat32(108, Number.NaN, true)),
    expected: 'volume-header',
  },
  {
    point: 26,
    input: 'an offset beyond the file',
    outcome: edited((view) => view.setFloat32(108, 1e9, true)),
    expected: 'volume-truncated',
  },
  {
    point: 26,
    input: 'an offset within the header',
    outcome: edited((view) => view.setFloat32(108, 40, true)),
    expected: 'volume-header',
  },
  {
    point: 27,
    input: 'a matrix of determinant 0',
    outcome: edited((view) => {
      for (let at = 280; at < 328; at += 4) view.setFloat32(at, 0, true);
    }),
    expected: 'volume-geometry',
  },
  {
    point: 27,
    input: 'a matrix that turns left to right (determinant below 0): a left-handed grid is read as such',
    outcome: edited((view) => view.setFloat32(280, -view.getFloat32(280, true), true)),
    expected: 'read',
  },
  {
    point: 27,
    input: 'sform and qform that disagree: the sform counts, as in NIfTI readers',
    outcome: edited((view) => view.setFloat32(268, 50, true)),
    expected: 'read',
  },
  { point: 28, input: 'voxels that are NaN', outcome: () => reading(floats(Number.NaN)), expected: 'read' },
  {
    point: 28,
    input: 'voxels that are infinite',
    outcome: () => reading(floats(Number.NEGATIVE_INFINITY)),
    expected: 'read',
  },
  {
    point: 29,
    input: 'gzip announced and raw voxels',
    outcome: ofNrrd('encoding: gzip'),
    expected: 'volume-truncated',
  },
  {
    point: 29,
    input: 'bzip2 announced and raw voxels',
    outcome: ofNrrd('encoding: bzip2'),
    expected: 'volume-truncated',
  },
  {
    point: 29,
    input: 'hexadecimal digits announced and raw voxels',
    outcome: ofNrrd('encoding: hex'),
    expected: 'volume-header',
  },
  { point: 29, input: 'an unknown encoding', outcome: ofNrrd('encoding: rot13'), expected: 'volume-header' },
  {
    point: 29,
    input: 'a data file outside its folder',
    outcome: ofNrrd('data file: ../../etc/passwd', undefined, 'x.nhdr'),
    expected: 'path-outside',
  },
  {
    point: 29,
    input: 'a data file that is not there',
    outcome: ofNrrd('data file: x.raw', undefined, 'x.nhdr'),
    expected: 'file-missing',
  },
  { point: 29, input: 'no byte order', outcome: ofNrrd('endian: middle'), expected: 'volume-header' },
  {
    point: 29,
    input: 'an axis without direction',
    outcome: ofNrrd('space directions: none (0,1,0) (0,0,2)'),
    expected: 'volume-dimensions',
  },
  {
    point: 29,
    input: 'three sizes for four axes',
    outcome: ofNrrd('dimension: 4'),
    expected: 'volume-header',
  },
  {
    point: 29,
    input: 'sizes beyond memory',
    outcome: ofNrrd('sizes: 99999999 99999999 99999999'),
    expected: 'too-large',
  },
];
