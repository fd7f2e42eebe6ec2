import { SentinodeError } from '@sentinode/core';
import { NOTICE } from '@sentinode/study';
import {
  assertSameGrid,
  biasFieldDefaults,
  correctBiasField,
  maskFromLabels,
  readVolume,
  type Volume,
  writeVolume,
} from '@sentinode/volume';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import type { CommandKind } from './command.ts';

interface Options {
  out: string;
  field?: string;
  mask?: string;
  shrink: string;
  iterations: string;
  controlPoints: string;
}

export const biasField: CommandKind = {
  name: 'bias-field',
  declare: (command, start) => {
    command
      .description("an image without the smooth gain of the receiver (N4, SimpleITK's settings)")
      .argument('<image>', 'image (.nii, .nii.gz, .nrrd, .mha)')
      .requiredOption('--out <file>', 'corrected image, float32 (.nii, .nii.gz, .nrrd)')
      .option('--field <file>', 'also write the factor by which each voxel was too bright')
      .option('--mask <file>', 'where the field is found; above the Otsu threshold when left out')
      .option('--shrink <number>', 'every so many voxels are looked at', String(biasFieldDefaults.shrink))
      .option('--iterations <list>', 'at most, on each level', biasFieldDefaults.iterations.join(','))
      .option('--control-points <number>', 'along each axis on the first level', '4')
      .addHelpText('after', '\nExample:\n  sentinode bias-field image.nii.gz --out corrected.nii.gz')
      .action((path: string, options: Options) =>
        start(async (session) => {
          const image = await readVolume(await readUserFile(path, 'image'), { file: path });
          const mask = options.mask === undefined ? undefined : await maskOf(options.mask, image);
          const given = {
            shrink: wholeOf(options.shrink, '--shrink'),
            iterations: options.iterations.split(',').map((part) => wholeOf(part, '--iterations')),
            controlPoints: wholeOf(options.controlPoints, '--control-points'),
          };
          const { image: corrected, field } = correctBiasField(image, given, mask);
          await atomicWrite(options.out, writeVolume(corrected, options.out));
          if (options.field !== undefined) {
            const volume: Volume = { ...image, elementType: 'float32', data: Float32Array.from(field) };
            await atomicWrite(options.field, writeVolume(volume, options.field));
          }
          const [low, high] = field.reduce(
            ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
            [Number.POSITIVE_INFINITY, 0],
          );
          const result = {
            file: options.out,
            settings: { ...biasFieldDefaults, ...given },
            field: [low, high],
            notice: NOTICE,
          };
          session.print(
            session.global.json
              ? JSON.stringify(result, null, 2)
              : `${options.out}: field from ${low.toFixed(3)} to ${high.toFixed(3)}\n${NOTICE}`,
          );
          return 0;
        }),
      );
  },
};

async function maskOf(path: string, image: Volume): Promise<Uint8Array> {
  const labels = await readVolume(await readUserFile(path, 'mask'), { file: path });
  try {
    assertSameGrid(image, labels);
    return maskFromLabels(labels).data;
  } catch (error) {
    throw error instanceof SentinodeError ? error.at({ file: path }) : error;
  }
}

function wholeOf(text: string, field: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text.trim()))
    throw new SentinodeError('usage', `${field} takes whole numbers from 1, not "${text}".`, { field });
  return Number(text);
}
