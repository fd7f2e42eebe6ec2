import { resolveSettings } from '@sentinode/radiomics';
import { extractImage } from '@sentinode/study';
import type { Geometry } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { containerPoints } from '../../../packages/dicom/src/testing/hostile/containers.ts';
import { dicomFilePoints } from '../../../packages/dicom/src/testing/hostile/dicom-files.ts';
import { dicomSeriesPoints } from '../../../packages/dicom/src/testing/hostile/dicom-series.ts';
import {
  type HostilePoint,
  type Outcome,
  outcomeOf,
} from '../../../packages/dicom/src/testing/hostile/outcome.ts';
import { volumePoints } from '../../../packages/dicom/src/testing/hostile/volumes.ts';
import { ball, grid, nifti, texture } from './testing/volumes.ts';

/**
 * The project's list of bad inputs (1 to 32), each with a fixture and what becomes of it; printed as
 * docs/reference/hostile-files.md, so that the page is what the tests saw.
 */
interface Region {
  readonly image?: (x: number, y: number, z: number) => number;
  readonly mask?: (x: number, y: number, z: number) => number;
  readonly geometry?: Geometry;
  readonly bytes?: Uint8Array;
  readonly label?: number;
  readonly binWidth?: number;
}

/** What `extract` makes of an image of 24 x 22 x 12 voxels and a mask; warnings stand behind what was measured. */
function measuring({
  image = texture,
  mask = ball,
  geometry = grid(),
  bytes,
  label,
  binWidth = 10,
}: Region): Promise<Outcome> {
  const settings = resolveSettings({
    imageType: { Original: {} },
    featureClass: { firstorder: ['Mean', 'Entropy'], shape: ['MeshVolume'] },
    setting: { binWidth },
  });
  const vectors: { message: string; code: string }[] = [];
  return outcomeOf(async () => {
    const { vectors: found } = await extractImage({
      image: { file: 'image.nii', bytes: nifti(grid(), 'float32', image) },
      masks: [{ file: 'mask.nii', bytes: bytes ?? nifti(geometry, 'uint8', mask) }],
      settings,
      region: { lesions: 'union', ...(label === undefined ? {} : { label }) },
    });
    vectors.push(...found[0]!.warnings);
  }).then(({ found, sentences }) => ({
    found: [
      found === 'read' ? 'measured' : found,
      ...[...new Set(vectors.map(({ code }) => code))].sort(),
    ].join('; '),
    sentences: [...sentences, ...vectors.map(({ message }) => message)],
  }));
}

const at =
  (...voxels: readonly (readonly [number, number, number])[]) =>
  (x: number, y: number, z: number): number =>
    voxels.some((voxel) => voxel.join() === [x, y, z].join()) ? 1 : 0;

/** Masks and regions: 30 to 32 of the list. */
const regionPoints: readonly HostilePoint[] = [
  { point: 30, input: 'an empty mask', outcome: () => measuring({ mask: () => 0 }), expected: 'mask-empty' },
  {
    point: 30,
    input: 'one voxel',
    outcome: () => measuring({ mask: at([3, 3, 3]) }),
    expected: 'mask-too-small',
  },
  {
    point: 30,
    input: 'one slice',
    outcome: () => measuring({ mask: (x, y, z) => (z === 6 ? ball(x, y, z) : 0) }),
    expected: 'measured',
  },
  {
    point: 30,
    input: 'a region in two pieces',
    outcome: () => measuring({ mask: (x, y, z) => (Math.abs(x - 11) > 1 ? ball(x, y, z) : 0) }),
    expected: 'measured',
  },
  {
    point: 30,
    input: 'a region that touches the border of the image',
    outcome: () => measuring({ mask: (x, y, z) => ball(x + 11, y, z) }),
    expected: 'measured; region-at-border',
  },
  {
    point: 30,
    input: 'labels that are whole numbers stored as floats',
    outcome: () => measuring({ bytes: nifti(grid(), 'float32', ball) }),
    expected: 'measured',
  },
  {
    point: 30,
    input: 'labels that are no whole numbers',
    outcome: () => measuring({ bytes: nifti(grid(), 'float32', (x, y, z) => ball(x, y, z) / 2) }),
    expected: 'mask-label',
  },
  {
    point: 30,
    input: 'a label that is not there',
    outcome: () => measuring({ label: 7 }),
    expected: 'mask-label',
  },
  {
    point: 30,
    input: 'a mask on another grid',
    outcome: () => measuring({ geometry: grid(0.5) }),
    expected: 'mask-geometry',
  },
  {
    point: 30,
    input: 'a mask of another size',
    outcome: () => measuring({ geometry: grid(0, [24, 22, 11]) }),
    expected: 'mask-size',
  },
  {
    point: 31,
    input: 'a region of one grey value',
    outcome: () => measuring({ image: () => 7 }),
    expected: 'measured; bins-unusual',
  },
  {
    point: 32,
    input: 'a bin width of 25 on an image that is not scaled: millions of grey levels',
    outcome: () => measuring({ binWidth: 25, image: (x, y, z) => 1e6 * texture(x, y, z) }),
    expected: 'too-many-bins',
  },
  {
    point: 32,
    input: 'a bin width of 25 on an image of values up to 1',
    outcome: () => measuring({ binWidth: 25, image: (x, y, z) => texture(x, y, z) / 303 }),
    expected: 'measured; bins-unusual',
  },
];

const groups: readonly (readonly [string, readonly HostilePoint[]])[] = [
  ['Files that hold something', containerPoints],
  ['DICOM files', dicomFilePoints],
  ['DICOM series and studies', dicomSeriesPoints],
  ['NIfTI and NRRD', volumePoints],
  ['Masks and regions', regionPoints],
];
const all = groups.flatMap(([, points]) => points).map((point) => [point.point, point.input, point] as const);
const page = new URL('../../../docs/reference/hostile-files.md', import.meta.url).pathname;
const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

describe('hostile and damaged files', () => {
  const outcomes = new Map<HostilePoint, Outcome>();
  it.each(all)('%i: %s', async (_, __, point) => {
    const outcome = await point.outcome();
    outcomes.set(point, outcome);
    expect(outcome.found, outcome.sentences.join(' ')).toBe(point.expected);
    for (const sentence of outcome.sentences) expect(sentence).toMatch(/[.!)]$/);
  });

  it('has an input for every point of the list', () => {
    expect([...new Set(all.map(([point]) => point))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 32 }, (_, point) => point + 1),
    );
  });

  it('docs/reference/hostile-files.md', async ({ skip }) => {
    if (outcomes.size < all.length) skip('not all inputs were run');
    const text = [
      '<!-- Printed by the tests (`npm run docs`); do not edit. -->',
      '# Damaged, lying and hostile files',
      '',
      "What becomes of each of these inputs, by the numbers of the project's list of bad inputs. Everything else of an import, a batch or a study goes on; what is refused is named with a code and this sentence, and the exit code is 2, or 1 where other volumes were written. Nothing is unpacked to a disk, names within archives and headers decide about no path, and a declared size is compared with the bytes that are there before memory is taken.",
      '',
      'Bad masks and settings that PyRadiomics was given too: [bad and odd input](bad-input.md).',
      ...groups.flatMap(([title, points]) => [
        '',
        `## ${title}`,
        '',
        '| point | input | what happens | what is said |',
        '| --- | --- | --- | --- |',
        ...points.map(
          (point) =>
            `| ${[String(point.point), point.input, outcomes.get(point)!.found, outcomes.get(point)!.sentences.join(' ')].map(cell).join(' | ')} |`,
        ),
      ]),
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(page);
  });
});
