import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pseudonyms, planImport, scanFiles } from '@sentinode/dicom';
import { writeVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../../../../packages/dicom/src/testing/segments.ts';
import { asSources, madeSeries } from '../../../../../packages/dicom/src/testing/series.ts';
import { inFolder, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const ofSnap = `# ITK-SnAP Label Description File
    0     0    0    0        0  0  0    "Clear Label"
    1   255    0    0        1  1  1    "Tumour"
    4     0  255    0     0.50  1  0    "Node, axilla"
    2     0  255    0        1  1  0    "D\u00fcr\\x"
`;

/** An image and a mask whose ball is label 4 in its lower half and 1 above. */
const place = (folder: string): void => {
  writeFileSync(join(folder, 'image.nii'), nifti(grid(), 'int16', texture));
  const labels = (x: number, y: number, z: number): number => ball(x, y, z) * (z < 6 ? 4 : 1);
  writeFileSync(join(folder, 'mask.nii'), nifti(grid(), 'uint8', labels));
};

describe('labels by name', () => {
  it('are understood by check, masks and extract, from the file given or the one beside the mask', () =>
    inFolder((folder) => {
      place(folder);
      writeFileSync(join(folder, 'snap.label'), ofSnap);
      writeFileSync(
        join(folder, 'p.yaml'),
        'imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean, Energy]}\n',
      );
      const check = (...more: string[]) =>
        sentinode(['check', 'image.nii', 'mask.nii', '--json', '--quiet', ...more], folder);
      const named = JSON.parse(
        check('--label', 'node, axilla', '--labels', 'snap.label', '--out', 'c.html').out,
      );
      const numbered = JSON.parse(check('--label', '4').out);
      expect(named.region.voxels).toBe(numbered.region.voxels);
      expect(named.region.labels.map(({ label, name }: Record<string, unknown>) => [label, name])).toEqual([
        [1, 'Tumour'],
        [4, 'Node, axilla'],
      ]);
      expect(readFileSync(join(folder, 'c.html'), 'utf8')).toContain('4 Node, axilla: ');
      expect(check('--label', 'tumour').err).toMatch(/No file describes the labels of the mask/);

      writeFileSync(join(folder, 'mask.labels.txt'), ofSnap);
      const extract = (label: string): unknown =>
        JSON.parse(
          sentinode(
            [
              'extract',
              'image.nii',
              'mask.nii',
              '--format',
              'json',
              '--label',
              label,
              '--quiet',
              '--params',
              'p.yaml',
            ],
            folder,
          ).out,
        ).features;
      expect(extract('tumour')).toEqual(extract('1'));
      const readers = sentinode(['masks', 'mask.nii', 'mask.nii', '--label', 'stroma', '--quiet'], folder);
      expect([readers.code, readers.err]).toEqual([
        2,
        expect.stringMatching(/No label is named "stroma"; described are 1 "Tumour", 4 "Node, axilla"/),
      ]);
    }));

  it('name the segments of a SEG file', () =>
    inFolder(async (folder) => {
      const files = madeSeries(3);
      files.forEach((bytes, at) => {
        writeFileSync(join(folder, `${at}.dcm`), bytes);
      });
      const plan = await planImport(
        await scanFiles(asSources(files)),
        await Pseudonyms.of(new Uint8Array(32)),
      );
      const { geometry } = plan.volumes[0]!.volume;
      const data = Uint8Array.from({ length: 36 }, (_, at) => (at < 12 ? 1 : at < 20 ? 4 : at < 22 ? 2 : 0));
      writeFileSync(join(folder, 'mask.nii'), writeVolume({ geometry, elementType: 'uint8', data }, 'm.nii'));
      writeFileSync(join(folder, 'snap.txt'), ofSnap);
      const args = [
        'export',
        'mask.nii',
        '--series',
        '.',
        '--labels',
        'snap.txt',
        '--out',
        'seg.out',
        '--quiet',
      ];
      expect(sentinode(args, folder).err).toBe('');
      expect(await segmentsOf(new Uint8Array(readFileSync(join(folder, 'seg.out'))))).toEqual([
        ['Tumour', 12],
        ['Dur/x', 2],
        ['Node, axilla', 8],
      ]);
    }));
});
