import { gzipSync } from 'node:zlib';
import { readHeader, readImage } from 'nifti-reader-js';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, reference, shared } from '../../../../../reference/locator.ts';
import type { Volume } from '../../volume.ts';
import { readVolume, writeVolume } from '../index.ts';

const plain: Volume = {
  geometry: {
    size: [3, 2, 2],
    spacing: [0.75, 0.5, 2],
    origin: [1, 2, 3],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  },
  elementType: 'int16',
  data: Int16Array.from({ length: 12 }, (_, at) => at),
};

/** The bytes of the plain volume with some header fields overwritten. */
function changed(...changes: ((view: DataView) => void)[]): Uint8Array {
  const bytes = writeVolume(plain, 'a.nii');
  const view = new DataView(bytes.buffer);
  for (const change of changes) change(view);
  return bytes;
}
const dim = (k: number, value: number) => (view: DataView) => view.setInt16(40 + 2 * k, value, true);
const datatype = (code: number) => (view: DataView) => view.setInt16(70, code, true);
const real = (at: number, value: number) => (view: DataView) => view.setFloat32(at, value, true);
const short = (at: number, value: number) => (view: DataView) => view.setInt16(at, value, true);
const sform = short(254, 0);
const qform = short(252, 0);

describe('a NIfTI header that lies', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['no dimensions', changed(dim(0, 0)), 'volume-header', /0 dimensions/],
    ['eight dimensions', changed(dim(0, 8)), 'volume-header', /8 dimensions/],
    ['a negative dimension', changed(dim(0, -3)), 'volume-header', /-3 dimensions/],
    ['a negative size', changed(dim(2, -2)), 'volume-header', /3 x -2 x 2/],
    ['a size of 0', changed(dim(3, 0)), 'volume-header', /at least 1/],
    [
      'sizes whose product is enormous',
      changed(dim(0, 4), ...[1, 2, 3, 4].map((k) => dim(k, 32_767))),
      'too-large',
      /32767 x 32767/,
    ],
    [
      'more voxels than the file holds',
      changed(dim(1, 300)),
      'volume-truncated',
      /2400 bytes of voxels and 24/,
    ],
    ['an unknown data type', changed(datatype(77)), 'volume-header', /data type 77/],
    ['colours', changed(datatype(128)), 'volume-header', /RGB/],
    ['complex numbers', changed(datatype(32)), 'volume-header', /complex/],
    ['an offset that is NaN', changed(real(108, Number.NaN)), 'volume-header', /byte NaN/],
    ['an offset inside the header', changed(real(108, 100)), 'volume-header', /byte 100/],
    ['an offset that is no whole number', changed(real(108, 352.5)), 'volume-header', /352\.5/],
    ['an offset behind the end', changed(real(108, 1e9)), 'volume-truncated', /0 are there/],
    ['ANALYZE 7.5', changed((view) => view.setUint32(344, 0)), 'volume-header', /ANALYZE/],
    ['a spacing of 0', changed(sform, real(84, 0)), 'volume-geometry', /2|0 mm/],
    ['a spacing that is NaN', changed(sform, real(80, Number.NaN)), 'volume-geometry', /NaN/],
    ['a quaternion too long', changed(sform, real(256, 2)), 'volume-geometry', /no rotation/],
    [
      'a singular sform',
      changed(real(280, 0), real(296, 0), real(312, 0)),
      'volume-geometry',
      /spacing is 0/,
    ],
    ['a sheared sform', changed(real(284, 0.2)), 'volume-geometry', /perpendicular/],
    [
      'an sform of two equal axes',
      changed(real(284, -0.5), real(300, 0)),
      'volume-geometry',
      /determinant 0/,
    ],
    ['an origin that is infinite', changed(real(292, Number.POSITIVE_INFINITY)), 'volume-geometry', /origin/],
    [
      'a detached header without its data',
      changed((view) => view.setUint8(345, 0x69)),
      'file-missing',
      /\.img/,
    ],
  ])('%s is refused', async (_, bytes, code, message) => {
    await expect(readVolume(bytes, { file: 'a.nii' })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('is refused before a gzip bomb is inflated', async () => {
    const bytes = changed(dim(1, 16_000), dim(2, 16_000));
    const start = performance.now();
    await expect(readVolume(new Uint8Array(gzipSync(bytes)))).rejects.toMatchObject({
      code: 'volume-truncated',
    });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('gzip', () => {
  it('stops at the declared size when the stream goes on', async () => {
    const bomb = new Uint8Array(64 * 2 ** 20);
    bomb.set(changed());
    await expect(readVolume(new Uint8Array(gzipSync(bomb)))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('reports a wrong checksum', async () => {
    const bytes = new Uint8Array(gzipSync(changed()));
    bytes[bytes.length - 6]! ^= 1;
    await expect(readVolume(bytes)).rejects.toMatchObject({
      code: 'volume-truncated',
      message: expect.stringMatching(/damaged/),
    });
  });

  it.each([
    ['a line feed', [10]],
    ['zeros', [0, 0, 0, 0]],
    ['text', [65, 66, 67]],
  ])('leaves %s behind the stream alone', async (_, junk) => {
    const volume = await readVolume(Uint8Array.from([...gzipSync(changed()), ...junk]));
    expect(volume.data).toEqual(plain.data);
  });

  it('reads members in a row, with junk behind them', async () => {
    const bytes = changed();
    const members = [
      gzipSync(bytes.subarray(0, 100)),
      gzipSync(bytes.subarray(100, 360)),
      gzipSync(bytes.subarray(360)),
    ];
    expect((await readVolume(new Uint8Array(Buffer.concat(members)))).data).toEqual(plain.data);
  });
});

describe('several volumes in one file', () => {
  const series = reference('volumes', 'files', 'nifti1-series.nii.gz');

  it('need an index, and the error says how many there are', async () => {
    await expect(readVolume(readBytes(series))).rejects.toMatchObject({
      code: 'volume-dimensions',
      message: expect.stringMatching(/holds 3 volumes/),
    });
  });

  it.each([3, -1, 0.5])('do not have volume %s', async (index) => {
    await expect(readVolume(readBytes(series), { index })).rejects.toMatchObject({
      code: 'volume-dimensions',
    });
  });
});

describe('orientation', () => {
  it('prefers the sform where both are there', async () => {
    const { geometry } = await readVolume(changed(real(292, -50), real(268, -99)));
    expect(geometry.origin[0]).toBe(50);
  });

  it('takes the qform where there is no sform', async () => {
    const { geometry } = await readVolume(changed(sform, real(268, -99)));
    expect(geometry.origin).toEqual([99, 2, 3]);
    expect(geometry.direction).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('takes the axes as LPS where there is neither', async () => {
    const { geometry } = await readVolume(changed(sform, qform));
    expect(geometry).toEqual({ ...plain.geometry, origin: [0, 0, 0] });
  });
});

describe('64-bit integers', () => {
  it('beyond 2^53 are refused, never rounded', async () => {
    const big = new Uint8Array(352 + 8);
    big.set(
      writeVolume(
        {
          ...plain,
          geometry: { ...plain.geometry, size: [1, 1, 1] },
          elementType: 'int64',
          data: Float64Array.of(1),
        },
        'a.nii',
      ),
    );
    new DataView(big.buffer).setBigInt64(352, 2n ** 53n + 1n, true);
    await expect(readVolume(big)).rejects.toMatchObject({ code: 'volume-precision' });
  });
});

it('an axis too long for the format cannot be written', () => {
  const size = [40_000, 1, 1] as const;
  expect(() =>
    writeVolume({ ...plain, geometry: { ...plain.geometry, size }, data: new Int16Array(40_000) }, 'a.nii'),
  ).toThrow(expect.objectContaining({ code: 'volume-dimensions' }));
});

describe.skipIf(!hasShared('nifti-samples'))('nifti-reader-js agrees', () => {
  it.each(['anatomical.nii', 'reoriented_anat_moved.nii', 'resampled_anat_moved.nii'])('%s', async (name) => {
    const bytes = readBytes(shared('nifti-samples', name));
    const copy = new Uint8Array(bytes).buffer;
    const header = readHeader(copy)!;
    const image = new DataView(readImage(header, copy));
    const { data, geometry } = await readVolume(bytes);
    expect([...geometry.size]).toEqual(header.dims.slice(1, 4));
    const stored = (at: number): number =>
      header.datatypeCode === 4
        ? image.getInt16(2 * at, header.littleEndian)
        : image.getFloat32(4 * at, header.littleEndian);
    expect(Array.from(data)).toEqual(Array.from(data, (_, at) => stored(at)));
    header.affine.slice(0, 3).forEach((row: number[], axis: number) => {
      const sign = axis < 2 ? -1 : 1;
      expect(geometry.origin[axis]).toBeCloseTo(sign * row[3]!, 5);
      [0, 1, 2].forEach((k) => {
        expect(geometry.direction[3 * axis + k]! * geometry.spacing[k]!).toBeCloseTo(sign * row[k]!, 5);
      });
    });
  });
});
