import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { compareRuns, type RunComparison, reasonsOf } from '@sentinode/study';
import { readIfThere } from '../adapters/files/read-file.ts';
import { runRecord } from '../adapters/files/run-folder.ts';
import type { CommandKind, Session } from './command.ts';
import { comparisonLines, openRun } from './compare.ts';
import { runStudyFolder } from './run.ts';

interface Options {
  study?: string;
  out?: string;
  jobs?: string;
}

export const rerun: CommandKind = {
  name: 'rerun',
  declare: (command, start) => {
    command
      .description('repeats a finished run from nothing and says byte by byte whether it came out the same')
      .argument('<run>', 'folder of a finished run')
      .option('--study <file>', 'study file; default where it was when the run was made')
      .option('--out <folder>', 'new folder of the repetition; default <run>-again')
      .option('--jobs <number>', 'worker threads; has no influence on any number')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode rerun results\n\nExit code 0 where every file is the same, 1 where one differs; log.jsonl has times and is not compared.',
      )
      .action((folder: string, options: Options) => start((session) => repeat(folder, options, session)));
  },
};

async function repeat(folder: string, options: Options, session: Session): Promise<number> {
  const before = await openRun(folder);
  const { study: remembered } = await runRecord(resolve(folder));
  const study = options.study ?? remembered;
  if (study === undefined || (await readIfThere(study)) === undefined)
    throw new SentinodeError(
      'file-missing',
      `Where the study file of this run lies is not known${study === undefined ? '' : ', or it is no longer there'}; name it with --study.`,
      { field: '--study', ...(study === undefined ? {} : { file: study }) },
    );
  const out = options.out ?? `${folder.replace(/[/\\]+$/, '')}-again`;
  if ((await readdir(out).catch(() => [] as string[])).length > 0)
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" is not empty, so that a repetition would not start from nothing; choose another --out.`,
      { file: out },
    );
  await runStudyFolder(study, { out, jobs: options.jobs }, session);
  const found = compareRuns(before, await openRun(out));
  const same = isSame(found);
  const reasons = same ? [] : reasonsOf(found);
  if (session.global.json) session.print(JSON.stringify({ same, reasons, ...found }, null, 2));
  else session.print([...verdict(found, same, reasons, folder, out), before.provenance.notice].join('\n'));
  return same ? 0 : 1;
}

const isSame = ({ files }: RunComparison): boolean =>
  files.different.length + files.onlyA.length + files.onlyB.length === 0;

function verdict(
  found: RunComparison,
  same: boolean,
  reasons: readonly string[],
  folder: string,
  out: string,
): string[] {
  if (same) return [`The same: all ${found.files.same} files of ${folder} came out byte for byte in ${out}.`];
  return [
    `Not the same. ${reasons.length === 0 ? 'Study file, inputs and versions are those of the first run: this is a fault of sentinode, please report it.' : `Why, as far as provenance says: ${reasons.join('; ')}.`}`,
    '',
    ...comparisonLines(found, folder, out),
  ];
}
