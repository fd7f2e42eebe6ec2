import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Geometry,
  readVolume,
  resampleMask,
  type Vector3,
  type Volume,
  writeVolume,
} from '@sentinode/volume';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const ofFile = (path: string): Promise<Volume> =>
  readVolume(new Uint8Array(readFileSync(path)), { file: path });

interface Damage {
  readonly file: string;
  readonly cause: string;
  /** Whether a repair is certain. */
  readonly certain: boolean;
  readonly damage: (mask: Volume) => Volume;
}

const header =
  (change: (geometry: Geometry) => Partial<Geometry>) =>
  (mask: Volume): Volume => ({ ...mask, geometry: { ...mask.geometry, ...change(mask.geometry) } });

/** Point of a grid by fractional voxels. */
const point = ({ origin, spacing, direction }: Geometry, voxel: readonly number[]): Vector3 =>
  origin.map(
    (mm, row) =>
      mm + [0, 1, 2].reduce((sum, k) => sum + voxel[k]! * spacing[k]! * direction[3 * row + k]!, 0),
  ) as unknown as Vector3;

/** The same voxels with the first axis running the other way, or the first two exchanged. */
function reordered(mask: Volume, order: 'flipped' | 'permuted'): Volume {
  const { size, spacing, direction } = mask.geometry;
  const [nx, ny, nz] = size;
  const data = new Uint8Array(mask.data.length);
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++) {
        const to = order === 'flipped' ? nx - 1 - x + nx * (y + ny * z) : y + ny * (x + nx * z);
        data[to] = mask.data[x + nx * (y + ny * z)]!;
      }
  const geometry: Geometry =
    order === 'flipped'
      ? {
          ...mask.geometry,
          origin: point(mask.geometry, [nx - 1, 0, 0]),
          direction: direction.map((cosine, at) => (at % 3 === 0 ? -cosine : cosine)),
        }
      : {
          ...mask.geometry,
          size: [ny, nx, nz],
          spacing: [spacing[1], spacing[0], spacing[2]],
          direction: [0, 3, 6].flatMap((row) => [direction[row + 1]!, direction[row]!, direction[row + 2]!]),
        };
  return { geometry, elementType: 'uint8', data };
}

/** What tools do to the header or the voxels of a mask. */
const damages: readonly Damage[] = [
  {
    file: 'P001/pre_DCE',
    cause: 'lps-ras',
    certain: true,
    damage: header(({ origin, direction }) => ({
      origin: [-origin[0], -origin[1], origin[2]],
      direction: direction.map((cosine, at) => (at < 6 ? -cosine : cosine)),
    })),
  },
  {
    file: 'P001/pre_T2WI',
    cause: 'rounding',
    certain: true,
    damage: header(({ origin }) => ({ origin: [origin[0] + 0.02, origin[1], origin[2]] })),
  },
  {
    file: 'P001/pre_DWI',
    cause: 'header-lost',
    certain: false,
    damage: header(() => ({ origin: [0, 0, 0], spacing: [1, 1, 1], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] })),
  },
  {
    file: 'P001/post_DCE',
    cause: 'half-voxel',
    certain: false,
    damage: header((geometry) => ({ origin: point(geometry, [0.5, 0.5, 0.5]) })),
  },
  {
    file: 'P001/post_T2WI',
    cause: 'spacing',
    certain: false,
    damage: header(({ spacing }) => ({ spacing: [spacing[0], spacing[1], 1] })),
  },
  {
    file: 'P001/post_DWI',
    cause: 'resampled',
    certain: false,
    damage: ({ geometry, data }) => {
      const millimetres = geometry.size.map((n, axis) => Math.round(n * geometry.spacing[axis]!));
      const target = { ...geometry, size: millimetres as unknown as Vector3, spacing: [1, 1, 1] as const };
      return { ...resampleMask({ geometry, data: data as Uint8Array }, target), elementType: 'uint8' };
    },
  },
  {
    file: 'P002/pre_DCE',
    cause: 'flipped-axes',
    certain: true,
    damage: (mask) => reordered(mask, 'flipped'),
  },
  {
    file: 'P002/pre_DWI',
    cause: 'permuted-axes',
    certain: true,
    damage: (mask) => reordered(mask, 'permuted'),
  },
];

describe('check of a study', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-check-'));
  const place = (...names: string[]): string => join(folder, 'cohort', ...names);
  const study = place('study.yaml');
  const right = new Map<string, Volume>();

  beforeAll(async () => {
    const made = sentinode(['simulate', '--out', place(), '--patients', '6', '--quiet']);
    expect(made.code, made.err).toBe(0);
    for (const { file, damage } of damages) {
      const path = place('masks', `${file}.nii.gz`);
      copyFileSync(path, `${path}.right`);
      const mask = await ofFile(path);
      right.set(file, mask);
      writeFileSync(path, writeVolume(damage(mask), path));
    }
    writeFileSync(
      place('params.yaml'),
      'imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean, Energy, Entropy, Range]}\nsetting: {binWidth: 25}\n',
    );
    const text = readFileSync(study, 'utf8')
      .replace(/^radiomics:.*$/m, 'radiomics: {params: params.yaml, icc: {min: 0.8}}')
      .replace(/^models:.*$/m, 'models: [radiomics]\nselection: []')
      .replace(/^profile:.*$/m, 'profile: published\nresampling: {bootstraps: 0}');
    writeFileSync(study, text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names the cause of each mismatch and draws it', () => {
    const page = process.env.SENTINODE_KEEP_CHECK ?? join(folder, 'check.html');
    const { code, out } = sentinode(['check', study, '--out', page, '--json', '--quiet']);
    expect(code).toBe(1);
    const { failed, images } = JSON.parse(out);
    const causes = failed.map((one: Record<string, string>) => [one.file, one.cause, one.repair !== null]);
    expect(causes).toEqual(
      damages.map(({ file, cause, certain }) => [`masks/${file}.nii.gz`, cause, certain]),
    );
    expect(images[0]).toMatchObject({ inBody: 1, labels: [{ label: 1, voxels: images[0].voxels }] });
    expect(images[0].millilitres).toBeGreaterThan(0);
    expect(images[0].slices).toBeGreaterThan(2);
    const html = readFileSync(page, 'utf8');
    for (const { file, cause } of damages) {
      expect(html).toContain(`masks/${file}.nii.gz`);
      expect(html).toContain(`<code>${cause}</code>`);
    }
    expect(html.match(/Repair: /g)).toHaveLength(4);
    expect(html.match(/No repair is certain/g)).toHaveLength(4);
    // One picture of every case that can be measured, and three planes of each mask that cannot.
    expect(html.match(/<figure class="case">/g)!.length).toBeGreaterThanOrEqual(
      images.length + damages.length,
    );
  });

  it('repairs copies alone, and a run reads them and says so in its ledger', async () => {
    const damaged = readFileSync(place('masks', 'P001', 'pre_DCE.nii.gz'));
    const repaired = sentinode(['check', study, '--repair', '--json', '--quiet']);
    expect(repaired.code).toBe(1);
    const certain = damages.filter((one) => one.certain).map(({ file }) => `masks/${file}.nii.gz`);
    const { repaired: list } = JSON.parse(repaired.out);
    expect(list.map((one: { mask: string }) => one.mask).sort()).toEqual([...certain].sort());
    expect(readFileSync(place('masks', 'P001', 'pre_DCE.nii.gz'))).toEqual(damaged);
    for (const { file } of damages.filter((one) => one.certain)) {
      const copy = await ofFile(place('repaired', 'masks', `${file}.nii.gz`));
      expect([file, Buffer.from(copy.data.buffer).equals(Buffer.from(right.get(file)!.data.buffer))]).toEqual(
        [file, true],
      );
    }

    for (const { file } of damages.filter((one) => !one.certain))
      copyFileSync(place('masks', `${file}.nii.gz.right`), place('masks', `${file}.nii.gz`));
    writeFileSync(
      study,
      readFileSync(study, 'utf8').replace('    lesions: union', '    repaired: repaired\n    lesions: union'),
    );
    const checked = sentinode(['check', study, '--json', '--quiet']);
    expect([checked.code, JSON.parse(checked.out).repairs.length]).toEqual([0, 4]);
    const run = sentinode(['run', study, '--out', join(folder, 'results'), '--quiet']);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toMatch(
      /4 masks were read from copies that check --repair made \(lps-ras 1, rounding 1, flipped-axes 1, permuted-axes 1\)/,
    );
    const ledger = readFileSync(join(folder, 'results', 'ledger.csv'), 'utf8');
    expect(ledger).toMatch(
      /^P001,.*masks\/P001\/pre_DCE.nii.gz: lps-ras, read from repaired\/masks\/P001\/pre_DCE.nii.gz \|/m,
    );
  });

  it('does not trust a copy once its mask has changed', () => {
    copyFileSync(place('masks', 'P001', 'pre_DCE.nii.gz.right'), place('masks', 'P001', 'pre_DCE.nii.gz'));
    const { code, err } = sentinode(['check', study, '--json', '--quiet']);
    expect([code, JSON.parse(err).error.code]).toEqual([2, 'repair-stale']);
  });
});

describe('check of one case', () => {
  it('writes a copy for a header that is certainly wrong, and extract then takes it', () =>
    inFolder(async (folder) => {
      const place = (name: string): string => join(folder, name);
      const right = { ...grid(), origin: [-11, 7, 30] as const };
      const wrong = { ...right, origin: [11, -7, 30] as const, direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1] };
      writeFileSync(place('image.nii'), nifti(right, 'int16', texture));
      writeFileSync(place('mask.nii'), nifti(wrong, 'uint8', ball));
      const before = readFileSync(place('mask.nii'));
      const refused = sentinode(['extract', place('image.nii'), place('mask.nii'), '--quiet']);
      expect([refused.code, refused.err]).toEqual([
        2,
        expect.stringMatching(/signs of the x and y axes are turned round/),
      ]);
      const { code, out } = sentinode([
        'check',
        place('image.nii'),
        place('mask.nii'),
        '--repair',
        place('fixed.nii.gz'),
        '--json',
      ]);
      expect([code, JSON.parse(out)]).toMatchObject([
        0,
        { problems: [{ cause: 'lps-ras' }], repaired: { cause: 'lps-ras', file: place('fixed.nii.gz') } },
      ]);
      expect(readFileSync(place('mask.nii'))).toEqual(before);
      const [was, is] = await Promise.all(
        ['mask.nii', 'fixed.nii.gz'].map((name) => readVolume(new Uint8Array(readFileSync(place(name))))),
      );
      expect([...is.data]).toEqual([...was.data]);
      expect(sentinode(['extract', place('image.nii'), place('fixed.nii.gz'), '--quiet']).code).toBe(0);
    }));

  it('refuses what is not certain, and to write in place', () =>
    inFolder((folder) => {
      const place = (name: string): string => join(folder, name);
      writeFileSync(place('image.nii'), nifti(grid(), 'int16', texture));
      writeFileSync(place('mask.nii'), nifti(grid(0.5), 'uint8', ball));
      const shifted = sentinode([
        'check',
        place('image.nii'),
        place('mask.nii'),
        '--repair',
        place('x.nii'),
        '--quiet',
      ]);
      expect([shifted.code, shifted.err]).toEqual([
        2,
        expect.stringMatching(/half a voxel.*No repair is certain/),
      ]);
      const inPlace = sentinode([
        'check',
        place('image.nii'),
        place('mask.nii'),
        '--repair',
        place('mask.nii'),
        '--quiet',
      ]);
      expect([inPlace.code, inPlace.err]).toEqual([2, expect.stringMatching(/never made in place/)]);
    }));
});
