import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { SentinodeError } from '@sentinode/core';
import {
  acquisitionCsv,
  acquisitionTable,
  expandSources,
  indexTable,
  Pseudonyms,
  planImport,
  runImport,
  type SkippedFile,
  scanFiles,
} from '@sentinode/dicom';
import { NOTICE } from '@sentinode/study';
import { openImportFolder } from '../../adapters/files/import-folder.ts';
import { type PseudonymKey, pseudonymKey } from '../../adapters/files/pseudonym-key.ts';
import { filesToRead } from '../../adapters/files/walk-folder.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import type { CommandKind, Session } from '../command.ts';
import { readable } from './readable.ts';
import type { ImportResult } from './result.ts';

interface Options {
  out: string;
  key?: string;
}

export const importCommand: CommandKind = {
  name: 'import',
  declare: (command, start) => {
    command
      .description(
        'DICOM series, sorted, divided and written as NIfTI with an index; no identifier in any name',
      )
      .argument('<dicom>', 'folder, archive (zip, tar, tar.gz), DICOMDIR or file')
      .requiredOption('--out <folder>', 'new, empty, or filled by an earlier import')
      .option('--key <file>', 'secret that pseudonyms are made with; made as <out>.key when left out')
      .addHelpText('after', '\nExample:\n  sentinode import dicom --out images')
      .action((path: string, options: Options) =>
        start(async (session) => {
          const key = await pseudonymKey(options.key, options.out);
          const result = await importFolder(path, options.out, key, session);
          session.print(session.global.json ? JSON.stringify(result, null, 2) : readable(result));
          return result.volumes.some(({ error }) => error !== null) ? 1 : 0;
        }),
      );
  },
};

/** zlib's fastest level, beside the main thread: a tenth larger than what it gives with five times the work. */
const gzipped = promisify(gzip);
const compress = async (bytes: Uint8Array): Promise<Uint8Array> => gzipped(bytes, { level: 1 });

async function importFolder(
  path: string,
  out: string,
  key: PseudonymKey,
  session: Session,
): Promise<ImportResult> {
  const pseudonyms = await Pseudonyms.of(key.secret);
  const display = terminalProgress(session.global.quiet);
  const work = { progress: display.progress, signal: session.signal };
  try {
    const { sources, failed } = await expandSources(await filesToRead(path));
    const scan = await scanFiles(sources, work);
    const skipped = [...failed, ...scan.skipped];
    display.end();
    if (session.global.verbose)
      for (const { source, error } of skipped) session.remark(`left out: ${source.path}: ${error.message}`);
    if (scan.files.length === 0) throw nothingFound(path, skipped);
    const folder = await openImportFolder(out);
    if (key.made)
      session.remark(
        `Pseudonyms are made with ${key.path}. Keep it secret, and use it for later visits of these patients.`,
      );
    const plan = await planImport(scan, pseudonyms);
    const volumes = runImport(scan, plan, { ...work, compress, finished: folder.finished });
    let next = await volumes.next();
    for (; next.done !== true; next = await volumes.next()) await folder.write(next.value);
    const entries = next.value;
    const result: ImportResult = {
      folder: folder.path,
      files: sources.length,
      copies: scan.copies,
      skipped: reasonsOf(skipped),
      volumes: entries,
      notice: NOTICE,
    };
    const { folder: _, ...index } = result;
    await folder.close([
      { path: 'index.csv', text: indexTable(entries) },
      { path: 'acquisition.csv', text: acquisitionCsv(acquisitionTable(entries)) },
      { path: 'index.json', text: `${JSON.stringify(index, null, 2)}\n` },
    ]);
    return result;
  } finally {
    display.end();
  }
}

/** Reasons with the number of files of each, the most frequent first; no path, as folders are named after patients. */
function reasonsOf(skipped: readonly SkippedFile[]): ImportResult['skipped'] {
  const counts = new Map<string, number>();
  for (const { error } of skipped) counts.set(error.message, (counts.get(error.message) ?? 0) + 1);
  return [...counts]
    .map(([reason, files]) => ({ reason, files }))
    .sort((a, b) => b.files - a.files || (a.reason < b.reason ? -1 : 1));
}

function nothingFound(path: string, skipped: readonly SkippedFile[]): SentinodeError {
  const [first] = reasonsOf(skipped);
  const why =
    first === undefined ? 'It holds no file.' : `${first.files} of ${skipped.length}: ${first.reason}`;
  return new SentinodeError('dicom-none', `No DICOM image was found. ${why}`, { file: path });
}
