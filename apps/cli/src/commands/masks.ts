import { basename } from 'node:path';
import { SentinodeError, withPlace } from '@sentinode/core';
import { NOTICE } from '@sentinode/study';
import {
  assertSameGrid,
  type ConsensusRule,
  consensusMask,
  consensusRules,
  type Mask,
  type MaskAgreement,
  maskAgreement,
  maskFromLabels,
  planeViews,
  readVolume,
  type Volume,
  writeVolume,
} from '@sentinode/volume';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { chosenLabel } from '../adapters/files/label-names.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';

interface Options {
  consensus?: string;
  out?: string;
  label?: string;
  labels?: string;
  image?: string;
  picture?: string;
}

/** Pixels of a picture's longer side. */
const PICTURE_SIDE = 240;

/** Agreement of two of the masks given, by their place in the list from 1. */
interface Pair {
  readonly readers: readonly [number, number];
  readonly agreement: MaskAgreement;
}

export const masks: CommandKind = {
  name: 'masks',
  declare: (command, start) => {
    command
      .description('how far the masks of several readers agree, and their consensus')
      .argument('<masks...>', 'masks of one image, one per reader')
      .option('--label <label>', 'number or name of the label; any non-zero voxel when left out')
      .option('--labels <file>', 'label description file of ITK-SNAP; default: <mask>.labels.txt')
      .option('--image <file>', 'the image that the masks were drawn on, for a picture')
      .option('--picture <file>', 'page with the outlines of all masks on that image, e.g. masks.html')
      .option('--consensus <rule>', `also write a mask by ${consensusRules.join(', ')}`)
      .option('--out <file>', 'the consensus (.nii, .nii.gz, .nrrd)')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode masks reader1.nii.gz reader2.nii.gz\n  sentinode masks reader1.nii.gz reader2.nii.gz reader3.nii.gz --consensus staple --out consensus.nii.gz',
      )
      .action((paths: string[], options: Options) =>
        start(async (session) => {
          const rule = ruleOf(options);
          const read = await Promise.all(paths.map((path) => maskOf(path, options)));
          const pairs = pairsOf(read);
          let consensus: { file: string; rule: string; voxels: number } | undefined;
          if (rule !== undefined && options.out !== undefined) {
            const mask = consensusMask(read, rule);
            const volume = { geometry: mask.geometry, elementType: 'uint8', data: mask.data } as const;
            await atomicWrite(options.out, writeVolume(volume, options.out));
            consensus = { file: options.out, rule, voxels: mask.data.reduce((sum, value) => sum + value, 0) };
          }
          await drawMasks(read, paths, pairs, options);
          const result = { pairs, ...(consensus === undefined ? {} : { consensus }), notice: NOTICE };
          session.print(session.global.json ? JSON.stringify(result, null, 2) : readable(pairs, consensus));
          return 0;
        }),
      );
  },
};

function ruleOf({ consensus, out }: Options): ConsensusRule | undefined {
  if ((consensus === undefined) !== (out === undefined))
    throw new SentinodeError('usage', '--consensus and --out go together.', { field: '--consensus' });
  const rule = consensusRules.find((one) => one === consensus);
  if (consensus !== undefined && rule === undefined)
    throw new SentinodeError('usage', `--consensus takes ${consensusRules.join(', ')}, not "${consensus}".`, {
      field: '--consensus',
    });
  return rule;
}

async function maskOf(path: string, { label: text, labels }: Options): Promise<Mask> {
  const label = await chosenLabel({ text, mask: path, labels });
  const volume = await readVolume(await readUserFile(path, 'mask'), { file: path });
  try {
    return maskFromLabels(volume, label);
  } catch (error) {
    throw error instanceof SentinodeError ? error.at({ file: path }) : error;
  }
}

async function drawMasks(
  read: readonly Mask[],
  paths: readonly string[],
  pairs: readonly Pair[],
  { image: path, picture }: Options,
): Promise<void> {
  if ((path === undefined) !== (picture === undefined))
    throw new SentinodeError('usage', '--picture and --image go together.', { field: '--picture' });
  if (path === undefined || picture === undefined) return;
  const image = await readVolume(await readUserFile(path, 'image'), { file: path });
  read.forEach((mask, reader) => {
    withPlace({ file: paths[reader] }, () => assertSameGrid(image, mask));
  });
  const regions = read.map((mask): Volume => ({ ...mask, elementType: 'uint8' }));
  const { renderMasks } = await import('@sentinode/report');
  const page = renderMasks(
    NOTICE,
    {
      near: planeViews(image, regions, { side: PICTURE_SIDE, field: 'near' }),
      whole: planeViews(image, regions, { side: PICTURE_SIDE, field: 'all' }).slice(0, 1),
    },
    paths.map((file, reader) => `${reader + 1}: ${basename(file)}`),
    tableOf(pairs),
  );
  await atomicWrite(picture, page);
}

function pairsOf(read: readonly Mask[]): Pair[] {
  if (read.length < 2)
    throw new SentinodeError('usage', 'One mask is given, and two readers are needed to compare.', {
      field: 'masks',
    });
  const pairs: Pair[] = [];
  for (let first = 0; first < read.length; first++)
    for (let second = first + 1; second < read.length; second++)
      pairs.push({ readers: [first + 1, second + 1], agreement: maskAgreement(read[first], read[second])! });
  return pairs;
}

function readable(
  pairs: readonly Pair[],
  consensus: { file: string; rule: string; voxels: number } | undefined,
): string {
  const { columns, rows } = tableOf(pairs);
  return [
    textTable(columns, rows),
    ...(consensus === undefined
      ? []
      : ['', `${consensus.file}: consensus by ${consensus.rule}, ${consensus.voxels} voxels`]),
    NOTICE,
  ].join('\n');
}

function tableOf(pairs: readonly Pair[]): { columns: string[]; rows: string[][] } {
  const digits = (value: number, count: number): string => value.toFixed(count);
  const rows = pairs.map(({ readers, agreement: one }) => [
    `${readers[0]} and ${readers[1]}`,
    digits(one.dice, 3),
    digits(one.jaccard, 3),
    digits(one.hausdorff95, 2),
    digits(one.meanSurfaceDistance, 2),
    one.volumes.map((ml) => digits(ml, 2)).join(' and '),
    `${digits(one.volumeDifference, 1)} %`,
  ]);
  return {
    columns: [
      'readers',
      'Dice',
      'Jaccard',
      'Hausdorff 95 %, mm',
      'mean distance, mm',
      'volumes, ml',
      'difference',
    ],
    rows,
  };
}
