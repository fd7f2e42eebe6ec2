import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedWeights } from '@sentinode/deep';
import { textTable } from '../../terminal/text-table.ts';
import type { Session } from '../command.ts';
import { readRecord } from './record-file.ts';

/** Imported weights of a folder, and the published ones. */
export async function listWeights(folder: string, session: Session): Promise<number> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.onnx$/i.test(name)).sort();
  const imported = await Promise.all(
    names.map(async (name) => ({
      file: join(folder, name),
      record: (await readRecord(join(folder, name))) ?? null,
    })),
  );
  if (session.global.json) {
    session.print(JSON.stringify({ imported, published: publishedWeights }, null, 2));
    return 0;
  }
  session.print(
    imported.length === 0
      ? `No imported weights in ${folder}.`
      : textTable(
          ['file', 'network', 'origin', 'SHA-256'],
          imported.map(({ file, record }) => [
            file,
            record?.backbone ?? 'not imported',
            record?.origin ?? '',
            record?.sha256.slice(0, 16) ?? '',
          ]),
        ),
  );
  session.print('\nPublished (sentinode weights fetch <network>):');
  session.print(
    textTable(
      ['network', 'origin', 'file'],
      publishedWeights.map(({ backbone, origin, file }) => [backbone, origin, file]),
    ),
  );
  return 0;
}
