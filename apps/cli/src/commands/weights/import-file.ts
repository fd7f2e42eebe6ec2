import { basename, join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { importWeights, type WeightsRecord } from '@sentinode/deep';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readIfThere, readUserFile } from '../../adapters/files/read-file.ts';
import type { Session } from '../command.ts';
import { recordPath } from './record-file.ts';

export interface ImportOptions {
  readonly out: string;
  readonly origin?: string;
  readonly licence?: string;
}

/** Imports a weights file of the user. */
export async function importFile(file: string, options: ImportOptions, session: Session): Promise<number> {
  const bytes = await readUserFile(file, 'weights file');
  const written = await writeImported(bytes, file, options);
  session.print(
    session.global.json ? JSON.stringify(written, null, 2) : readable(written.file, written.record),
  );
  return 0;
}

/**
 * Writes the pinned network and its record.
 * @throws SentinodeError `weights-invalid`, `weights-unsafe`; `output-not-empty` when another network has the name
 */
export async function writeImported(
  bytes: Uint8Array,
  file: string,
  { out, origin, licence }: ImportOptions,
): Promise<{ file: string; record: WeightsRecord }> {
  const { onnx, record } = await importWeights(bytes, file, { origin, licence });
  const stem = basename(file).replace(/\.(pth|pt|safetensors|onnx)$/i, '');
  const path = join(out, `${stem}.onnx`);
  const present = await readIfThere(path);
  if (present !== undefined && !Buffer.from(present.buffer, present.byteOffset, present.length).equals(onnx))
    throw new SentinodeError(
      'output-not-empty',
      `There is another network at "${path}"; remove it or choose another --out.`,
      { file: path },
    );
  await atomicWrite(path, onnx);
  await atomicWrite(recordPath(path), `${JSON.stringify(record, null, 2)}\n`);
  return { file: path, record };
}

function readable(file: string, record: WeightsRecord): string {
  return [
    `${file}: ${record.backbone}${record.features === null ? '' : `, ${record.features} features`}`,
    `origin   ${record.origin}`,
    `licence  ${record.licence}`,
    `source   ${record.source.file}, SHA-256 ${record.source.sha256}`,
    `SHA-256  ${record.sha256}`,
    'In the study file, which must lie in a folder above it (paths start at the folder of the study file):',
    record.backbone === 'onnx'
      ? `  deep: {backbone: onnx, weights: ${file}, network: {features: <how many it gives>}}`
      : `  deep: {backbone: ${record.backbone}, weights: ${file}}`,
  ].join('\n');
}
