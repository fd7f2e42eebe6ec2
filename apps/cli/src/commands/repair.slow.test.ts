import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../testing/command.ts';
import { ball, grid, nifti, texture } from '../testing/volumes.ts';

describe('repair', () => {
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
        'repair',
        place('image.nii'),
        place('mask.nii'),
        '--out',
        place('fixed.nii.gz'),
        '--json',
      ]);
      expect([code, JSON.parse(out)]).toMatchObject([0, { repaired: true, cause: 'lps-ras' }]);
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
        'repair',
        place('image.nii'),
        place('mask.nii'),
        '--out',
        place('x.nii'),
        '--quiet',
      ]);
      expect([shifted.code, shifted.err]).toEqual([
        2,
        expect.stringMatching(/half a voxel.*No repair is certain/),
      ]);
      const inPlace = sentinode([
        'repair',
        place('image.nii'),
        place('mask.nii'),
        '--out',
        place('mask.nii'),
        '--quiet',
      ]);
      expect([inPlace.code, inPlace.err]).toEqual([2, expect.stringMatching(/never made in place/)]);
    }));
});
