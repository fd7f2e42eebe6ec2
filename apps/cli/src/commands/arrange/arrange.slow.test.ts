import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../../testing/command.ts';

const peer = JSON.parse(
  readFileSync(new URL('../../../../../reference/dicom/dce-case.json', import.meta.url), 'utf8'),
) as { voxels: number; features: Record<string, number> };

describe.skipIf(!hasShared('mri-breast-dce-ucsf'))('arrange', () => {
  it('takes the images of a real import, asks for what is open, takes the answer, and leaves other folders alone', () =>
    inFolder(async (folder) => {
      const [imported, study] = [join(folder, 'imported'), join(folder, 'study')];
      const archive = shared('mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz');
      expect(sentinode(['import', archive, '--out', imported, '--quiet']).code).toBe(0);
      const rules = join(folder, 'rules.yaml');
      writeFileSync(
        rules,
        'visits: {pre: first}\nsequences:\n  DCE: {kind: DCE, seconds: 400}\n  SUB: {kind: DCE, phase: 2, minus: 1}\n  T2WI: {kind: T2WI}\n',
      );
      const args = ['arrange', imported, '--out', study, '--rules', rules, '--quiet', '--json'];
      const { code, out } = sentinode(args);
      expect(code).toBe(0);
      const { images, open } = JSON.parse(out) as {
        images: { files: string[]; masks: string[] }[];
        open: unknown[];
      };
      expect(images.map(({ files }) => files.map((file) => file.split('/').at(-1)))).toEqual([
        ['01_DCE_phase2.nii.gz'],
        ['01_DCE_phase1.nii.gz', '01_DCE_phase2.nii.gz'],
      ]);
      expect(images[0].masks).toHaveLength(1);
      expect(open).toMatchObject([{ sequence: 'T2WI', reason: 'no T2WI series', candidates: [] }]);
      const [patient] = [...filesUnder(imported).keys()]
        .map((path) => path.split('/')[0])
        .filter((name) => name.startsWith('P'));
      expect([...filesUnder(study).keys()]).toEqual([
        'arrangement.json',
        'choices.csv',
        'findings.csv',
        `images/${patient}/pre_DCE.nii.gz`,
        `images/${patient}/pre_SUB.nii.gz`,
        `masks/${patient}/pre_DCE_reader1.nii.gz`,
        `masks/${patient}/pre_SUB_reader1.nii.gz`,
        'scans.csv',
      ]);
      const [image, mask] = ['images', 'masks'].map((kind) =>
        join(study, kind, patient, kind === 'images' ? 'pre_DCE.nii.gz' : 'pre_DCE_reader1.nii.gz'),
      );
      const [before, after, difference] = await Promise.all(
        [
          join(imported, images[1].files[0]),
          join(imported, images[1].files[1]),
          join(study, 'images', patient, 'pre_SUB.nii.gz'),
        ].map((path) => readVolume(new Uint8Array(readFileSync(path)))),
      );
      expect(difference.data.every((value, at) => value === after.data[at] - before.data[at])).toBe(true);
      const params = join(folder, 'params.yaml');
      writeFileSync(params, 'imageType: {Original: {}}\nsetting: {binWidth: 25}\n');
      const measured = sentinode(['extract', image, mask, '--params', params, '--json', '--quiet']);
      expect(measured.code, measured.err).toBe(0);
      const { features } = JSON.parse(measured.out) as { features: Record<string, number> };
      // SimpleITK read the same DICOM files and PyRadiomics measured them. It takes the distance of slices from positions that are
      // rounded in the files (2.00000007 mm), and the import keeps 2 mm: 3.4e-8 of a volume, less of everything else.
      expect(Object.keys(features)).toEqual(Object.keys(peer.features));
      for (const [name, value] of Object.entries(peer.features))
        expect([name, Math.abs(features[name] - value) <= 5e-8 * Math.abs(value)]).toEqual([name, true]);
      expect(peer.voxels).toBe(82_527);
      const choices = readFileSync(join(study, 'choices.csv'), 'utf8').replace(
        'pre,T2WI,,',
        `pre,T2WI,${patient}/S1/01_DCE_phase3.nii.gz,`,
      );
      writeFileSync(join(folder, 'choices.csv'), choices);
      const again = sentinode([...args, '--choices', join(folder, 'choices.csv')]);
      expect(JSON.parse(again.out)).toMatchObject({ open: [] });
      expect(sentinode(['arrange', imported, '--out', imported, '--quiet']).err).toMatch(
        /arrange did not make/,
      );
    }));
});
