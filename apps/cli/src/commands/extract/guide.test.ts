import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseParameters, parseProtocol } from '@sentinode/radiomics';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../../testing/command.ts';
import { ball, grid, nifti, texture } from '../../testing/volumes.ts';

const root = (path: string): string => new URL(`../../../../../${path}`, import.meta.url).pathname;
const guide = (name: string): string => readFileSync(root(`docs/guide/${name}.md`), 'utf8');
const blocks = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!);
/** A block of the page that holds a text. */
const block = (page: string, language: string, holding: string): string =>
  blocks(page, language).find((text) => text.includes(holding))!;

/** A small region and few features, so that what a page shows is shown quickly. */
const quick = `
imageType: {Original: {}}
featureClass: {firstorder: [], glcm: [Contrast, JointEntropy]}
`;
const quickIbsi = `
standard: ibsi
discretisation: {method: fixedBinNumber, binCount: 16}
aggregation: [3D]
`;

/** Files that the commands of the guides name. */
function withFiles<T>(use: (folder: string) => T): T | Promise<T> {
  return inFolder((folder) => {
    const write = (name: string, content: string | Uint8Array): void =>
      writeFileSync(join(folder, name), content);
    write('image.nii.gz', nifti(grid(), 'int16', texture));
    write('mask.nii.gz', nifti(grid(), 'uint8', ball));
    write('cases.csv', 'Image,Mask\nimage.nii.gz,mask.nii.gz\n');
    write('params.yaml', quick);
    write('voxel.yaml', block(guide('voxel-maps'), 'yaml', 'voxelSetting'));
    write('ibsi.yaml', quickIbsi);
    write('config-c.yaml', block(guide('ibsi'), 'yaml', 'fixedBinSize').replace('[2, 2, 2]', '[1, 1, 1]'));
    write('filters-b.yaml', block(guide('ibsi'), 'yaml', 'simoncelli'));
    return use(folder);
  });
}

const commands = ['extract', 'voxel-maps', 'explain', 'ibsi'].flatMap((page) =>
  blocks(guide(page), 'sh')
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => [page, line] as const),
);

describe('guides to extraction', () => {
  it('are there, with commands to be tried', () => expect(commands.length).toBeGreaterThan(8));

  it.each(commands)('%s: %s', (_, line) =>
    withFiles((folder) => {
      const [, text] = /^(?:npx )?sentinode (.+)$/.exec(line) ?? [];
      expect(text, line).toBeDefined();
      const { code, err } = sentinode([...text!.split(' '), '--quiet'], folder);
      expect(code, err).toBe(0);
    }),
  );

  it('show parameter files that are some', () => {
    const settings = parseParameters(blocks(guide('extract'), 'yaml')[0]!, 'guide.yaml');
    expect(settings.imageTypes.map(({ name }) => name)).toEqual(['Original', 'LoG']);
    expect(settings.imageTypes[1]!.measurement.binWidth).toBe(5);
    expect(settings.remarks).toEqual([]);
    for (const page of ['extract', 'voxel-maps', 'ibsi'])
      for (const text of blocks(guide(page), 'yaml'))
        expect(() => parseProtocol(text, `${page}.yaml`)).not.toThrow();
  });

  it('show programs that are those of the examples', () => {
    const shown = blocks(guide('library'), 'ts');
    expect(shown.length).toBeGreaterThanOrEqual(5);
    for (const text of shown) {
      const [, path, program] = /^\/\/ (examples\/[\w./-]+)\n([\s\S]+)$/.exec(text)!;
      expect(program!.trim(), path).toBe(readFileSync(root(path!), 'utf8').trim());
    }
  });
});
