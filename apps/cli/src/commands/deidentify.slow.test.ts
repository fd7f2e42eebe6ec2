import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

/** dciodvfy of Debian's dicom3tools. */
const verifier = spawnSync('dciodvfy', ['-version']).error === undefined;
const errors = (file: string): string[] =>
  `${spawnSync('dciodvfy', [file], { encoding: 'utf8' }).stderr}`
    .split('\n')
    .filter((line) => line.startsWith('Error'));

interface Entry {
  readonly kind: string;
  readonly seconds: number | null;
  readonly sha256: string;
}
const told = (folder: string): (readonly unknown[])[] =>
  (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { volumes: Entry[] }).volumes.map(
    ({ kind, seconds, sha256 }) => [kind, seconds, sha256],
  );

describe.skipIf(!hasShared('mri-breast-dce-ucsf'))('deidentify', () => {
  it('copies a real breast case, whose import is the same, volume for volume', () =>
    inFolder((folder) => {
      const [clean, first, second] = ['clean', 'first', 'second'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const archive = shared('mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz');
      const args = ['deidentify', archive, '--out', clean, '--dates', 'shift', '--json', '--quiet'];
      const { code, out, err } = sentinode(args);
      expect([code, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ patients: 1, series: 4, files: 301, leftOut: [] });
      const before = filesUnder(clean);
      expect([...before.keys()].every((path) => /^P[0-9a-f]{10}\/S1\/0\d\/\d{6}\.dcm$/.test(path))).toBe(
        true,
      );
      for (const [path, bytes] of before) {
        const text = bytes.toString('latin1');
        expect([path, /UCSF-BR|1\.3\.6\.1\.4\.1\.14519/.test(text)]).toEqual([path, false]);
      }
      expect(sentinode(args).code).toBe(0);
      const again = filesUnder(clean);
      expect([...again.keys()]).toEqual([...before.keys()]);
      expect([...again].every(([path, bytes]) => bytes.equals(before.get(path)!))).toBe(true);
      for (const [source, to] of [
        [archive, first],
        [clean, second],
      ] as const)
        expect(sentinode(['import', source, '--out', to, '--quiet']).code).toBe(0);
      expect(told(second)).toEqual(told(first));
      if (!verifier) return;
      const [image] = [...before.keys()];
      expect(errors(join(clean, image!))).toEqual([]);
    }));
});
