import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, inFolder, killed, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const CASES = 6;
const batch = (out: string, ...more: string[]): string[] => [
  ...['extract', '--batch', 'cases.csv', '--params', 'p.yaml', '--out', out, '--quiet'],
  ...more,
];

/** Six cases that differ, the fourth of them without a mask. */
function writeCases(folder: string): void {
  const rows = Array.from({ length: CASES }, (_, at) => {
    const image = nifti(grid(), 'int16', (x, y, z) => texture(x, y, z) + at * x);
    writeFileSync(join(folder, `${at}.nii`), image);
    return `c${at},${at}.nii,${at === 3 ? 'lost.nii' : 'm.nii'},1\n`;
  });
  writeFileSync(join(folder, 'm.nii'), nifti(grid(), 'uint8', ball));
  writeFileSync(join(folder, 'cases.csv'), `ID,Image,Mask,Label\n${rows.join('')}`);
  writeFileSync(
    join(folder, 'p.yaml'),
    'imageType:\n  Original: {}\n  LoG:\n    sigma: [2]\n  Wavelet: {}\n',
  );
}

describe('a batch', () => {
  it('that was killed at any point goes on and ends with the same bytes', () =>
    inFolder(async (folder) => {
      writeCases(folder);
      expect(sentinode(batch('whole.csv', '--jobs', '2'), folder).code).toBe(1);
      const whole = filesUnder(folder);
      for (const kept of [0, 1, 3, 5]) {
        const out = `cut${kept}.csv`;
        const partial = join(folder, `${out}.partial`);
        await killed(
          batch(out, '--jobs', '1'),
          () =>
            existsSync(partial) &&
            readdirSync(partial).filter((name) => !name.endsWith('.partial')).length >= kept,
          folder,
        );
        expect(existsSync(join(folder, out)), `killed before the end with ${kept} cases kept`).toBe(false);
        expect(sentinode(batch(out, '--jobs', '1'), folder).code).toBe(1);
        const files = filesUnder(folder);
        expect(files.get(out)!.equals(whole.get('whole.csv')!)).toBe(true);
        expect(files.get(`${out}.failures.csv`)!.equals(whole.get('whole.csv.failures.csv')!)).toBe(true);
      }
    }));

  it('in parts has the rows of the whole', () =>
    inFolder((folder) => {
      writeCases(folder);
      sentinode(batch('whole.csv'), folder);
      const rows = (name: string): string[] => filesUnder(folder).get(name)!.toString().trim().split('\n');
      sentinode(batch('1.csv', '--shard', '1/2'), folder);
      sentinode(batch('2.csv', '--shard', '2/2'), folder);
      const [whole, first, second] = [rows('whole.csv'), rows('1.csv'), rows('2.csv')];
      expect([first[0], second[0]]).toEqual([whole[0], whole[0]]);
      expect([...first.slice(1), ...second.slice(1)].sort()).toEqual(whole.slice(1).sort());
    }));

  it('may name one case twice, also at the same time', () =>
    inFolder((folder) => {
      writeCases(folder);
      writeFileSync(join(folder, 'twice.csv'), `Image,Mask,Label\n${'0.nii,m.nii,1\n'.repeat(4)}`);
      const given = batch('twice-out.csv', '--jobs', '2').map((one) =>
        one === 'cases.csv' ? 'twice.csv' : one,
      );
      expect(sentinode(given, folder).code).toBe(0);
      const rows = filesUnder(folder).get('twice-out.csv')!.toString().trim().split('\n');
      expect(rows).toHaveLength(5);
      const values = rows.slice(1).map((row) => row.slice(row.indexOf(',0.nii,')));
      expect(new Set(values).size).toBe(1);
    }));
});
