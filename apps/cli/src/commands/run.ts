import { dirname, join, resolve } from 'node:path';
import { type Progress, SentinodeError } from '@sentinode/core';
import {
  InputRecord,
  parseStudy,
  runFiles,
  runStudy,
  type StudyHost,
  type StudyOutcome,
} from '@sentinode/study';
import { folderReader, readUserFile } from '../adapters/files/read-file.ts';
import { openRunFolder, rememberStudy } from '../adapters/files/run-folder.ts';
import { runLog } from '../adapters/files/run-log.ts';
import { nodeRuntime } from '../adapters/inference-session/node-runtime.ts';
import { drawReport } from '../adapters/report-files.ts';
import { versions } from '../adapters/versions.ts';
import { jobsOf } from '../adapters/worker-pool/jobs.ts';
import { workerPool } from '../adapters/worker-pool/worker-pool.ts';
import { interval, number } from '../terminal/numbers.ts';
import { terminalProgress } from '../terminal/progress.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind, Session } from './command.ts';

interface Options {
  out?: string;
  jobs?: string;
}

export const run: CommandKind = {
  name: 'run',
  declare: (command, start) => {
    command
      .description('the whole study: ledger, features, selection, models, evaluation, report')
      .argument('<study>', 'study file (study.yaml)')
      .option('--out <folder>', 'folder of the run; default sentinode-<name of the study> here')
      .option('--jobs <number>', 'worker threads; has no influence on any number')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode run study.yaml --out results\n\nInterrupted? The same command goes on where it stopped.',
      )
      .action((path: string, options: Options) =>
        start(async (session) => {
          const { outcome, folder } = await runStudyFolder(path, options, session);
          session.print(
            session.global.json ? JSON.stringify(outcome.results, null, 2) : summary(outcome, folder),
          );
          return 0;
        }),
      );
  },
};

/** `P Q/r` -> `p-q-r`, for a folder name. */
function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'study'
  );
}

/** Runs the study of a file into a folder. */
export async function runStudyFolder(
  path: string,
  options: Options,
  session: Session,
): Promise<{ outcome: StudyOutcome; folder: string }> {
  const text = new TextDecoder().decode(await readUserFile(path, 'study file'));
  const study = parseStudy(text, path);
  const folder = resolve(options.out ?? `sentinode-${slug(study.name)}`);
  const output = await openRunFolder(folder);
  const log = runLog(join(folder, 'log.jsonl'));
  await log('start', { study: study.name, engine: versions().sentinode });
  const pool = workerPool(jobsOf(options.jobs));
  const display = terminalProgress(session.global.quiet);
  const inputs = new InputRecord();
  try {
    const host = await hostOf(dirname(resolve(path)), inputs, output, pool, display.progress, session.signal);
    const outcome = await runStudy(study, host);
    // the threads have done their work; drawing needs their memory
    await pool.close();
    const provenance = await inputs.provenance(text, study, study.seed, versions());
    const files = [
      ...(await runFiles(outcome, provenance)),
      ...(await drawReport(outcome, display.progress)),
    ];
    display.end();
    await output.publish(files);
    await rememberStudy(folder, resolve(path));
    await log('end', { files: files.length });
    return { outcome, folder };
  } catch (error) {
    display.end();
    await log('failed', { code: error instanceof SentinodeError ? error.code : 'internal' });
    throw error;
  } finally {
    await pool.close();
  }
}

/** The study engine's view of this machine: files of one folder, worker threads, the inference runtime. */
export async function hostOf(
  folder: string,
  inputs: InputRecord,
  { cache, commitPlan }: Pick<StudyHost, 'cache' | 'commitPlan'>,
  pool: ReturnType<typeof workerPool>,
  progress: Progress,
  signal: AbortSignal,
): Promise<StudyHost> {
  const reader = folderReader(folder);
  return {
    readInput: async (path) => {
      const bytes = await reader.read(path);
      if (bytes !== undefined) await inputs.add(path, bytes);
      return bytes;
    },
    hasInput: reader.has,
    cache,
    commitPlan,
    extract: pool.extract,
    inspect: pool.inspect,
    resample: pool.resample,
    concurrency: pool.workers + 1,
    inference: nodeRuntime,
    progress,
    signal,
  };
}

/** What a person wants to see first: cohorts, columns left, AUCs, where the report is. */
export function summary({ results }: StudyOutcome, folder: string): string {
  const { training, validation } = results.cohorts;
  const steps = Object.entries(results.selection).map(
    ([block, selection]) =>
      `${block}: ${selection.steps.map((step) => `${step.step} ${step.count}`).join(' → ')}`,
  );
  const rows = results.models.map((model) => [
    model.name,
    String(model.predictors.length),
    `${number(model.training.auc.auc)} (${interval(model.training.auc.ci)})`,
    `${number(model.validation.auc.auc)} (${interval(model.validation.auc.ci)})`,
  ]);
  return [
    ...results.study.banners.map((banner) => `${banner}.`),
    `Training ${training.n} patients, ${training.events} with ${results.study.outcome} = ${results.study.positive}; validation ${validation.n}, ${validation.events}.`,
    ...steps,
    '',
    textTable(['model', 'predictors', 'AUC training (95 % CI)', 'AUC validation (95 % CI)'], rows),
    '',
    ...results.study.remarks.map((remark) => `Note: ${remark}`),
    `Report: ${join(folder, 'report.html')}`,
    results.notice,
  ].join('\n');
}
