import { resolve } from 'node:path';
import {
  compareRuns,
  type RunComparison,
  type RunSnapshot,
  readRun,
  type SideBySide,
} from '@sentinode/study';
import { folderReader } from '../adapters/files/read-file.ts';
import { runRecord } from '../adapters/files/run-folder.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';

export const compare: CommandKind = {
  name: 'compare',
  declare: (command, start) => {
    command
      .description('settings, inputs and results of two finished runs side by side')
      .argument('<run-a>', 'folder of a run')
      .argument('<run-b>', 'folder of another run')
      .addHelpText('after', '\nExample:\n  sentinode compare results results-other-seed')
      .action((a: string, b: string) =>
        start(async (session) => {
          const found = compareRuns(await openRun(a), await openRun(b));
          session.print(
            session.global.json
              ? JSON.stringify(found, null, 2)
              : [...comparisonLines(found, a, b), `Research use only. Not for clinical decisions.`].join(
                  '\n',
                ),
          );
          return 0;
        }),
      );
  },
};

/** A finished run, every file held against what the run wrote down. @throws `run-invalid` */
export async function openRun(folder: string): Promise<RunSnapshot> {
  const { names, hashes } = await runRecord(resolve(folder));
  return readRun(folder, folderReader(resolve(folder)).read, names, hashes);
}

/** What two runs say of each other, for reading. */
export function comparisonLines(found: RunComparison, a: string, b: string): string[] {
  const { settings, inputs, versions, files, results, largest, studyFileSame } = found;
  const cell = (value: SideBySide['a']): string =>
    value === null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
  const table = (title: string, rows: readonly SideBySide[], none: string): string[] =>
    rows.length === 0
      ? [none]
      : [
          title,
          textTable(
            ['', a, b],
            rows.map((row) => [row.what, cell(row.a), cell(row.b)]),
          ),
          '',
        ];
  const list = (names: readonly string[]): string =>
    `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
  return [
    ...table(
      'Settings that differ',
      settings,
      studyFileSame ? 'The study files are the same.' : 'The study files differ in text, not in settings.',
    ),
    ...table('Inputs that differ (SHA-256)', inputs, 'The inputs are the same.'),
    ...table('Versions that differ', versions, 'The versions are the same.'),
    ...table('Results', results, ''),
    `${files.same} files are the same byte for byte, ${files.different.length} differ${files.different.length === 0 ? '' : `: ${list(files.different)}`}.`,
    ...(files.onlyA.length > 0 ? [`Only in ${a}: ${list(files.onlyA)}.`] : []),
    ...(files.onlyB.length > 0 ? [`Only in ${b}: ${list(files.onlyB)}.`] : []),
    largest === null
      ? 'No number of metrics.json differs.'
      : `The largest relative difference of a number in metrics.json is ${largest.relative.toPrecision(3)}, at ${largest.where}: ${largest.a} and ${largest.b}.`,
  ];
}
