import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, readJson, reference, shared } from '../../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const image = nifti(grid(), 'int16', texture);
const mask = nifti(grid(), 'uint8', ball);

/** Image and mask that differ from the good ones; what the error must say. */
const bad: readonly [
  what: string,
  image: Uint8Array | null,
  mask: Uint8Array | null,
  code: string,
  sentence: RegExp,
][] = [
  ['a missing image', null, mask, 'file-missing', /There is no image/],
  ['a missing mask', image, null, 'file-missing', /There is no mask/],
  ['an empty image', new Uint8Array(0), mask, 'file-empty', /is empty/],
  ['a truncated image', image.subarray(0, 2000), mask, 'volume-truncated', /voxel/],
  [
    'wrong magic',
    new TextEncoder().encode('this is not a volume, only text of some length'.repeat(20)),
    mask,
    'format-unknown',
    /NIfTI|NRRD/,
  ],
  ['a mask of another size', image, nifti(grid(0, [23, 22, 12]), 'uint8', ball), 'mask-size', /23/],
  ['a mask whose geometry differs', image, nifti(grid(5), 'uint8', ball), 'mask-geometry', /origin|grid/],
  ['an empty mask', image, nifti(grid(), 'uint8', () => 0), 'mask-empty', /empty/],
  [
    'one voxel',
    image,
    nifti(grid(), 'uint8', (x, y, z) => (x === 9 && y === 9 && z === 5 ? 1 : 0)),
    'mask-too-small',
    /one voxel/,
  ],
  [
    'NaN voxels',
    nifti(grid(), 'float32', (x, y, z) => (x === 11 && y === 10 && z === 6 ? Number.NaN : texture(x, y, z))),
    mask,
    'volume-nan',
    /NaN/,
  ],
  [
    '10 GB of voxels declared in a small file',
    new TextEncoder().encode(
      'NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2500 2000 2000\nspace: left-posterior-superior\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\nencoding: raw\n\nonly this',
    ),
    mask,
    'too-large',
    /2500 x 2000 x 2000 elements.*more than the limit/,
  ],
  ['a constant image', nifti(grid(), 'int16', () => 7), mask, 'volume-constant', /same value/],
];

describe('extract', () => {
  it('measures a case on the terminal, as CSV and as JSON', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'i.nii'), image);
      writeFileSync(join(folder, 'm.nii'), mask);
      const csv = sentinode(['extract', 'i.nii', 'm.nii'], folder);
      expect(csv.code).toBe(0);
      const [header, values] = csv.out.trim().split(/\r?\n/);
      expect(header!.split(',').filter((name) => /^(original|log-sigma|wavelet)/.test(name))).toHaveLength(
        1197,
      );
      const json = JSON.parse(
        sentinode(['extract', 'i.nii', 'm.nii', '--format', 'json', '--quiet'], folder).out,
      );
      expect(Object.keys(json.features)).toHaveLength(1197);
      expect(values).toContain(String(json.features.original_firstorder_Mean));
      expect(json.diagnostics['diagnostics_Mask-original_VoxelNum']).toBeGreaterThan(100);
    }));

  it.each(bad)('refuses %s', (_, badImage, badMask, code, sentence) =>
    inFolder((folder) => {
      if (badImage !== null) writeFileSync(join(folder, 'i.nii'), badImage);
      if (badMask !== null) writeFileSync(join(folder, 'm.nii'), badMask);
      // the default protocol resamples, and then a mask may lie on another grid
      writeFileSync(join(folder, 'own-grid.yaml'), 'imageType:\n  Original: {}\n');
      const before = [...filesUnder(folder).keys()];
      const params = /^mask-(size|geometry)$/.test(code) ? ['--params', 'own-grid.yaml'] : [];
      const {
        code: exit,
        out,
        err,
      } = sentinode(['extract', 'i.nii', 'm.nii', '--json', '--out', 'f.csv', ...params], folder);
      expect(exit).toBe(2);
      expect(out).toBe('');
      const { error } = JSON.parse(err);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(sentence);
      expect(error.file).toMatch(/^[im]\.nii$/);
      expect(err).not.toMatch(/\bat .*\.js/);
      expect([...filesUnder(folder).keys()]).toEqual(before);
    }),
  );

  it('names the labels that are there', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'i.nii'), image);
      writeFileSync(join(folder, 'm.nii'), mask);
      const { code, err } = sentinode(['extract', 'i.nii', 'm.nii', '--label', '4'], folder);
      expect(code).toBe(2);
      expect(err).toMatch(/label 4; it holds 1/);
    }));

  it('names file, line and nearest key of a parameter file', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'i.nii'), image);
      writeFileSync(join(folder, 'm.nii'), mask);
      writeFileSync(join(folder, 'p.yaml'), 'imageType:\n  Original: {}\nsetting:\n  binWith: 5\n');
      const { code, err } = sentinode(['extract', 'i.nii', 'm.nii', '--params', 'p.yaml', '--json'], folder);
      expect(code).toBe(2);
      expect(JSON.parse(err).error).toMatchObject({
        code: 'option-unknown',
        file: 'p.yaml',
        line: 4,
        field: 'setting.binWith',
      });
      expect(err).toContain('binWidth');
    }));

  it('measures by IBSI where the command or the parameter file says so', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'i.nii'), image);
      writeFileSync(join(folder, 'm.nii'), mask);
      const settings = 'discretisation: {method: fixedBinNumber, binCount: 16}\naggregation: [3D]\n';
      writeFileSync(join(folder, 'named.yaml'), `standard: ibsi\n${settings}`);
      writeFileSync(join(folder, 'unnamed.yaml'), settings);
      const run = (...rest: string[]): ReturnType<typeof sentinode> =>
        sentinode(['extract', 'i.nii', 'm.nii', '--quiet', ...rest], folder);
      const named = run('--params', 'named.yaml', '--format', 'json');
      expect(named.code).toBe(0);
      const { features, codes } = JSON.parse(named.out);
      expect(Object.keys(codes)).toEqual(Object.keys(features));
      expect(codes).toMatchObject({ stat_mean: 'Q4LE', cm_joint_max_3D_comb: 'GYBY.IAZD' });
      expect(run('--params', 'unnamed.yaml', '--standard', 'ibsi', '--format', 'json').out).toBe(named.out);
      const [header, values] = run('--params', 'named.yaml').out.trim().split(/\r?\n/);
      const cell = values!.split(',')[header!.split(',').indexOf('stat_mean')];
      expect(Number(cell)).toBe(features.stat_mean);
      const mixed = run('--params', 'named.yaml', '--standard', 'pyradiomics', '--json');
      expect([mixed.code, JSON.parse(mixed.err).error]).toMatchObject([
        2,
        { code: 'option-invalid', file: 'named.yaml', field: 'standard', line: 1 },
      ]);
      const without = run('--standard', 'ibsi', '--json');
      expect([without.code, JSON.parse(without.err).error.code]).toEqual([2, 'grey-levels']);
      expect(run('--standard', 'ibis').code).toBe(2);
    }));

  it('keeps the good cases of a batch, lists the bad ones and goes on where it stopped', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'i.nii'), image);
      writeFileSync(join(folder, 'm.nii'), mask);
      writeFileSync(join(folder, 'cases.csv'), 'ID,Image,Mask\na,i.nii,m.nii\nb,lost.nii,m.nii\n');
      const first = sentinode(['extract', '--batch', 'cases.csv', '--out', 'f.csv', '--jobs', '1'], folder);
      expect(first.code).toBe(1);
      expect(filesUnder(folder).get('f.csv.failures.csv')!.toString()).toMatch(
        /^ID,Image,Mask,code,message\r?\nb,.*file-missing/,
      );
      writeFileSync(join(folder, 'lost.nii'), image);
      expect(
        sentinode(['extract', '--batch', 'cases.csv', '--out', 'f.csv', '--jobs', '1'], folder).code,
      ).toBe(0);
      const files = filesUnder(folder);
      expect([...files.keys()].sort()).toEqual(['cases.csv', 'f.csv', 'i.nii', 'lost.nii', 'm.nii']);
      const lines = files.get('f.csv')!.toString().trim().split(/\r?\n/);
      expect(lines[1]!.replace(/^a,i.nii/, '')).toBe(lines[2]!.replace(/^b,lost.nii/, ''));
    }));
});

describe.skipIf(!hasShared('mri-pyradiomics'))('extract on real MRI', () => {
  it.each(['breast1', 'brain2'])('%s: 1,197 values equal to PyRadiomics', (name) => {
    const { features } = readJson<{ features: Record<string, number> }>(
      reference('pyradiomics-golden', `${name}__dlr_norm100.json`),
    );
    const paths = ['image', 'label'].map((part) => shared('mri-pyradiomics', `${name}_${part}.nrrd`));
    const found = JSON.parse(sentinode(['extract', ...paths, '--json', '--quiet']).out).features;
    expect(Object.keys(found)).toEqual(Object.keys(features));
    let largest = 0;
    for (const [feature, expected] of Object.entries(features))
      largest = Math.max(largest, Math.abs(found[feature] - expected) / Math.abs(expected));
    process.stdout.write(`extract ${name}: largest relative difference ${largest.toExponential(2)}\n`);
    expect(largest).toBeLessThan(1e-10);
  });
});
