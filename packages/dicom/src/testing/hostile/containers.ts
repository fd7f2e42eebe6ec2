import { gzip } from '@sentinode/volume';
import { zipSync } from 'fflate';
import type { FileSource } from '../../import/scan.ts';
import { concat } from '../bytes.ts';
import { asSources, madeSeries } from '../series.ts';
import { tarOf } from '../tar.ts';
import { zipOf } from '../zip.ts';
import { changed, type HostilePoint, importing, nifti, reading, utf8 } from './outcome.ts';

const series = madeSeries(3);
const slices = Object.fromEntries(series.map((bytes, at) => [`${at}.dcm`, bytes]));
const archive = (
  files: Parameters<typeof zipSync>[0],
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): FileSource[] => asSources([change(zipSync(files, { level: 0 }))], () => 'a.zip');
const tarball = (bytes: Uint8Array, name = 'a.tar'): FileSource[] => asSources([bytes], () => name);
const first = (change: (bytes: Uint8Array) => Uint8Array): FileSource[] =>
  asSources([change(series[0]!), ...series.slice(1)]);

/** 6 MB of zeros behind a beginning, as deflate makes 6 kB of it. */
const zeros = (start: Uint8Array): Uint8Array => concat(start, new Uint8Array(6e6));
/** A zip entry's length in the directory; it stands 24 bytes into the entry, whose name has one letter. */
const declareLength = (bytes: Uint8Array, length: number): Uint8Array =>
  changed(bytes, (view) => view.setUint32(view.byteLength - 22 - 47 + 24, length, true));

/** Files that hold something: 1 to 10 of the list. */
export const containerPoints: readonly HostilePoint[] = [
  { point: 1, input: 'an empty volume', outcome: () => reading(new Uint8Array(0)), expected: 'file-empty' },
  {
    point: 1,
    input: 'an empty DICOM file among others',
    outcome: () => importing(asSources([...series, new Uint8Array(0)])),
    expected: '1 volume; left out file-empty',
  },
  {
    point: 2,
    input: 'text with the ending of an image',
    outcome: () => reading(utf8('patient,age\n1,2\n'.repeat(40))),
    expected: 'format-unknown',
  },
  {
    point: 2,
    input: 'a NIfTI volume named .nrrd: the content decides',
    outcome: () => reading(nifti, 'x.nrrd'),
    expected: 'read',
  },
  {
    point: 2,
    input: 'an archive that is none',
    outcome: () => importing(asSources([utf8('PK?'.repeat(99))], () => 'a.zip')),
    expected: '0 volumes; left out dicom-none',
  },
  {
    point: 3,
    input: 'a NIfTI header that is cut off',
    outcome: () => reading(nifti.subarray(0, 100)),
    expected: 'volume-truncated',
  },
  {
    point: 3,
    input: 'a gzip file that is cut off',
    outcome: () => reading(gzip(nifti).subarray(0, 40), 'x.nii.gz'),
    expected: 'volume-truncated',
  },
  {
    point: 3,
    input: 'a DICOM file that ends in its preamble, and one that ends in an element',
    outcome: () =>
      importing(asSources([series[0]!.subarray(0, 130), series[1]!.subarray(0, 301), series[2]!])),
    expected: '1 volume; left out dicom-damaged,dicom-none',
  },
  {
    point: 4,
    input: 'voxels that are cut off',
    outcome: () => reading(nifti.subarray(0, -10)),
    expected: 'volume-truncated',
  },
  {
    point: 4,
    input: 'DICOM pixels that are cut off',
    outcome: () =>
      importing(asSources(madeSeries(4).map((bytes, at) => (at === 1 ? bytes.subarray(0, -3) : bytes)))),
    expected: '0 volumes; refused dicom-slices; left out dicom-damaged',
  },
  {
    point: 5,
    input: 'bytes behind the voxels',
    outcome: () => reading(concat(nifti, Uint8Array.of(1, 2, 3))),
    expected: 'read',
  },
  {
    point: 5,
    input: 'bytes behind a gzip file',
    outcome: () => reading(concat(gzip(nifti), new Uint8Array(9).fill(7)), 'x.nii.gz'),
    expected: 'read',
  },
  {
    point: 5,
    input: 'zeros behind a DICOM data set, as disk blocks leave them',
    outcome: () => importing(first((bytes) => concat(bytes, new Uint8Array(512)))),
    expected: '1 volume',
  },
  {
    point: 6,
    input: 'pixel data longer than the file',
    outcome: () =>
      importing(
        first((bytes) => changed(bytes, (view) => view.setUint32(view.byteLength - 28, 0xfffffff0, true))),
      ),
    expected: '1 volume; left out dicom-damaged',
  },
  {
    point: 6,
    input: 'a tar entry longer than the archive',
    outcome: () =>
      importing(
        tarball(
          tarOf(series.map((bytes, at) => ({ name: `${at}`, bytes, size: at === 2 ? 1e9 : undefined }))),
        ),
      ),
    expected: '0 volumes; left out archive-damaged',
  },
  {
    point: 7,
    input: 'a NIfTI file that unpacks to much more than it declares',
    outcome: () => reading(gzip(zeros(nifti)), 'x.nii.gz'),
    expected: 'too-large',
  },
  {
    point: 7,
    input: 'a gzipped DICOM file whose pixels are 6 MB of zeros behind a picture of 12 pixels',
    outcome: () => importing(first((bytes) => gzip(zeros(bytes)))),
    expected: '1 volume',
  },
  {
    point: 7,
    input: 'a zip entry that unpacks to more than it declares',
    outcome: () =>
      importing(
        archive({ a: [zeros(series[0]!), { level: 9 }] }, (bytes) => declareLength(bytes, series[0]!.length)),
      ),
    expected: '0 volumes; left out too-large',
  },
  {
    point: 7,
    input: 'a zip entry that declares more than deflate can hold',
    outcome: () =>
      importing(archive({ a: new Uint8Array(1e6) }, (bytes) => declareLength(bytes, 0x7fffffff))),
    expected: '0 volumes; left out archive-damaged',
  },
  {
    point: 7,
    input: 'a tar.gz that is 6 MB of zeros',
    outcome: () => importing(tarball(gzip(zeros(new Uint8Array(0))), 'a.tar.gz')),
    expected: '0 volumes; left out dicom-none',
  },
  {
    point: 7,
    input: 'a zip within a zip: one level is read',
    outcome: () => importing(archive({ 'inner.zip': zipSync(slices) })),
    expected: '0 volumes; left out dicom-none',
  },
  {
    point: 7,
    input: 'a deflated zip of a series is read',
    outcome: () => importing(asSources([zipSync(slices, { level: 9 })], () => 'a.zip')),
    expected: '1 volume',
  },
  {
    point: 8,
    input: 'names that lead out of a zip: .., absolute, a drive, backslashes',
    outcome: () =>
      importing(
        archive(
          Object.fromEntries(
            madeSeries(4).map((bytes, at) => [
              ['../../up/', '/etc/', 'C:\\x\\', '..\\..\\'][at]! + at,
              bytes,
            ]),
          ),
        ),
      ),
    expected: '1 volume',
  },
  {
    point: 8,
    input: 'symbolic and hard links and devices in a tar are left out',
    outcome: () =>
      importing(
        tarball(
          tarOf([
            { name: 'link', bytes: new Uint8Array(0), kind: '2', target: '/etc/passwd' },
            { name: 'hard', bytes: new Uint8Array(0), kind: '1', target: '../../up' },
            { name: 'device', bytes: new Uint8Array(0), kind: '3' },
            ...series.map((bytes, at) => ({ name: `../${at}`, bytes })),
          ]),
        ),
      ),
    expected: '1 volume',
  },
  {
    point: 8,
    input: 'a symbolic link in a zip is a short text, no file to follow',
    outcome: () =>
      importing(archive({ link: [utf8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }], ...slices })),
    expected: '1 volume; left out dicom-none',
  },
  {
    point: 8,
    input: 'one name twice, and names that differ in case alone: every entry is a file of its own',
    outcome: () =>
      importing(
        tarball(tarOf(madeSeries(4).map((bytes, at) => ({ name: ['A', 'A', 'a', 'B'][at]!, bytes })))),
      ),
    expected: '1 volume',
  },
  {
    point: 9,
    input: 'a zip of 100,000 empty entries beside a series',
    outcome: () =>
      importing(
        asSources(
          [
            zipOf([
              ...Array.from({ length: 100_000 }, (_, at) => [`e/${at}`, new Uint8Array(0)] as const),
              ...Object.entries(slices),
            ]),
          ],
          () => 'a.zip',
        ),
      ),
    expected: '1 volume',
  },
  {
    point: 9,
    input: 'a zip of no bytes, and one of no entries',
    outcome: () => importing(asSources([new Uint8Array(0), zipSync({})], (at) => `${at}.zip`)),
    expected: '0 volumes; left out file-empty',
  },
  {
    point: 10,
    input: 'a Linux program and a Windows program in the preamble: it is not looked at',
    outcome: () =>
      importing(
        asSources(
          series.map((bytes, at) =>
            changed(bytes, (view) => view.setUint32(0, at === 0 ? 0x7f454c46 : 0x4d5a9000)),
          ),
        ),
      ),
    expected: '1 volume',
  },
];
