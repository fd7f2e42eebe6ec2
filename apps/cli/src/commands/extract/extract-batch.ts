import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, isSentinodeError, SentinodeError, sha256, throwIfAborted } from '@sentinode/core';
import { type FeatureVector, isIbsi, type Protocol, summariseGreyLevels } from '@sentinode/radiomics';
import {
  decodeVectors,
  ENGINE_VERSION,
  encodeVectors,
  mapLimited,
  writeCsv,
  writeFeatureParquet,
} from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { chosenLabel } from '../../adapters/files/label-names.ts';
import { readIfThere } from '../../adapters/files/read-file.ts';
import { jobsOf } from '../../adapters/worker-pool/jobs.ts';
import { type WorkerPool, workerPool } from '../../adapters/worker-pool/worker-pool.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { type Case, readCases, shardOf } from './cases.ts';
import { cellsOf } from './columns.ts';
import { pathFormat } from './format-path.ts';
import { writeColumns } from './ibsi-columns.ts';
import type { ExtractOptions } from './options.ts';
import { channelOf, settingsOf, volumeFile } from './settings.ts';

type Result =
  | { readonly entry: Case; readonly vector: FeatureVector }
  | { readonly entry: Case; readonly error: SentinodeError };

/**
 * Features of every case of a list. Finished cases are kept in `<out>.partial` until the end, so that a batch that was
 * stopped goes on where it was; failed ones are listed in `<out>.failures.csv`.
 */
export async function extractBatch(options: ExtractOptions, list: string, session: Session): Promise<number> {
  const { out } = options;
  if (out === undefined)
    throw new SentinodeError('usage', 'A batch needs --out with the name of a .csv or .parquet file.', {
      field: '--out',
    });
  const format = options.format ?? (out.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv');
  if (format !== 'csv' && format !== 'parquet')
    throw new SentinodeError('usage', `--format takes csv or parquet for a batch, not "${format}".`, {
      field: '--format',
    });
  const path = pathFormat(options.formatPath);
  const settings = await settingsOf(options);
  const { columns, cases } = await readCases(list);
  const shard = shardOf(options.shard);
  const mine = cases.filter(({ row }) => row % shard.of === shard.part - 1);
  const partial = `${out}.partial`;
  await mkdir(partial, { recursive: true });
  const pool = workerPool(jobsOf(options.jobs));
  const display = terminalProgress(session.global.quiet);
  let done = 0;
  try {
    const results = await mapLimited(mine, pool.workers + 1, async (entry): Promise<Result> => {
      throwIfAborted(session.signal);
      try {
        return { entry, vector: await measureCase(entry, settings, options, partial, pool) };
      } catch (error) {
        if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
        return { entry, error };
      } finally {
        display.progress({ stage: 'radiomic features', done: ++done, total: mine.length });
      }
    });
    display.end();
    await atomicWrite(
      out,
      format === 'csv' ? csv(columns, results, options.skipNans === true, path) : parquet(results),
    );
    if (isIbsi(settings)) await writeColumns(out, namesOf(results));
    remarkWarnings(results, session);
    return await conclude(results, out, partial, session);
  } finally {
    display.end();
    await pool.close();
  }
}

/** Settings with what the row of the list says of the mask. */
function settingsOfCase({ labelChannel }: Case, settings: Protocol, label: number): Protocol {
  const label_channel = channelOf(labelChannel, isIbsi(settings) ? 0 : settings.label_channel);
  if (!isIbsi(settings)) return { ...settings, label, label_channel };
  if (label_channel !== 0)
    throw new SentinodeError(
      'not-built',
      'The IBSI mode reads masks of one channel; store the channel as a mask of its own.',
      { field: 'Label_channel' },
    );
  return { ...settings, label };
}

async function measureCase(
  entry: Case,
  settings: Protocol,
  { label: general, labels }: Pick<ExtractOptions, 'label' | 'labels'>,
  partial: string,
  pool: WorkerPool,
): Promise<FeatureVector> {
  const [image, mask] = [await volumeFile(entry.image, 'image'), await volumeFile(entry.mask, 'mask')];
  const label = async (text: string | undefined): Promise<number | undefined> =>
    chosenLabel({ text, mask: entry.mask, labels });
  const region = {
    lesions: 'union',
    label: (await label(entry.label)) ?? (await label(general)) ?? settings.label,
  } as const;
  const own = settingsOfCase(entry, settings, region.label);
  const bytes = [image, mask].flatMap((one) => [one.bytes, ...Object.values(one.siblings ?? {})]);
  const hashes = await Promise.all(bytes.map((part) => sha256(part)));
  const key = await sha256(canonicalJson({ engine: ENGINE_VERSION, settings: own, region, hashes }));
  const place = join(partial, key);
  const kept = await readIfThere(place);
  if (kept !== undefined) return decodeVectors(kept)[0]!;
  const { vectors } = await pool.extract({ image, masks: [mask], settings: own, region, otherGrid: true });
  await atomicWrite(place, encodeVectors(vectors));
  return vectors[0]!;
}

/**
 * Columns of the list, then diagnostics and features of the first case that was measured, then by name what only others
 * have, as the reference orders them; a failed case keeps its row with empty cells.
 */
function csv(
  columns: readonly string[],
  results: readonly Result[],
  skipNans: boolean,
  path: ((path: string) => string) | undefined,
): string {
  const cells = results.map((result) => ('vector' in result ? cellsOf(result.vector, skipNans) : new Map()));
  const first = [...(cells.find((row) => row.size > 0)?.keys() ?? [])];
  const others = new Set(cells.flatMap((row) => [...row.keys()]));
  for (const name of first) others.delete(name);
  const names = [...first, ...[...others].sort()];
  return writeCsv(
    [...columns, ...names],
    results.map(({ entry }, at) => [
      ...given(entry, columns, path),
      ...names.map((name) => cells[at]!.get(name) ?? ''),
    ]),
  );
}

/** Feature names of all cases, in the order in which they come. */
function namesOf(results: readonly Result[]): string[] {
  return [...new Set(results.flatMap((result) => ('vector' in result ? result.vector.names : [])))];
}

/** The cells of the list, the paths of image and mask in the form asked for. */
function given(
  { cells, image, mask }: Case,
  columns: readonly string[],
  path: ((path: string) => string) | undefined,
): readonly string[] {
  if (path === undefined) return cells;
  return columns.map((column, at) => {
    const name = column.toLowerCase();
    return name === 'image' ? path(image) : name === 'mask' ? path(mask) : (cells[at] ?? '');
  });
}

function parquet(results: readonly Result[]): Uint8Array {
  const measured = results.filter((result) => 'vector' in result);
  const names = namesOf(results);
  const columns = names.map(() => new Float64Array(measured.length).fill(Number.NaN));
  const position = new Map(names.map((name, index) => [name, index]));
  measured.forEach(({ vector }, row) => {
    vector.names.forEach((name, index) => {
      columns[position.get(name)!]![row] = vector.values[index]!;
    });
  });
  return writeFeatureParquet({ ids: measured.map(({ entry }) => entry.id), names, columns });
}

/** Each kind of warning once, with the number of cases that have it. */
function remarkWarnings(results: readonly Result[], session: Session): void {
  const kinds = new Map<string, { cases: Set<number>; first: string }>();
  const vectors = results.flatMap((result) => ('vector' in result ? [result.vector] : []));
  const greyLevels = summariseGreyLevels(vectors);
  for (const result of results) {
    if (!('vector' in result)) continue;
    for (const { code, message } of result.vector.warnings) {
      if (code === 'bins-unusual' && greyLevels !== undefined) continue;
      const key = code === 'setting-no-effect' ? `${code} ${message}` : code;
      const kind = kinds.get(key) ?? { cases: new Set(), first: `${message} (case ${result.entry.id})` };
      kinds.set(key, kind);
      kind.cases.add(result.entry.row);
    }
  }
  for (const [key, { cases, first }] of kinds)
    session.remark(
      `warning [${key.split(' ')[0]}] in ${cases.size} of ${results.length} cases, the first: ${first}`,
    );
  if (greyLevels !== undefined) session.remark(`warning [bins-unusual]: ${greyLevels}`);
}

async function conclude(
  results: readonly Result[],
  out: string,
  partial: string,
  session: Session,
): Promise<number> {
  const failed = results.filter((result) => 'error' in result);
  const list = `${out}.failures.csv`;
  if (failed.length === 0) {
    await Promise.all([rm(partial, { recursive: true, force: true }), rm(list, { force: true })]);
    session.remark(`${results.length} cases written to ${out}.`);
    return 0;
  }
  await atomicWrite(
    list,
    writeCsv(
      ['ID', 'Image', 'Mask', 'code', 'message'],
      failed.map(({ entry, error }) => [entry.id, entry.image, entry.mask, error.code, error.message]),
    ),
  );
  throw new SentinodeError(
    'cases-failed',
    `${failed.length} of ${results.length} cases failed; the reasons are in ${list}, the others in ${out}.`,
    { file: list },
  );
}
