import { resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { gridMismatch, readVolume, repairGrid, writeVolume } from '@sentinode/volume';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import type { CommandKind } from './command.ts';

interface Options {
  out: string;
}

export const repair: CommandKind = {
  name: 'repair',
  declare: (command, start) => {
    command
      .description('why a mask does not lie on its image, and a copy that does where that is certain')
      .argument('<image>', 'image (.nii, .nii.gz, .nrrd, .mha)')
      .argument('<mask>', 'mask of that image')
      .requiredOption('--out <file>', 'the repaired copy; the mask itself is never changed')
      .addHelpText('after', '\nExample:\n  sentinode repair image.nii.gz mask.nii.gz --out repaired.nii.gz')
      .action((imagePath: string, maskPath: string, { out }: Options) =>
        start(async ({ print, global }) => {
          if ([imagePath, maskPath].some((path) => resolve(path) === resolve(out)))
            throw new SentinodeError('usage', 'A repair is never made in place; give another --out.', {
              field: '--out',
            });
          const image = await readVolume(await readUserFile(imagePath, 'image'), { file: imagePath });
          const mask = await readVolume(await readUserFile(maskPath, 'mask'), { file: maskPath });
          const mismatch = gridMismatch(image.geometry, mask.geometry);
          const repaired = repairGrid(image.geometry, mask);
          if (mismatch !== undefined && repaired === undefined) {
            throw new SentinodeError(
              'mask-geometry',
              `${mismatch.sentence} No repair is certain, so none is made: draw the mask on this image, or resample it and look at the result.`,
              { file: maskPath },
            );
          }
          if (repaired !== undefined) await atomicWrite(out, writeVolume(repaired.volume, out));
          const result =
            repaired === undefined
              ? {
                  repaired: false,
                  cause: null,
                  message: 'The mask lies on the grid of its image; nothing was written.',
                }
              : { repaired: true, cause: repaired.cause, message: repaired.sentence, file: out };
          print(
            global.json
              ? JSON.stringify(result, null, 2)
              : `${result.message}${repaired === undefined ? '' : `\n${out}`}`,
          );
          return 0;
        }),
      );
  },
};
