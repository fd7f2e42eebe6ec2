import { isSentinodeError } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGeometry, indexToWorld } from '../geometry/geometry.ts';
import type { ElementType, Geometry, Vector3, Volume } from '../volume.ts';
import { voxelArray } from './elements.ts';
import { readVolume, volumeFormats, writeVolume } from './index.ts';

const ranges: Record<ElementType, [number, number]> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  float32: [-(2 ** 40), 2 ** 40],
  float64: [-(2 ** 60), 2 ** 60],
};

/** Columns of a rotation given as a unit quaternion, the third one turned round where asked for. */
function rotation([a, b, c, d]: readonly [number, number, number, number], leftHanded: boolean): number[] {
  const n = Math.sqrt(a * a + b * b + c * c + d * d);
  const [w, x, y, z] = [a / n, b / n, c / n, d / n];
  const sign = leftHanded ? -1 : 1;
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    sign * 2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    sign * 2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    sign * (1 - 2 * (x * x + y * y)),
  ];
}

const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const geometry: fc.Arbitrary<Geometry> = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    spacing: fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }),
    origin: fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 3, maxLength: 3 }),
    quaternion: fc
      .tuple(coordinate, coordinate, coordinate, coordinate)
      .filter((q) => q.some((part) => Math.abs(part) > 0.1)),
    leftHanded: fc.boolean(),
  })
  .map(({ size, spacing, origin, quaternion, leftHanded }) =>
    checkGeometry({
      size,
      spacing: spacing as unknown as Vector3,
      origin: origin as unknown as Vector3,
      direction: rotation(quaternion, leftHanded),
    }),
  );
const volume: fc.Arbitrary<Volume> = fc
  .tuple(geometry, fc.constantFrom(...(Object.keys(ranges) as ElementType[])))
  .chain(([grid, elementType]) => {
    const [min, max] = ranges[elementType];
    const voxel = elementType.startsWith('float')
      ? fc.double({ min, max, noNaN: true })
      : fc.integer({ min, max });
    const count = grid.size[0] * grid.size[1] * grid.size[2];
    return fc.array(voxel, { minLength: count, maxLength: count }).map((values) => ({
      geometry: grid,
      elementType,
      data: voxelArray(elementType, values),
    }));
  });

/** NIfTI keeps geometry as float32 (2e-5 mm at 300 mm), NRRD as decimal text of doubles. */
const written = [
  { file: 'a.nii', millimetres: 1e-4 },
  { file: 'a.nii.gz', millimetres: 1e-4 },
  { file: 'a.nrrd', millimetres: 1e-11 },
  { file: 'a.raw.nrrd', millimetres: 1e-11 },
];

const sample: Volume = {
  geometry: {
    size: [3, 2, 2],
    spacing: [0.75, 0.5, 2],
    origin: [10, -20, 30.5],
    direction: rotation([0.9, 0.1, -0.3, 0.2], false),
  },
  elementType: 'int16',
  data: Int16Array.from({ length: 12 }, (_, at) => at * 37 - 200),
};

async function outcome(bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const { geometry: grid, data } = await readVolume(bytes, { file: 'x' });
    checkGeometry(grid);
    expect(data).toHaveLength(grid.size[0] * grid.size[1] * grid.size[2]);
    return 'read';
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    expect(error.place.file).toBe('x');
    return 'refused';
  }
}

describe.each(written)('every format: $file', ({ file, millimetres }) => {
  it('gives back what was written', async () => {
    await fc.assert(
      fc.asyncProperty(volume, async (original) => {
        const back = await readVolume(writeVolume(original, file));
        expect(back.elementType).toBe(original.elementType);
        expect(back.data).toEqual(original.data);
        expect(back.geometry.size).toEqual(original.geometry.size);
        const [nx, ny, nz] = original.geometry.size;
        for (const corner of [
          [0, 0, 0],
          [nx - 1, 0, 0],
          [0, ny - 1, 0],
          [nx - 1, ny - 1, nz - 1],
        ] as Vector3[]) {
          const wanted = indexToWorld(original.geometry, corner);
          indexToWorld(back.geometry, corner).forEach((mm, axis) => {
            expect(Math.abs(mm - wanted[axis]!)).toBeLessThanOrEqual(millimetres);
          });
        }
      }),
      { seed: 18, numRuns: 60 },
    );
  });

  it('writes the same bytes for the same volume', () => {
    expect(writeVolume(sample, file)).toEqual(writeVolume(sample, file));
  });

  it('is known by its first bytes alone, in a Buffer of a pool too', async () => {
    const bytes = writeVolume(sample, file);
    const pooled = Buffer.from(bytes);
    expect((await readVolume(pooled, { file: 'nonsense.png' })).data).toEqual(sample.data);
    expect([...pooled]).toEqual([...bytes]);
    if (!file.endsWith('.gz'))
      expect(volumeFormats.filter((format) => format.recognises(bytes))).toHaveLength(1);
  });

  it('refuses a file that is cut anywhere', async () => {
    const bytes = writeVolume(sample, file);
    for (let length = 0; length < bytes.length; length++) {
      expect(await outcome(bytes.subarray(0, length)), `cut at ${length}`).toBe('refused');
    }
  });

  it('reads or refuses a file with damaged bytes, and never fails in another way', async () => {
    const bytes = writeVolume(sample, file);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const copy = bytes.slice();
        for (const [at, byte] of changes) copy[at] = byte;
        expect(['read', 'refused']).toContain(await outcome(copy));
      }),
      { seed: 18, numRuns: 400 },
    );
  });
});

describe('a file of no known format', () => {
  const dicom = new Uint8Array(200);
  dicom.set([0x44, 0x49, 0x43, 0x4d], 128);
  it.each([
    ['empty', new Uint8Array(0), 'file-empty', /empty/],
    ['text', new TextEncoder().encode('patient,age\n1,50\n'), 'format-unknown', /begins like no volume/],
    ['DICOM', dicom, 'format-unknown', /DICOM/],
    ['zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'format-unknown', /zip/],
    ['cut gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'volume-truncated', /gzip/],
  ])('%s is refused', async (_, bytes, code, message) => {
    await expect(readVolume(bytes, { file: 'f' })).rejects.toMatchObject({
      code,
      place: { file: 'f' },
      message: expect.stringMatching(message),
    });
  });

  it('cannot be written', () => {
    expect(() => writeVolume(sample, 'a.mha')).toThrow(expect.objectContaining({ code: 'format-unknown' }));
  });
});
