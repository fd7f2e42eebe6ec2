import {
  boundingBox,
  crop,
  maskFromLabels,
  readVolume,
  resampleToSpacing,
  type Volume,
} from '@sentinode/volume';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared, readBytes, readJson, shared } from '../../../../reference/locator.ts';
import { probabilityMatrices } from '../features/glcm/matrix.ts';
import { dependenceMatrix } from '../features/gldm/matrix.ts';
import { runMatrices } from '../features/glrlm/matrix.ts';
import { zoneMatrix } from '../features/glszm/matrix.ts';
import type { SizeMatrix } from '../features/size-matrix.ts';
import { filters } from '../filters/index.ts';
import { type LevelVolume, regionShape } from '../kernels/level-volume.ts';
import { normalise } from '../normalise/normalise.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { levelsOf } from './measure-classes.ts';

interface Stage {
  readonly dtype: 'float64' | 'float32' | 'int32' | 'uint32';
  readonly shape_zyx: readonly number[];
}
const folder = 'pyradiomics-golden/stages-breast1';
const available = hasShared(folder) && hasShared('mri-pyradiomics');
const arrays = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint32: Uint32Array };

/** What the reference held after a stage. */
function stage(name: string): number[] {
  const { dtype } = readJson<Record<string, Stage>>(shared(folder, 'meta.json'))[name]!;
  const { buffer } = readBytes(shared(folder, `${name}.bin`)).slice();
  return Array.from(new arrays[dtype](buffer));
}

/** Largest difference relative to the largest value of the stage. */
function difference(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, at) => Math.abs(found[at]! - value))) / scale;
}

/**
 * Relative to the largest value of the stage. Measured: resampled 2.4e-15, and on it wavelets 1.2e-14 (their bands are
 * smaller than what they are made of); LoG stores single precision.
 */
const ALLOWED = { resampled: 5e-15, log: 2e-7, wavelet: 2e-14, probabilities: 1e-15 } as const;

describe.skipIf(!available)('stages of breast1 in PyRadiomics, default protocol', () => {
  let image: Volume;
  let work: ReturnType<typeof resampleToSpacing>;
  let volume: LevelVolume;
  const { measurement } = resolveSettings({ setting: { binWidth: 25 } });

  beforeAll(async () => {
    const read = (part: string) =>
      readVolume(readBytes(shared(`mri-pyradiomics/breast1_${part}.nrrd`)), { file: part });
    image = normalise(await read('image'), 100);
    const mask = maskFromLabels(await read('label'), 1);
    work = resampleToSpacing(image, mask, {
      spacing: [1, 1, 1],
      padDistance: 5,
      interpolator: 'bspline',
    });
    const box = boundingBox(work.mask)!;
    volume = levelsOf(
      crop(work.image, box),
      regionShape(crop(work.mask, box).data, box.size),
      measurement,
    ).volume;
  });

  it('resampled image and mask, and where they lie', () => {
    expect(difference(work.image.data, stage('resampled_image'))).toBeLessThanOrEqual(ALLOWED.resampled);
    expect(Array.from(work.mask.data)).toEqual(stage('resampled_mask'));
    const { resampled_geometry: expected } = readJson<
      Record<string, { origin: number[]; spacing: number[]; direction: number[] }>
    >(shared(folder, 'meta.json'));
    const { origin, spacing, direction } = work.image.geometry;
    expect(difference(origin, expected!.origin)).toBeLessThan(1e-15);
    expect([...spacing]).toEqual(expected!.spacing);
    expect([...direction]).toEqual(expected!.direction);
  });

  it('bounding box, cropped image and mask', () => {
    const box = boundingBox(work.mask)!;
    const ends = box.start.flatMap((start, axis) => [start, start + box.size[axis]! - 1]);
    expect(ends).toEqual(
      readJson<Record<string, number[]>>(shared(folder, 'meta.json')).boundingBox_LxUxLyUyLzUz,
    );
    expect(difference(crop(work.image, box).data, stage('cropped_image'))).toBeLessThanOrEqual(
      ALLOWED.resampled,
    );
    expect(Array.from(crop(work.mask, box).data)).toEqual(stage('cropped_mask'));
  });

  it.each([
    ['LoG', { sigma: [2, 3, 4, 5] }, ALLOWED.log],
    ['Wavelet', {}, ALLOWED.wavelet],
  ] as const)('images of %s', (name, options, allowed) => {
    const filter = filters.find((candidate) => candidate.name === name)!;
    const whole = { start: [0, 0, 0], size: work.image.geometry.size } as const;
    const found = filter.apply(
      work.image,
      { box: whole, mask: work.mask },
      filter.options.parse(options),
      () => undefined,
    );
    expect(found).toHaveLength(name === 'LoG' ? 4 : 8);
    for (const filtered of found)
      expect(difference(filtered.image.data, stage(filtered.name)), filtered.name).toBeLessThanOrEqual(
        allowed,
      );
  });

  it('grey levels', () => {
    const expected = stage('discretised');
    const inside = stage('cropped_mask').flatMap((value, at) => (value === 0 ? [] : [expected[at]!]));
    expect(Array.from(volume.voxels, (at) => volume.binOf[volume.levels[at]!]!)).toEqual(inside);
    expect(Array.from(volume.binOf.subarray(1))).toEqual(
      readJson<Record<string, number[]>>(shared(folder, 'meta.json')).grayLevels,
    );
  });

  it('co-occurrence matrix of every direction', () => {
    const matrices = Array.from(probabilityMatrices(volume, [1, 1, 1], measurement), (p) => p.slice());
    const expected = stage('matrix_glcm');
    expect(matrices).toHaveLength(13);
    for (const [d, matrix] of matrices.entries())
      expect(
        difference(
          matrix,
          expected.filter((_, at) => at % 13 === d),
        ),
      ).toBeLessThanOrEqual(ALLOWED.probabilities);
  });

  it('run, zone and dependence matrices', () => {
    const runs = runMatrices(volume, { spacing: [1, 1, 1], weightingNorm: null });
    const expected = stage('matrix_glrlm');
    expect(runs).toHaveLength(13);
    for (const [d, matrix] of runs.entries())
      expect(dense(matrix, [1, 2, 3])).toEqual(expected.filter((_, at) => at % 13 === d));
    expect(dense(zoneMatrix(volume))).toEqual(stage('matrix_glszm'));
    expect(dense(dependenceMatrix(volume, 0, { distances: [1] }))).toEqual(stage('matrix_gldm'));
  });

  /** Counts by level and size, row by row; sizes that do not occur are left out, as the reference does. */
  function dense({ levels, sizes, counts }: SizeMatrix, columns?: readonly number[]): number[] {
    const wanted = columns ?? [...new Set(sizes)].sort((a, b) => a - b);
    const rows = Array.from(volume.binOf.subarray(1));
    const found = new Array<number>(rows.length * wanted.length).fill(0);
    counts.forEach((count, at) => {
      found[rows.indexOf(levels[at]!) * wanted.length + wanted.indexOf(sizes[at]!)] = count;
    });
    return found;
  }
});
