import { join } from 'node:path';
import { parseNumber, parseOptions, SentinodeError } from '@sentinode/core';
import { type SimulationOptions, simulateStudy, simulationSchema } from '@sentinode/study';
import { openSimulatedFolder } from '../adapters/files/simulated-folder.ts';
import { workerPool } from '../adapters/worker-pool/worker-pool.ts';
import { terminalProgress } from '../terminal/progress.ts';
import type { CommandKind } from './command.ts';

interface Options {
  out: string;
  patients: string;
  seed: string;
  effect: string;
  features?: true;
  format: string;
  detail: string;
}

/** Files on their way to the disk while the next are made; each waits for the disk itself. */
const WRITES_AT_ONCE = 16;

/** What a simulation left behind. */
export interface SimulationSummary {
  readonly folder: string;
  readonly study: string;
  readonly files: number;
  readonly bytes: number;
  readonly options: SimulationOptions;
}

export const simulate: CommandKind = {
  name: 'simulate',
  declare: (command, start) => {
    command
      .description('a synthetic cohort with study file, images or feature tables, and the truth')
      .requiredOption('--out <folder>', 'folder of the study; new, empty, or made by simulate')
      .option('--patients <number>', 'patients who take part; those who drop out come on top', '254')
      .option('--seed <number>', 'same seed, same bytes', '18')
      .option(
        '--effect <kind>',
        'none, paper or strong: what images and features know of the outcome',
        'paper',
      )
      .option('--features', 'feature tables in place of images')
      .option('--format <format>', 'of the images: nifti, or dicom as an archive exports them', 'nifti')
      .option('--detail <extent>', 'small (part of a breast, quick) or full', 'small')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode simulate --out cohort --patients 60\n  sentinode run cohort/study.yaml --out results',
      )
      .action((options: Options) =>
        start(async (session) => {
          const result = await simulateFolder(options.out, optionsOf(options), session);
          session.print(session.global.json ? JSON.stringify(result, null, 2) : readable(result));
          return 0;
        }),
      );
  },
};

function optionsOf(options: Options): SimulationOptions {
  const whole = (text: string, field: string): number => {
    const value = parseNumber(text);
    if (value === undefined)
      throw new SentinodeError('usage', `${field} takes a number, not "${text}".`, { field });
    return value;
  };
  return parseOptions(simulationSchema, {
    patients: whole(options.patients, '--patients'),
    seed: whole(options.seed, '--seed'),
    effect: options.effect,
    features: options.features ?? false,
    format: options.format,
    detail: options.detail,
  });
}

/** Simulates a study into a folder. @throws SentinodeError `output-not-empty`, those of `simulateStudy` */
export async function simulateFolder(
  out: string,
  options: SimulationOptions,
  session: { readonly signal: AbortSignal; readonly global: { readonly quiet: boolean } },
): Promise<SimulationSummary> {
  const display = terminalProgress(session.global.quiet);
  const pool = workerPool();
  const study = simulateStudy(options, {
    progress: display.progress,
    signal: session.signal,
    draw: pool.draw,
    concurrency: pool.workers,
  });
  let files = 0;
  let bytes = 0;
  try {
    // The first file shows that the options are good, before anything in the folder is touched.
    const first = await study.next();
    const folder = await openSimulatedFolder(out);
    const writing = new Set<Promise<void>>();
    const failed: unknown[] = [];
    for (let next = first; next.done !== true; next = await study.next()) {
      const { value } = next;
      // The study file is the last; it may appear only when all others are there.
      if (value.path === 'study.yaml' || value.path === 'template.yaml') await Promise.all(writing);
      while (writing.size >= WRITES_AT_ONCE) await Promise.race(writing);
      if (failed.length > 0) throw failed[0];
      const write: Promise<void> = folder
        .write(value)
        .catch((error: unknown) => void failed.push(error))
        .finally(() => writing.delete(write));
      writing.add(write);
      files++;
      bytes += value.bytes.length;
    }
    await Promise.all(writing);
    if (failed.length > 0) throw failed[0];
    return {
      folder: folder.path,
      study: join(folder.path, options.format === 'dicom' ? 'template.yaml' : 'study.yaml'),
      files,
      bytes,
      options,
    };
  } finally {
    await pool.close();
    display.end();
  }
}

function readable({ folder, study, files, bytes, options }: SimulationSummary): string {
  return [
    `Simulated data, not patients: ${options.patients} who take part and those who drop out, effect ${options.effect}, seed ${options.seed}.`,
    `${files} files, ${(bytes / 1e6).toFixed(1)} MB in ${folder}`,
    ...(options.format === 'dicom'
      ? [
          `Next: sentinode import ${join(folder, 'dicom')} --out imported`,
          `      sentinode arrange imported --out study --study ${study}`,
          '      sentinode run study/study.yaml --out results',
        ]
      : [`Next: sentinode run ${study} --out results`]),
  ].join('\n');
}
