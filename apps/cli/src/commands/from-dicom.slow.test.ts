import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readVolume, sameGeometry, type Volume } from '@sentinode/volume';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, sentinode } from '../testing/command.ts';

const guide = readFileSync(new URL('../../../../docs/guide/from-dicom.md', import.meta.url).pathname, 'utf8');
/** Commands of the guide, with as many patients as a test has time for. */
const commands = guide
  .match(/```\n(sentinode simulate[\s\S]*?)```/)![1]!
  .trim()
  .split('\n')
  .map((line) => line.replace('--patients 24', '--patients 6').split(' ').slice(1));

/** dciodvfy of Debian's dicom3tools, which checks a file against the standard's definition of its kind. */
const verifier = spawnSync('dciodvfy', ['-version']).error === undefined;

const ofBytes = (bytes: Buffer, file: string): Promise<Volume> => readVolume(new Uint8Array(bytes), { file });

describe('a study from DICOM folders to the report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-dicom-study-'));
  const place = (...names: string[]): string => join(folder, ...names);
  const run = (args: readonly string[]): string => {
    const done = sentinode([...args, '--quiet'], folder);
    expect(done.code, `${args.join(' ')}: ${done.err}`).toBe(0);
    return done.out;
  };
  let result = '';

  beforeAll(() => {
    for (const command of commands) {
      if (command[0] === 'run') {
        // Few patients and few features, so that the test ends; everything else is the study of the guide.
        const study = place('study', 'study.yaml');
        writeFileSync(
          place('study', 'params.yaml'),
          'imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean, Energy, Entropy]}\nsetting: {binWidth: 25}\n',
        );
        writeFileSync(
          study,
          readFileSync(study, 'utf8')
            .replace(/^radiomics:.*$/m, 'radiomics: {params: params.yaml}')
            .replace(/^models:.*$/m, 'models: [radiomics]\nselection: []\nresampling: {bootstraps: 0}'),
        );
      }
      result = run(command);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ends with a report, and everything says that the data are simulated', () => {
    expect(result).toMatch(/Simulated data, not patients/);
    const files = filesUnder(place('results'));
    expect(files.get('report.html')!.toString()).toMatch(/Simulated data, not patients/);
    expect(readFileSync(place('check.html'), 'utf8')).toMatch(/<figure class="case">/);
    const { cohorts, study } = JSON.parse(files.get('metrics.json')!.toString());
    expect(cohorts.training.n + cohorts.validation.n).toBe(6);
    expect(study.remarks.join(' ')).toMatch(/features of the model come from the masks of reader1/);
  });

  it('tables how the images were acquired, as the headers state it, and how far the readers agree', () => {
    const files = filesUnder(place('results'));
    const { scans, readerMasks, subgroups } = JSON.parse(files.get('metrics.json')!.toString());
    const of = (visit: string, sequence: string, parameter: string): string[] =>
      scans.parameters
        .find(
          (one: Record<string, string>) =>
            one.visit === visit && one.sequence === sequence && one.parameter === parameter,
        )
        .values.map(({ value }: { value: string }) => value);
    expect(of('pre', 'T2WI', 'echo time, ms')).toEqual(['84']);
    expect(of('post', 'DCE', 'times of phases, s')).toEqual(['0, 90, 360']);
    expect(of('pre', 'DWI', 'b-values, s/mm²')).toEqual(['0, 800']);
    expect(of('pre', 'DCE', 'flip angle, degrees')).toEqual(['10']);
    expect(of('pre', 'DCE', 'field strength, T').sort()).toEqual(['1.5', '3']);
    expect(subgroups.some(({ variable }: { variable: string }) => variable === 'scanner')).toBe(true);
    expect(files.get('tables/scans.csv')!.toString()).toContain(
      '"repetition time, ms",4.6,5200,6400,4.6,5200,6400',
    );
    const [all] = readerMasks.groups;
    expect(all.dice.median).toBeGreaterThan(0.5);
    expect(all.dice.median).toBeLessThan(1);
    expect(all.images).toBe(6 * readerMasks.patients);
  });

  it('has the voxels and grids of the same cohort as NIfTI, wherever the files lay', async () => {
    run(['simulate', '--out', 'nifti', '--patients', '6']);
    const simulated = filesUnder(place('nifti'));
    const arranged = filesUnder(place('study'));
    const ids = (table: Buffer): string[] =>
      table
        .toString()
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]!);
    const names = ids(simulated.get('clinical.csv')!);
    const pseudonyms = ids(arranged.get('clinical.csv')!);
    let compared = 0;
    for (const [path, bytes] of simulated) {
      const match = /^(images|masks)\/(P\d+)\/(.*)$/.exec(path);
      if (match === null || (match[1] === 'masks' && !match[3]!.includes('reader'))) continue;
      const other = `${match[1]}/${pseudonyms[names.indexOf(match[2]!)]}/${match[3]}`;
      const found = arranged.get(other);
      expect(found, other).toBeDefined();
      const [a, b] = [await ofBytes(bytes, path), await ofBytes(found!, other)];
      expect([path, sameGeometry(a.geometry, b.geometry)]).toEqual([path, true]);
      expect([path, a.data.length]).toEqual([path, b.data.length]);
      expect([path, a.data.every((value, at) => value === b.data[at])]).toEqual([path, true]);
      compared++;
    }
    expect(compared).toBe([...arranged.keys()].filter((path) => /^(images|masks)\//.test(path)).length);
    expect(compared).toBeGreaterThan(100);
  });

  it.skipIf(!verifier)('is made of files without an error of dciodvfy', () => {
    const files = filesUnder(place('cohort', 'dicom', 'P001'));
    const kinds = ['/002/', '/003/', '/004/', '/104/', '/204/'];
    for (const kind of kinds) {
      const name = [...files.keys()].find((path) => path.includes(kind))!;
      const { stderr } = spawnSync('dciodvfy', [place('cohort', 'dicom', 'P001', name)], {
        encoding: 'utf8',
      });
      expect([kind, stderr.split('\n').filter((line) => line.startsWith('Error'))]).toEqual([kind, []]);
    }
  });

  it('names nobody: ids of the hospital stand in no output', () => {
    const ids = readdirSync(place('cohort', 'dicom'));
    expect(ids.length).toBe(7);
    for (const [path, bytes] of [
      ...filesUnder(place('imported')),
      ...filesUnder(place('study')),
      ...filesUnder(place('results')),
    ]) {
      expect(ids.filter((id) => path.includes(`${id}/`))).toEqual([]);
      if (!/\.(csv|json|ya?ml|html|svg)$/.test(path)) continue;
      const text = bytes.toString();
      expect([path, ids.filter((id) => new RegExp(`\\b${id}\\b`).test(text))]).toEqual([path, []]);
    }
  });
});
