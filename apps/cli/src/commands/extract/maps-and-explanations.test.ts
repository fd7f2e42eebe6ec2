import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const params = `
imageType: {Original: {}, LoG: {sigma: [2.0]}}
featureClass: {shape: [], firstorder: [Mean], glcm: [Contrast, MCC]}
setting: {binWidth: 25}
voxelSetting: {kernelRadius: 1, initValue: .nan}
`;

/** A folder with a case and a parameter file, for the time of a test. */
const withCase = <T>(use: (folder: string) => T | Promise<T>): Promise<T> =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'i.nii'), nifti(grid(), 'int16', texture));
    writeFileSync(join(folder, 'm.nii'), nifti(grid(), 'uint8', ball));
    writeFileSync(join(folder, 'p.yaml'), params);
    return use(folder);
  });

describe('extract --voxel', () => {
  it('writes one NRRD a feature with progress, and replaces the maps of an earlier run', () =>
    withCase(async (folder) => {
      const args = ['extract', 'i.nii', 'm.nii', '--params', 'p.yaml', '--voxel', '--out', 'maps'];
      const first = sentinode(args, folder);
      expect(first.code).toBe(0);
      expect(first.err).toMatch(/original: \d+\/\d+/);
      expect(first.err).not.toMatch(/no effect/);
      const names = ['original', 'log-sigma-2-0-mm-3D'].flatMap((image) =>
        ['firstorder_Mean', 'glcm_Contrast', 'glcm_MCC'].map((feature) => `${image}_${feature}`),
      );
      const files = [...names.map((name) => `${name}.nrrd`), 'maps.json'].sort();
      expect(readdirSync(join(folder, 'maps')).sort()).toEqual(files);
      const list = JSON.parse(readFileSync(join(folder, 'maps', 'maps.json'), 'utf8'));
      expect(list).toMatchObject({ maps: names, voxel: { kernelRadius: 1, initValue: null } });
      expect(list.notice).toMatch(/research use only/i);
      const file = 'original_firstorder_Mean.nrrd';
      const map = await readVolume(readFileSync(join(folder, 'maps', file)), { file });
      expect(map.geometry).toMatchObject({ size: [15, 15, 9], spacing: [1, 1, 2] });
      // the mean of the ball's middle and its 26 neighbours, by hand
      let sum = 0;
      for (let k = 0; k < 27; k++)
        sum += texture(10 + (k % 3), 9 + (Math.floor(k / 3) % 3), 5 + Math.floor(k / 9));
      expect(map.data[7 + 15 * (7 + 15 * 4)]).toBeCloseTo(sum / 27, 10);
      expect(map.data[0]).toBeNaN();
      const bytes = readFileSync(join(folder, 'maps', file));
      expect(sentinode(args, folder).code).toBe(0);
      expect(readFileSync(join(folder, 'maps', file)).equals(bytes)).toBe(true);
    }));
  it('says what is wrong with the command, and leaves nothing behind', () =>
    withCase((folder) => {
      const tried = (...args: string[]) => sentinode(['extract', ...args, '--json'], folder);
      const noOut = tried('i.nii', 'm.nii', '--voxel');
      expect([noOut.code, JSON.parse(noOut.err).error.field]).toEqual([2, '--out']);
      writeFileSync(join(folder, 'mine.txt'), 'mine');
      const full = tried('i.nii', 'm.nii', '--voxel', '--out', '.');
      expect([full.code, JSON.parse(full.err).error.code]).toEqual([2, 'output-not-empty']);
      const failed = tried('i.nii', 'i.nii', '--voxel', '--out', 'maps', '--label', '9999');
      expect([failed.code, JSON.parse(failed.err).error.code]).toEqual([2, 'mask-label']);
      expect(existsSync(join(folder, 'maps', 'maps.json'))).toBe(false);
    }));
});

describe('extract --explain', () => {
  const explain = (folder: string, feature: string, ...more: string[]) =>
    sentinode(['extract', 'i.nii', 'm.nii', '--params', 'p.yaml', '--explain', feature, ...more], folder);

  it('prints formula, source, grey levels, matrix and settings', () =>
    withCase((folder) => {
      const { code, out } = explain(folder, 'original_glcm_Contrast');
      expect(code).toBe(0);
      for (const part of [
        /original_glcm_Contrast = \d/,
        /formula {3}sum \(i - j\)\^2 p/,
        /PyRadiomics 3.1.0, class glcm; IBSI ACUI/,
        /grey levels in the region/,
        /pairs of levels along \(1, 1, 1\)/,
        /binWidth +25/,
      ])
        expect(out).toMatch(part);
    }));
  it('gives in JSON the value of the extraction, and all tables', () =>
    withCase((folder) => {
      const whole = JSON.parse(
        sentinode(['extract', 'i.nii', 'm.nii', '--params', 'p.yaml', '--json', '--quiet'], folder).out,
      );
      for (const name of [
        'original_glcm_Contrast',
        'log-sigma-2-0-mm-3D_firstorder_Mean',
        'original_shape_Flatness',
      ]) {
        const one = JSON.parse(explain(folder, name, '--json').out);
        expect(one.feature).toBe(name);
        expect(one.value).toBe(whole.features[name]);
      }
      const { evidence, greyLevels, region } = JSON.parse(explain(folder, 'glcm_Contrast', '--json').out);
      expect(evidence).toHaveLength(14);
      expect(greyLevels.reduce((sum: number, one: { voxels: number }) => sum + one.voxels, 0)).toBe(
        region.voxels,
      );
    }));
  it('names what it does not know', () =>
    withCase((folder) => {
      for (const [name, hint] of [
        ['original_glcm_Contrst', /"Contrast"/],
        ['original_glmc_Contrast', /"glcm"/],
        ['original_Contrast', /class/],
        ['log-sigma-3-0-mm-3D_glcm_Contrast', /log-sigma-2-0-mm-3D/],
      ] as const) {
        const { code, err } = explain(folder, name, '--json');
        expect(code).toBe(2);
        expect(JSON.parse(err).error).toMatchObject({
          code: 'option-unknown',
          message: expect.stringMatching(hint),
        });
      }
    }));
});

describe('extract --standard ibsi', () => {
  const ibsi = `
standard: ibsi
discretisation: {method: fixedBinNumber, binCount: 16}
aggregation: [3D]
filters: [{type: none}, {type: log, sigma: 2}]
`;
  const withIbsi = <T>(
    use: (run: (...args: string[]) => ReturnType<typeof sentinode>, folder: string) => T,
  ) =>
    withCase((folder) => {
      writeFileSync(join(folder, 'ibsi.yaml'), ibsi);
      return use((...args) => sentinode(['extract', ...args, '--params', 'ibsi.yaml'], folder), folder);
    });

  it('explains a feature by name or code', () =>
    withIbsi((run) => {
      const { code, out } = run('i.nii', 'm.nii', '--explain', 'ACUI.IAZD');
      expect(code).toBe(0);
      for (const part of [
        /cm_contrast_3D_comb = \d/,
        /formula {3}sum \(i - j\)\^2 p_ij/,
        /IBSI reference manual, Grey level co-occurrence matrix \(LFYI\), Contrast, 3D, merged; IBSI ACUI\.IAZD/,
        /grey levels in the region/,
        /coOccurrence +\{"distance":1\}/,
      ])
        expect(out).toMatch(part);
      const { features } = JSON.parse(run('i.nii', 'm.nii', '--json', '--quiet').out);
      const name = 'log-3D-sigma-2__stat_mean';
      expect(JSON.parse(run('i.nii', 'm.nii', '--explain', name, '--json').out).value).toBe(features[name]);
      expect(run('i.nii', 'm.nii', '--explain', 'stat_maen').err).toMatch(/stat_mean/);
    }));
  it('writes response maps on the grid that is measured, without a mask', () =>
    withIbsi(async (run, folder) => {
      expect(run('i.nii', '--response-maps', '--out', 'maps', '--format', 'nifti').code).toBe(0);
      expect(readdirSync(join(folder, 'maps')).sort()).toEqual([
        'image.nii.gz',
        'log-3D-sigma-2.nii.gz',
        'maps.json',
      ]);
      const read = (name: string) => readVolume(readFileSync(join(folder, 'maps', name)), { file: name });
      const given = await readVolume(readFileSync(join(folder, 'i.nii')), { file: 'i.nii' });
      const image = await read('image.nii.gz');
      expect(image.geometry).toEqual(given.geometry);
      expect(Array.from(image.data)).toEqual(Array.from(given.data));
      expect((await read('log-3D-sigma-2.nii.gz')).geometry).toEqual(given.geometry);
      const one = run('i.nii', 'm.nii', '--voxel', '--out', 'other', '--json');
      expect([one.code, JSON.parse(one.err).error]).toMatchObject([2, { code: 'usage', field: '--voxel' }]);
      expect(existsSync(join(folder, 'other'))).toBe(false);
      const other = sentinode(['extract', 'i.nii', '--response-maps', '--out', 'x', '--json'], folder);
      expect([other.code, JSON.parse(other.err).error.field]).toEqual([2, '--response-maps']);
    }));
  it('says beside a table what its columns are', () =>
    withIbsi((run, folder) => {
      writeFileSync(join(folder, 'cases.csv'), 'Image,Mask\ni.nii,m.nii\n');
      expect(run('i.nii', 'm.nii', '--out', 'one.csv').code).toBe(0);
      expect(run('--batch', 'cases.csv', '--out', 'f.csv', '--jobs', '1').code).toBe(0);
      const lines = readFileSync(join(folder, 'f.csv.columns.csv'), 'utf8').trim().split(/\r?\n/);
      expect(lines[0]).toBe('name,code,family,feature,aggregation,filter,unit');
      expect(lines).toContain('stat_mean,Q4LE,statistics,Mean,,,intensity');
      expect(lines).toContain(
        'log-3D-sigma-2__cm_contrast_3D_comb,ACUI.IAZD,glcm,Contrast,"3D, merged",log-3D-sigma-2,',
      );
      expect(readFileSync(join(folder, 'one.csv.columns.csv'), 'utf8').trim().split(/\r?\n/)).toEqual(lines);
      const header = readFileSync(join(folder, 'f.csv'), 'utf8').split(/\r?\n/)[0]!.split(',');
      for (const line of lines.slice(1)) expect(header).toContain(line.split(',')[0]);
    }));
});
