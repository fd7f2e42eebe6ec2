import { SentinodeError } from '@sentinode/core';
import {
  type DeidentifiedCount,
  type DeidentifyOptions,
  deidentifyScan,
  expandSources,
  Pseudonyms,
  planImport,
  scanFiles,
} from '@sentinode/dicom';
import { NOTICE } from '@sentinode/study';
import { openImportFolder } from '../adapters/files/import-folder.ts';
import { pseudonymKey } from '../adapters/files/pseudonym-key.ts';
import { filesToRead } from '../adapters/files/walk-folder.ts';
import { terminalProgress } from '../terminal/progress.ts';
import type { CommandKind, Session } from './command.ts';

interface Options {
  out: string;
  key?: string;
  dates: string;
  keepAge?: true;
  keepPrivate?: true;
}

interface Result extends Omit<DeidentifiedCount, 'refused'> {
  readonly folder: string;
  /** Reasons with the number of files that were left out for each. */
  readonly leftOut: readonly { readonly reason: string; readonly files: number }[];
  readonly notice: string;
}

export const deidentify: CommandKind = {
  name: 'deidentify',
  declare: (command, start) => {
    command
      .description('copies of DICOM images and masks without what identifies patients (PS3.15 annex E)')
      .argument('<dicom>', 'folder, archive (zip, tar, tar.gz), DICOMDIR or file')
      .requiredOption('--out <folder>', 'new, empty, or filled by an earlier run')
      .option('--key <file>', 'secret that pseudonyms are made with; made as <out>.key when left out')
      .option(
        '--dates <rule>',
        'remove, or shift: all dates of a patient by one secret number of days',
        'remove',
      )
      .option('--keep-age', 'keep ages, those above 90 as 90')
      .option('--keep-private', "keep vendors' b-values, diffusion directions and scales")
      .addHelpText(
        'after',
        '\nExample:\n  sentinode deidentify dicom --out clean --key hospital.key --dates shift --keep-private',
      )
      .action((path: string, options: Options) =>
        start(async (session) => {
          const result = await copyFolder(path, options, session);
          session.print(session.global.json ? JSON.stringify(result, null, 2) : readable(result));
          return 0;
        }),
      );
  },
};

function optionsOf({ dates, keepAge, keepPrivate }: Options): DeidentifyOptions {
  if (dates !== 'remove' && dates !== 'shift')
    throw new SentinodeError('usage', `--dates takes remove or shift, not "${dates}".`, { field: '--dates' });
  return { dates, keepAge: keepAge ?? false, keepPrivate: keepPrivate ?? false };
}

async function copyFolder(path: string, options: Options, session: Session): Promise<Result> {
  const chosen = optionsOf(options);
  const key = await pseudonymKey(options.key, options.out);
  const pseudonyms = await Pseudonyms.of(key.secret);
  const display = terminalProgress(session.global.quiet);
  const work = { progress: display.progress, signal: session.signal };
  try {
    const { sources, failed } = await expandSources(await filesToRead(path));
    const scan = await scanFiles(sources, work);
    if (scan.files.length === 0)
      throw new SentinodeError('dicom-none', 'No DICOM image or mask was found.', { file: path });
    const folder = await openImportFolder(options.out);
    if (key.made)
      session.remark(`Pseudonyms are made with ${key.path}. Keep it secret: who has it can go back.`);
    const copies = deidentifyScan(scan, await planImport(scan, pseudonyms), pseudonyms, chosen, {
      ...work,
      finished: folder.finished,
    });
    let next = await copies.next();
    for (; next.done !== true; next = await copies.next()) await folder.write(next.value);
    await folder.close([]);
    const { refused, ...count } = next.value;
    const reasons = [...failed, ...scan.skipped].map(({ error }) => error);
    return { folder: folder.path, ...count, leftOut: counted([...refused, ...reasons]), notice: NOTICE };
  } finally {
    display.end();
  }
}

function counted(errors: readonly SentinodeError[]): Result['leftOut'] {
  const counts = new Map<string, number>();
  for (const { message } of errors) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].map(([reason, files]) => ({ reason, files }));
}

function readable({ folder, patients, series, files, leftOut, notice }: Result): string {
  const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
  return [
    `${plural(files, 'file', 'files')} of ${plural(series, 'series', 'series')} and ${plural(patients, 'patient', 'patients')} in ${folder}`,
    ...leftOut.map(({ reason, files: n }) => `left out, ${plural(n, 'file', 'files')}: ${reason}`),
    'Pixels are as they were: look whether a name is burned into a picture, or a face can be seen.',
    notice,
  ].join('\n');
}
