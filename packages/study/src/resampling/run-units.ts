import { canonicalJson, sha256, throwIfAborted } from '@sentinode/core';
import type { Available } from '@sentinode/learning';
import type { StudyHost } from '../host/study-host.ts';
import { mapLimited } from '../images/limited.ts';
import type { ModelData } from '../models/model-data.ts';
import type { Recipe } from '../models/recipe.ts';
import { ENGINE_VERSION } from '../version.ts';
import { type ResamplingJob, type ResamplingResult, runResampling } from './job.ts';
import type { Unit, UnitResult } from './unit.ts';

/**
 * Computes units in the order of the list, finished ones from the cache, on the threads that the host offers.
 * Results do not depend on how many there are, nor on which was finished first.
 */
export async function runUnits(
  recipe: Recipe,
  data: ModelData,
  units: readonly Unit[],
  host: StudyHost,
  label: string,
  available?: Available,
): Promise<UnitResult[]> {
  const hash = await hashOf(data);
  const pieces = units.map((unit) => ({
    job: { recipe, data, unit },
    identity: { recipe, hash, unit },
  }));
  return (await runJobs(pieces, host, label, available)) as UnitResult[];
}

/** A job, and what its result depends on. */
interface Piece {
  readonly job: ResamplingJob;
  readonly identity: unknown;
}

/** Computes jobs as `runUnits` says. */
export async function runJobs(
  pieces: readonly Piece[],
  host: StudyHost,
  label: string,
  available?: Available,
): Promise<ResamplingResult[]> {
  // steps written by the caller cannot travel to another thread, and their code is in no hash
  const own = available?.steps !== undefined || available?.classifiers !== undefined;
  let done = 0;
  return mapLimited(pieces, own ? 1 : host.concurrency, async ({ job, identity }) => {
    throwIfAborted(host.signal);
    const key = `resampling-${await sha256(canonicalJson({ engine: ENGINE_VERSION, identity }))}`;
    const cached = own ? undefined : await host.cache.get(key);
    let text: string;
    if (cached === undefined) {
      const result =
        own || host.resample === undefined ? runResampling(job, available) : await host.resample(job);
      text = JSON.stringify(result);
      if (!own) await host.cache.put(key, new TextEncoder().encode(text));
    } else {
      text = new TextDecoder().decode(cached);
    }
    host.progress?.({ stage: label, done: ++done, total: pieces.length });
    return JSON.parse(text) as ResamplingResult;
  });
}

/** SHA-256 of everything in the data that a job can see. */
export async function hashOf(data: ModelData): Promise<string> {
  const tables = [data.radiomics, ...(data.readers ?? [null, null]), data.deep, ...data.copies];
  const hashes = await Promise.all(
    tables.map(async (table) => {
      if (table === null) return null;
      const bytes = new Float64Array(table.columns.length * table.ids.length);
      table.columns.forEach((column, j) => {
        bytes.set(column, j * table.ids.length);
      });
      return [await sha256(new Uint8Array(bytes.buffer)), await sha256(canonicalJson(table.names))];
    }),
  );
  const clinical = data.ids.map((id) => data.clinical.values.get(id) ?? null);
  return sha256(
    canonicalJson({
      ids: data.ids,
      outcomes: data.outcomes,
      groups: data.groups,
      centres: data.centres,
      variables: data.clinical.variables,
      clinical,
      hashes,
    }),
  );
}
