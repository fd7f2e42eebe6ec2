import { parseNumber, SentinodeError } from '@sentinode/core';
import { NOTICE } from '@sentinode/study';
import { computeMap, type DerivedMap, derivedMaps, readVolume, writeVolume } from '@sentinode/volume';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import type { CommandKind } from './command.ts';

interface Options {
  out: string;
  times?: string;
  b?: string;
  minimumSignal: string;
  minimumEnhancement: string;
  cap?: string;
}

const names = derivedMaps.map(({ name }) => name).join(', ');

export const map: CommandKind = {
  name: 'map',
  declare: (command, start) => {
    command
      .description(
        'a map computed from several images: subtraction, enhancement, wash-in and -out, time to peak, ADC',
      )
      .argument('<map>', names)
      .argument('<images...>', 'images of one grid, in the order of acquisition')
      .requiredOption('--out <file>', 'volume to write (.nii, .nii.gz, .nrrd)')
      .option('--times <seconds>', 'seconds of each image, e.g. 0,90,180 (wash-in, wash-out, ttp)')
      .option('--b <values>', 'b-value of each image, e.g. 0,800,800,800 (adc)')
      .option('--minimum-signal <signal>', 'first image: below it a voxel is background', '0')
      .option('--minimum-enhancement <percent>', 'below it ser and wash-out are not computed', '0')
      .option('--cap <value>', 'highest value that is written')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode map ser phase1.nii.gz phase2.nii.gz phase3.nii.gz --out ser.nii.gz --minimum-enhancement 70 --cap 3\n  sentinode map adc b0.nii.gz b800.nii.gz --b 0,800 --out adc.nii.gz',
      )
      .action((name: string, images: string[], options: Options) =>
        start(async (session) => {
          const kind = mapOf(name);
          const volumes = await Promise.all(
            images.map(async (path) => readVolume(await readUserFile(path, 'image'), { file: path })),
          );
          const at = kind.needs === 'none' ? [] : listOf(kind.needs === 'times' ? '--times' : '--b', options);
          const { volume, undefinedVoxels } = computeMap(kind, volumes, at, {
            minimumSignal: numberOf(options.minimumSignal, '--minimum-signal'),
            minimumEnhancement: numberOf(options.minimumEnhancement, '--minimum-enhancement'),
            cap: options.cap === undefined ? Number.POSITIVE_INFINITY : numberOf(options.cap, '--cap'),
          });
          await atomicWrite(options.out, writeVolume(volume, options.out));
          const { title, unit, formula } = kind;
          const result = {
            file: options.out,
            map: name,
            unit,
            formula,
            voxels: volume.data.length,
            undefinedVoxels,
          };
          session.print(
            session.global.json
              ? JSON.stringify({ ...result, notice: NOTICE }, null, 2)
              : `${options.out}: ${title}, ${unit}, ${formula}\n${undefinedVoxels} of ${volume.data.length} voxels have no value and hold 0.\n${NOTICE}`,
          );
          return 0;
        }),
      );
  },
};

function mapOf(name: string): DerivedMap {
  const found = derivedMaps.find((one) => one.name === name);
  if (found === undefined)
    throw new SentinodeError('usage', `There is no map "${name}"; the maps are ${names}.`, { field: 'map' });
  return found;
}

function listOf(option: '--times' | '--b', options: Options): number[] {
  const text = option === '--times' ? options.times : options.b;
  if (text === undefined)
    throw new SentinodeError('usage', `This map needs ${option}, one number for each image, e.g. 0,90,180.`, {
      field: option,
    });
  return text.split(',').map((part) => numberOf(part, option));
}

function numberOf(text: string, field: string): number {
  const value = parseNumber(text);
  if (value === undefined)
    throw new SentinodeError('usage', `${field} takes numbers, not "${text}".`, { field });
  return value;
}
