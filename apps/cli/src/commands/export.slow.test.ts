import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeImageSeries } from '@sentinode/dicom';
import { readVolume, writeVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { madeSeries } from '../../../../packages/dicom/src/testing/series.ts';
import { hasShared, shared } from '../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

/** dciodvfy of Debian's dicom3tools, which checks a file against the standard's definition of its kind. */
const verifier = spawnSync('dciodvfy', ['-version']).error === undefined;

const complaints = (file: string): string[] =>
  `${spawnSync('dciodvfy', [file], { encoding: 'utf8' }).stderr}`
    .split('\n')
    .filter((line) => line.startsWith('Error'));

describe('export', () => {
  it.skipIf(!verifier || !hasShared('mri-sts002-t1-rtstruct'))(
    'writes a SEG without an error of dciodvfy',
    () =>
      inFolder((folder) => {
        const seg = join(folder, 'seg.dcm');
        const series = shared('mri-sts002-t1-rtstruct', 'dicom.tar.gz');
        const mask = shared('mri-sts002-t1-rtstruct', 'mask.nii.gz');
        const { code, out } = sentinode([
          'export',
          mask,
          '--series',
          series,
          '--out',
          seg,
          '--json',
          '--quiet',
        ]);
        expect(code).toBe(0);
        expect(JSON.parse(out)).toMatchObject({ segments: 1, frames: 16 });
        expect(complaints(seg)).toEqual([]);
      }),
  );

  it.skipIf(!verifier || !hasShared('dicom-samples'))(
    'writes several segments of an enhanced file without one',
    () =>
      inFolder(async (folder) => {
        const series = shared('dicom-samples', 'enhanced-mr');
        sentinode(['import', series, '--out', join(folder, 'out'), '--quiet']);
        const [path] = [...filesUnder(join(folder, 'out')).keys()].filter((name) => name.endsWith('.nii.gz'));
        const { geometry } = await readVolume(new Uint8Array(readFileSync(join(folder, 'out', path))));
        const data = new Uint8Array(64 * 64 * 6).fill(1, 5000, 9000).fill(2, 12_000, 13_000);
        const mask = join(folder, 'mask.nii.gz');
        writeFileSync(mask, writeVolume({ geometry, elementType: 'uint8', data }, mask));
        const seg = join(folder, 'seg.dcm');
        const { code, err } = sentinode(['export', mask, '--series', series, '--out', seg, '--quiet']);
        expect([code, err]).toEqual([0, '']);
        expect(complaints(seg)).toEqual([]);
      }),
  );

  it('writes several labels with empty slices between them on oblique slices, voxel for voxel', () =>
    inFolder(async (folder) => {
      const size = [40, 32, 12] as const;
      const geometry = {
        size,
        spacing: [0.8, 0.9, 2.5] as const,
        origin: [-20, -30, 15] as const,
        direction: [0.96, 0, 0.28, 0.168, 0.8, -0.576, -0.224, 0.6, 0.768],
      };
      const data = Int16Array.from({ length: 40 * 32 * 12 }, (_, at) => at % 997);
      const files = await writeImageSeries({
        patient: { id: 'MADE-UP', name: 'MADE^UP', sex: 'O' },
        study: { key: 'one', date: '20240101', time: '101500', description: '' },
        number: 1,
        started: 0,
        description: 'T2 tse',
        equipment: { manufacturer: 'made up', model: 'made up', tesla: 1.5 },
        acquisition: {
          scanningSequence: 'SE',
          sequenceVariant: 'SK',
          dimensions: '2D',
          repetitionTime: 4000,
          echoTime: 90,
          flipAngle: 90,
        },
        volumes: [{ volume: { geometry, elementType: 'int16', data } }],
        madeUp: true,
      });
      mkdirSync(join(folder, 'dicom'));
      files.forEach((bytes, at) => {
        writeFileSync(join(folder, 'dicom', `${at}.dcm`), bytes);
      });
      const labels = Uint8Array.from(data, (_, at) => {
        const z = Math.floor(at / 1280);
        return z === 2 || z === 9
          ? at % 5 === 0
            ? 1
            : at % 7 === 0
              ? 4
              : 0
          : z === 5 && at % 11 === 0
            ? 2
            : 0;
      });
      const mask = join(folder, 'mask.nii.gz');
      writeFileSync(mask, writeVolume({ geometry, elementType: 'uint8', data: labels }, mask));
      const seg = join(folder, 'dicom', 'seg.dcm');
      const { code, out, err } = sentinode(
        ['export', mask, '--series', 'dicom', '--out', seg, '--json', '--quiet'],
        folder,
      );
      expect([code, err]).toEqual([0, '']);
      // Two slices of two labels and one slice of the third.
      expect(JSON.parse(out)).toMatchObject({ segments: 3, frames: 5 });
      if (verifier) expect(complaints(seg)).toEqual([]);
      expect(sentinode(['import', 'dicom', '--out', 'out', '--quiet'], folder).code).toBe(0);
      const [path] = [...filesUnder(join(folder, 'out')).keys()].filter((name) =>
        name.endsWith('SEG.nii.gz'),
      );
      const back = await readVolume(new Uint8Array(readFileSync(join(folder, 'out', path!))));
      // Segments are numbered from 1 on, in the order of the labels.
      const numbers = [0, 1, 2, 0, 3];
      expect([...back.data]).toEqual([...labels].map((label) => numbers[label]));
    }));

  it('refuses a mask of another grid and writes nothing', () =>
    inFolder((folder) => {
      mkdirSync(join(folder, 'series'));
      madeSeries(3).forEach((bytes, at) => writeFileSync(join(folder, 'series', `${at}`), bytes));
      const geometry = {
        size: [4, 3, 3],
        spacing: [1, 1, 1],
        origin: [0, 0, 0],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      } as const;
      const data = new Uint8Array(36).fill(1);
      writeFileSync(
        join(folder, 'mask.nii'),
        writeVolume({ geometry, elementType: 'uint8', data }, 'mask.nii'),
      );
      const args = [
        'export',
        join(folder, 'mask.nii'),
        '--series',
        join(folder, 'series'),
        '--out',
        join(folder, 'seg.dcm'),
      ];
      const { code, err } = sentinode([...args, '--quiet']);
      expect([code, err]).toEqual([2, expect.stringMatching(/grid of none of the images/)]);
      expect(existsSync(join(folder, 'seg.dcm'))).toBe(false);
    }));
});
