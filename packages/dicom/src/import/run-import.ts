import { canonicalJson, isSentinodeError, sha256, throwIfAborted } from '@sentinode/core';
import { readStack } from '../series/read-volume.ts';
import { entryOfRefusal, entryOfVolume } from './entries.ts';
import { importMasks } from './import-masks.ts';
import { compressed, type ImportedFile, type RunImportOptions } from './imported-file.ts';
import type { IndexEntry } from './index-entry.ts';
import type { ImportPlan, PlannedVolume } from './plan.ts';
import type { Scan } from './scan.ts';

/** Changes when the same input would give other bytes. */
const FORMAT = 2;

/**
 * Decodes the planned volumes one at a time and gives their files; returns the index when all are made. A volume
 * that fails is listed with its reason and stops nothing.
 * @throws SentinodeError `interrupted`
 */
export async function* runImport(
  scan: Scan,
  plan: ImportPlan,
  options: RunImportOptions = {},
): AsyncGenerator<ImportedFile, IndexEntry[]> {
  const entries: IndexEntry[] = plan.refusals.map(entryOfRefusal);
  for (const [at, planned] of plan.volumes.entries()) {
    throwIfAborted(options.signal);
    options.progress?.({ stage: 'writing volumes', done: at, total: plan.volumes.length });
    const fingerprint = await fingerprintOf(planned);
    try {
      let hash = await options.finished?.(planned.file, fingerprint);
      if (hash === undefined) {
        const bytes = await compressed(await readStack(planned.volume, scan.open), options);
        hash = await sha256(bytes);
        yield { path: planned.file, bytes, fingerprint };
      }
      entries.push({ ...entryOfVolume(planned), file: planned.file, sha256: hash });
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      entries.push({ ...entryOfVolume(planned), error: { code: error.code, message: error.message } });
    }
  }
  options.progress?.({ stage: 'writing volumes', done: plan.volumes.length, total: plan.volumes.length });
  entries.push(...(yield* importMasks(scan, plan, options)));
  return entries.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function fingerprintOf({ volume }: PlannedVolume): Promise<string> {
  const slices = volume.slices.map(({ instance, frame, tile, slope, intercept, stored }) => [
    instance,
    frame,
    tile ?? null,
    slope,
    intercept,
    stored,
  ]);
  return sha256(canonicalJson([FORMAT, volume.geometry, slices]));
}

const orderOf = ({ patient, study, series, file, slices }: IndexEntry): string =>
  [
    patient,
    study.padStart(8, '0'),
    String(series).padStart(6, '0'),
    file ?? `~${String(slices).padStart(6, '0')}`,
  ].join('|');
