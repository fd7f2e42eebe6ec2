import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import {
  type ExternalValidation,
  InputRecord,
  parseStudy,
  patientsOfStudy,
  patientsOfTable,
  readTable,
  validateModel,
} from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readUserFile } from '../../adapters/files/read-file.ts';
import { openRunFolder } from '../../adapters/files/run-folder.ts';
import { jobsOf } from '../../adapters/worker-pool/jobs.ts';
import { workerPool } from '../../adapters/worker-pool/worker-pool.ts';
import { interval, number } from '../../terminal/numbers.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import { type OpenedBundle, openBundle, signatureRemark } from '../bundle/open-bundle.ts';
import { trustedKeys, usualStore } from '../bundle/trust-store.ts';
import type { CommandKind, Session } from '../command.ts';
import { wholeNumber } from '../evaluate/parse.ts';
import { hostOf } from '../run.ts';

interface Options {
  model: string;
  table?: string;
  outcome?: string;
  positive: string;
  id?: string;
  decimal: '.' | ',';
  bootstraps: string;
  seed: string;
  out: string;
  jobs?: string;
}

type Given = Pick<Awaited<ReturnType<typeof patientsOfStudy>>, 'patients' | 'excluded'>;

export const validate: CommandKind = {
  name: 'validate',
  declare: (command, start) => {
    command
      .description('external validation of a locked model on another cohort; nothing is fitted again')
      .argument('[study]', 'study file of the other cohort; its split does not matter')
      .requiredOption('--model <bundle>', 'folder of a model that a run left (models/<name>)')
      .requiredOption('--out <folder>', 'new folder for report.html, metrics.json and tables')
      .option('--table <file>', 'in place of a study: clinical values, features and outcome by column')
      .option('--outcome <column>', 'with --table: column of the outcome')
      .option('--positive <value>', 'with --table: value of the outcome that is the event', '1')
      .option('--id <column>', 'with --table: id column; default the first')
      .option('--decimal <mark>', 'with --table: decimal mark', '.')
      .option('--bootstraps <number>', 'resamples behind bands and the interval of F1', '2000')
      .option('--seed <number>', 'seed of the bootstrap', '18')
      .option('--jobs <number>', 'worker threads; has no influence on any number')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode validate hospital-b/study.yaml --model results/models/dlr --out validation\n  sentinode validate --model results/models/clinical --table hospital-b.csv --outcome apcr --out validation',
      )
      .action((study: string | undefined, options: Options) =>
        start((session) => validateCohort(study, options, session)),
      );
  },
};

async function validateCohort(
  study: string | undefined,
  options: Options,
  session: Session,
): Promise<number> {
  if ((study === undefined) === (options.table === undefined))
    throw new SentinodeError('usage', 'Give either a study file or --table.');
  const out = resolve(options.out);
  await refuseOther(out);
  const bundle = await openBundle(options.model, await trustedKeys(usualStore()));
  const given: Given =
    study === undefined
      ? await fromTable(options, bundle)
      : await fromStudy(study, options, out, bundle, session);
  const result = validateModel(bundle, given.patients, given.excluded, {
    seed: wholeNumber(options.seed, '--seed', 0),
    resamples: wholeNumber(options.bootstraps, '--bootstraps', 100),
  });
  const json = `${JSON.stringify(result, null, 1)}\n`;
  const { renderValidation } = await import('@sentinode/report');
  const files = renderValidation(result, signatureRemark(bundle.signature));
  for (const { path, content } of [...files, { path: 'metrics.json', content: json }])
    await atomicWrite(join(out, ...path.split('/')), content);
  for (const banner of result.banners) session.remark(`${banner}.`);
  session.remark(signatureRemark(bundle.signature));
  session.print(session.global.json ? json.trimEnd() : summaryOf(result, out));
  return 0;
}

/** A folder that is new, or of an earlier validation. @throws `output-not-empty` */
async function refuseOther(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => [] as string[]);
  if (entries.length === 0 || entries.includes('validation.html') || entries.includes('.sentinode')) return;
  throw new SentinodeError(
    'output-not-empty',
    `The folder "${folder}" holds files that are not of a validation; choose another --out.`,
    { file: folder },
  );
}

async function fromTable(options: Options, { model }: OpenedBundle): Promise<Given> {
  if (options.outcome === undefined)
    throw new SentinodeError('usage', 'With --table, name the column of the outcome: --outcome.', {
      field: '--outcome',
    });
  const { table: file, decimal, outcome, positive, id } = options;
  const table = await readTable(await readUserFile(file!, 'table'), { file: file!, decimal });
  return patientsOfTable(model, table, { id, outcome, positive, decimal });
}

async function fromStudy(
  path: string,
  options: Options,
  out: string,
  { model }: OpenedBundle,
  session: Session,
): Promise<Given> {
  const study = parseStudy(new TextDecoder().decode(await readUserFile(path, 'study file')), path);
  const output = await openRunFolder(out);
  const pool = workerPool(jobsOf(options.jobs));
  const display = terminalProgress(session.global.quiet);
  try {
    const host = await hostOf(
      dirname(resolve(path)),
      new InputRecord(),
      output,
      pool,
      display.progress,
      session.signal,
    );
    return await patientsOfStudy(model, study, host);
  } finally {
    display.end();
    await pool.close();
  }
}

function summaryOf({ patients, evaluation, differences, notice }: ExternalValidation, out: string): string {
  const { calibration } = evaluation;
  return [
    `${patients.evaluated} of ${patients.given} patients evaluated, ${patients.events} with the outcome; ${patients.refused} outside the domain, ${patients.excluded.length} excluded.`,
    `AUC ${number(evaluation.auc)} (${interval(evaluation.ci)})`,
    ...(calibration === null
      ? []
      : [
          `Calibration slope ${number(calibration.slope.value)} (${interval(calibration.slope.ci)}), in the large ${number(calibration.inTheLarge.value)} (${interval(calibration.inTheLarge.ci)})`,
        ]),
    ...differences.map(
      ({ against, difference, ci }) =>
        `AUC here minus ${against} cohort of the study: ${number(difference)}${ci === null ? '' : ` (${interval(ci)})`}`,
    ),
    `Report: ${join(out, 'validation.html')}`,
    notice,
  ].join('\n');
}
