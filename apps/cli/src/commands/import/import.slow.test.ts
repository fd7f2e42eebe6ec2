import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { madeSeries } from '../../../../../packages/dicom/src/testing/series.ts';
import { hasShared, shared } from '../../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../../testing/command.ts';
import type { ImportResult } from './result.ts';

const written = (folder: string): string => {
  const dicom = join(folder, 'dicom', 'Doe Jane');
  mkdirSync(dicom, { recursive: true });
  madeSeries(4).forEach((bytes, at) => writeFileSync(join(dicom, `IM${at}`), bytes));
  writeFileSync(join(dicom, 'notes.txt'), 'no image\n');
  return join(folder, 'dicom');
};

describe('import', () => {
  it('goes on where it was, makes damaged files again, and ends with the same bytes', () =>
    inFolder((folder) => {
      const dicom = written(folder);
      const out = join(folder, 'out');
      expect(sentinode(['import', dicom, '--out', out]).code).toBe(0);
      const first = filesUnder(out);
      const [volume] = [...first.keys()].filter((path) => path.endsWith('.nii.gz'));
      const { mtimeMs } = statSync(join(out, volume));
      expect(sentinode(['import', dicom, '--out', out]).code).toBe(0);
      expect(statSync(join(out, volume)).mtimeMs).toBe(mtimeMs);
      writeFileSync(join(out, volume), 'damaged');
      expect(sentinode(['import', dicom, '--out', out]).code).toBe(0);
      expect(filesUnder(out)).toEqual(first);
    }));

  it('prints and writes no path, and counts what it left out', () =>
    inFolder((folder) => {
      const { code, out, err } = sentinode([
        'import',
        written(folder),
        '--out',
        join(folder, 'out'),
        '--json',
      ]);
      expect(code).toBe(0);
      const result = JSON.parse(out) as ImportResult;
      expect(result.skipped).toEqual([{ reason: 'The file is no DICOM file.', files: 1 }]);
      const everything = [out, err, ...filesUnder(join(folder, 'out')).values()].join('\n');
      expect(everything).not.toMatch(/Doe|Jane/);
    }));

  it('keeps its key to itself and takes it again', () =>
    inFolder((folder) => {
      const dicom = written(folder);
      sentinode(['import', dicom, '--out', join(folder, 'out')]);
      const key = join(folder, 'out.key');
      expect(statSync(key).mode & 0o077).toBe(0);
      sentinode(['import', dicom, '--out', join(folder, 'again'), '--key', key]);
      expect(filesUnder(join(folder, 'again'))).toEqual(filesUnder(join(folder, 'out')));
      expect([...filesUnder(join(folder, 'out')).values()].join()).not.toContain(
        readFileSync(key, 'utf8').trim(),
      );
    }));

  it('reads an archive, and names that lead out of it lead nowhere', () =>
    inFolder((folder) => {
      const [a, b, c, d] = madeSeries(4);
      writeFileSync(
        join(folder, 'images.zip'),
        zipSync({ '../../outside.dcm': a, '/etc/absolute.dcm': b, 'C:\\drive.dcm': c, 'plain.dcm': d }),
      );
      const { code } = sentinode(['import', join(folder, 'images.zip'), '--out', join(folder, 'out')]);
      expect(code).toBe(0);
      expect([...filesUnder(folder).keys()].filter((path) => !path.startsWith('out/'))).toEqual([
        'images.zip',
        'out.key',
      ]);
      expect(readFileSync(join(folder, 'out', 'index.csv'), 'utf8')).toMatch(/,4,0\.8,0\.7,2,/);
    }));

  it('does not follow links out of the folder', () =>
    inFolder((folder) => {
      written(folder);
      mkdirSync(join(folder, 'links'));
      symlinkSync(join(folder, 'dicom'), join(folder, 'links', 'elsewhere'));
      const { code, err } = sentinode([
        'import',
        join(folder, 'links'),
        '--out',
        join(folder, 'out'),
        '--quiet',
      ]);
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/No DICOM image was found\. It holds no file\./),
      ]);
    }));

  it.each<[string, (folder: string) => string, RegExp]>([
    ['a folder that is not there', (folder) => join(folder, 'none'), /There is no folder or file/],
    [
      'a file that is no image',
      (folder) => join(folder, 'text'),
      /No DICOM image was found\. 1 of 1: The file is no DICOM/,
    ],
    [
      'a damaged archive',
      (folder) => join(folder, 'cut.zip'),
      /zip archive cannot be read: its directory is missing/,
    ],
  ])('refuses %s and leaves nothing behind', (_, path, message) =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'text'), 'text');
      writeFileSync(join(folder, 'cut.zip'), zipSync({ a: new Uint8Array(9) }).subarray(0, 40));
      const { code, err } = sentinode(['import', path(folder), '--out', join(folder, 'out'), '--quiet']);
      expect([code, err]).toEqual([2, expect.stringMatching(message)]);
      expect([...filesUnder(folder).keys()].filter((one) => one.startsWith('out/'))).toEqual([]);
    }),
  );

  it('refuses a folder with other files', () =>
    inFolder((folder) => {
      const dicom = written(folder);
      const { code, err } = sentinode(['import', dicom, '--out', dicom, '--quiet']);
      expect([code, err]).toEqual([2, expect.stringMatching(/holds files that import did not make/)]);
    }));

  it.skipIf(!hasShared('mri-breast-dce-ucsf'))('divides the three time points of a real breast series', () =>
    inFolder((folder) => {
      const archive = shared('mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz');
      const { code, out } = sentinode(['import', archive, '--out', join(folder, 'out'), '--json', '--quiet']);
      expect(code).toBe(0);
      const { volumes } = JSON.parse(out) as ImportResult;
      expect(volumes.map(({ kind, slices, phase, seconds }) => [kind, slices, phase, seconds])).toEqual([
        ['DCE', 60, 1, 0],
        ['DCE', 60, 2, 407],
        ['DCE', 60, 3, 761],
        ['enhancement-map', 60, null, null],
        ['enhancement-map', 60, null, null],
        ['mask', 60, null, null],
      ]);
      // Old GE scanners write gauss.
      expect(volumes[0].acquisition.fieldStrength).toBe(1.5);
    }),
  );
});
