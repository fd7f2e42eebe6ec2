import { dirname, resolve } from 'node:path';
import { isSentinodeError, SentinodeError } from '@sentinode/core';
import {
  type Audit,
  type AuditFinding,
  auditOfRun,
  behaviouralAudit,
  InputRecord,
  measureStudy,
  parseStudy,
  prepareStudy,
} from '@sentinode/study';
import { folderReader, readUserFile } from '../adapters/files/read-file.ts';
import { openRunFolder, runRecord } from '../adapters/files/run-folder.ts';
import { jobsOf } from '../adapters/worker-pool/jobs.ts';
import { workerPool } from '../adapters/worker-pool/worker-pool.ts';
import { terminalProgress } from '../terminal/progress.ts';
import { paperReview } from './audit-paper.ts';
import type { CommandKind, Session } from './command.ts';
import { openRun } from './compare.ts';
import { hostOf } from './run.ts';

interface Options {
  paper?: string[];
  study?: string;
  behavioural?: boolean;
  strict?: boolean;
  jobs?: string;
}

export const audit: CommandKind = {
  name: 'audit',
  declare: (command, start) => {
    command
      .description(
        'leakage audit of a finished run: who saw which rows, and what the tables give away; or the arithmetic of a paper',
      )
      .argument('[run]', 'folder of a run')
      .option('--paper <files...>', 'check the printed figures of a paper: its folder, or its tables as CSV')
      .option('--study <file>', 'study file of the run; for the behavioural test')
      .option(
        '--behavioural',
        'fit again with noise in place of every validation row; fitted files must not change',
      )
      .option('--strict', 'exit code 1 when there is a finding')
      .option('--jobs <number>', 'worker threads; has no influence on any number')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode audit results\n  sentinode audit results --study study.yaml --behavioural --strict\n  sentinode audit --paper paper/',
      )
      .action((folder: string | undefined, options: Options) =>
        start(async (session) => {
          if (options.paper !== undefined)
            return paperReview(options.paper, options.strict === true, session);
          if (folder === undefined)
            throw new SentinodeError(
              'usage',
              'Name the folder of a finished run, or the tables of a paper with --paper.',
              { field: 'run' },
            );
          const reader = folderReader(resolve(folder));
          const found = await auditOfRun(reader.read, folder);
          const behaviour = options.behavioural === true ? await behaviourOf(folder, options, session) : null;
          const findings = [
            ...(await editedSince(folder)),
            ...found.findings,
            ...(behaviour?.findings ?? []),
          ];
          session.print(
            session.global.json
              ? JSON.stringify(
                  { findings, ...(behaviour === null ? {} : { compared: behaviour.files }) },
                  null,
                  2,
                )
              : text(found, findings, behaviour),
          );
          return options.strict === true && findings.length > 0 ? 1 : 0;
        }),
      );
  },
};

/** Whether a file of the folder is missing or was edited; what the audit says of it is not then what the run did. */
async function editedSince(folder: string): Promise<AuditFinding[]> {
  try {
    const { hashes } = await runRecord(resolve(folder));
    if (hashes !== undefined) await openRun(folder);
    return [];
  } catch (error) {
    if (!isSentinodeError(error, 'run-invalid')) throw error;
    return [
      {
        code: 'run-edited',
        severity: 'warning',
        where: error.place.file ?? folder,
        rows: [],
        message: error.message,
        matters:
          'What is said below is read from these files; of an edited folder it need not be what the run did.',
      },
    ];
  }
}

async function behaviourOf(folder: string, options: Options, session: Session) {
  if (options.study === undefined)
    throw new SentinodeError(
      'usage',
      'The behavioural test fits the study again; name its study file with --study.',
      { field: '--study' },
    );
  const study = parseStudy(
    new TextDecoder().decode(await readUserFile(options.study, 'study file')),
    options.study,
  );
  const output = await openRunFolder(resolve(folder));
  const pool = workerPool(jobsOf(options.jobs));
  const display = terminalProgress(session.global.quiet);
  try {
    const host = await hostOf(
      dirname(resolve(options.study)),
      new InputRecord(),
      { cache: output.cache },
      pool,
      display.progress,
      session.signal,
    );
    const prepared = await prepareStudy(study, host);
    const measured = await measureStudy(prepared, host);
    return await behaviouralAudit(prepared, measured, host);
  } finally {
    display.end();
    await pool.close();
  }
}

function text(
  { checks, trail, notice }: Audit,
  findings: readonly AuditFinding[],
  behaviour: { readonly files: readonly string[]; readonly rows: number } | null,
): string {
  const lines = findings.flatMap((finding) => [
    `${finding.severity}: ${finding.message} [${finding.code}]`,
    `  where: ${finding.where}${finding.rows.length === 0 ? '' : `; ${finding.rows.length} rows`}`,
    `  how much it can matter: ${finding.matters}`,
  ]);
  return [
    findings.length === 0
      ? 'Nothing found.'
      : `${findings.length} finding${findings.length === 1 ? '' : 's'}.`,
    ...lines,
    '',
    `Fitted objects compared with the split: ${trail.fitted.length}; decisions: ${trail.decisions.length}.`,
    'Readings of the validation cohort:',
    ...trail.reads.map(({ purpose, rows }, index) => `  ${index + 1}. ${purpose} (${rows} rows)`),
    'Looked for:',
    ...checks.map(({ looksFor }) => `  ${looksFor}`),
    behaviour === null
      ? 'Not done: the behavioural test (--behavioural).'
      : `Behavioural test: ${behaviour.files.length} fitted files, ${behaviour.rows} validation rows replaced by noise.`,
    notice,
  ].join('\n');
}
