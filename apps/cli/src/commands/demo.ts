import { join, resolve } from 'node:path';
import { parseNumber, parseOptions, SentinodeError } from '@sentinode/core';
import { simulationSchema } from '@sentinode/study';
import type { CommandKind } from './command.ts';
import { runStudyFolder, summary } from './run.ts';
import { simulateFolder } from './simulate.ts';

interface Options {
  patients: string;
  seed: string;
  out: string;
  jobs?: string;
}

export const demo: CommandKind = {
  name: 'demo',
  declare: (command, start) => {
    command
      .description('a whole study on simulated images: simulate, measure, select, fit, evaluate, report')
      .option('--patients <number>', 'patients who take part', '48')
      .option('--seed <number>', 'same seed, same bytes', '18')
      .option('--out <folder>', 'folder for the simulated study and the run', 'sentinode-demo')
      .option('--jobs <number>', 'worker threads; has no influence on any number')
      .addHelpText('after', '\nExample:\n  sentinode demo\n  sentinode demo --patients 60 --out my-demo')
      .action((options: Options) =>
        start(async (session) => {
          const folder = resolve(options.out);
          const simulation = parseOptions(simulationSchema, {
            patients: patientsOf(options.patients),
            seed: whole(options.seed, '--seed'),
            effect: 'paper',
          });
          session.remark('Simulated images, no patients; deep features of a network that is not pretrained.');
          const simulated = await simulateFolder(join(folder, 'study'), simulation, session);
          const { outcome, folder: run } = await runStudyFolder(
            simulated.study,
            { out: join(folder, 'run'), jobs: options.jobs },
            session,
          );
          session.print(
            session.global.json ? JSON.stringify(outcome.results, null, 2) : summary(outcome, run),
          );
          return 0;
        }),
      );
  },
};

/** LASSO has ten folds, and both cohorts need both outcomes. */
const FEWEST = 20;

function patientsOf(text: string): number {
  const value = whole(text, '--patients');
  if (value < FEWEST)
    throw new SentinodeError(
      'usage',
      `The demo needs at least ${FEWEST} patients; --patients says ${text}.`,
      {
        field: '--patients',
      },
    );
  return value;
}

function whole(text: string, field: string): number {
  const value = parseNumber(text);
  if (value === undefined)
    throw new SentinodeError('usage', `${field} takes a number, not "${text}".`, { field });
  return value;
}
