import { basename, join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { checkPaper, NOTICE, type PaperFile, type PaperReview, paperFiles } from '@sentinode/study';
import { readIfThere, readUserFile } from '../adapters/files/read-file.ts';
import type { Session } from './command.ts';

/**
 * Checks the arithmetic of a paper and prints what does not fit.
 * @param paths a folder, or files with the names of the tables
 * @returns exit code: 1 with `strict` when there is a finding
 */
export async function paperReview(
  paths: readonly string[],
  strict: boolean,
  session: Pick<Session, 'print' | 'global'>,
): Promise<number> {
  const review = checkPaper(await tablesOf(paths));
  session.print(session.global.json ? JSON.stringify({ ...review, notice: NOTICE }, null, 2) : text(review));
  return strict && review.findings.length > 0 ? 1 : 0;
}

async function tablesOf(paths: readonly string[]): Promise<Map<PaperFile, Uint8Array>> {
  const found = new Map<PaperFile, Uint8Array>();
  for (const path of paths) {
    const name = paperFiles.find((file) => file === basename(path));
    if (name !== undefined) found.set(name, await readUserFile(path, 'table'));
    else if (/\.csv$/i.test(path))
      throw new SentinodeError(
        'usage',
        `"${basename(path)}" is none of the tables of a paper; they are called ${paperFiles.join(', ')}.`,
        { file: path, field: '--paper' },
      );
    else
      for (const file of paperFiles) {
        const bytes = await readIfThere(join(path, file));
        if (bytes !== undefined) found.set(file, bytes);
      }
  }
  if (found.size === 0)
    throw new SentinodeError(
      'file-missing',
      `None of the tables of a paper is there: ${paperFiles.join(', ')}. docs/guide/paper-check.md says what they hold.`,
      { file: paths[0], field: '--paper' },
    );
  return found;
}

function text({ findings, checks }: PaperReview): string {
  const count = findings.length;
  return [
    count === 0 ? 'Nothing found.' : `${count} finding${count === 1 ? '' : 's'}.`,
    ...findings.flatMap(({ where, subject, printed, arithmetic, rounding }) => [
      `${where}: ${subject}: ${printed}`,
      `  ${arithmetic} ${rounding ? 'Rounding can explain it.' : 'Rounding cannot explain it.'}`,
    ]),
    '',
    'Looked for (comparisons made):',
    ...checks.map(({ looksFor, compared }) => `  ${looksFor} (${compared === 0 ? 'not printed' : compared})`),
    'A finding says that printed figures do not belong together, not which of them is wrong.',
    NOTICE,
  ].join('\n');
}
