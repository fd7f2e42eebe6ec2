import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError, sha256 } from '@sentinode/core';
import type { RunFile } from '@sentinode/study';
import { atomicWrite } from './atomic-write.ts';
import { readIfThere } from './read-file.ts';

const MARKER = '.sentinode';
const STAGING = '.staging';
const HASHES = 'hashes.json';
const STUDY = 'study.json';

/** The folder of a run: a cache of finished parts, and results that appear all at once at the end. */
export interface RunFolder {
  readonly path: string;
  readonly cache: {
    get(key: string): Promise<Uint8Array | undefined>;
    put(key: string, bytes: Uint8Array): Promise<void>;
  };
  /** Writes an analysis plan down; a folder remembers every plan under which validation rows were read. */
  commitPlan(sha256: string, plan: string): Promise<{ number: number; changedAfterReading: boolean }>;
  /** Replaces the results of an earlier run by these files. */
  publish(files: readonly RunFile[]): Promise<void>;
}

/**
 * Opens a folder for a run: a new or empty one, or that of an earlier run.
 * @throws SentinodeError `output-not-empty` when it holds other people's files
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const entries = await readdir(path).catch(() => [] as string[]);
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${path}" holds files that are not of a run of sentinode; choose another --out.`,
      { file: path },
    );
  }
  const cacheFolder = join(path, MARKER, 'cache');
  await mkdir(cacheFolder, { recursive: true });
  await removePartials(cacheFolder);
  await rm(join(path, STAGING), { recursive: true, force: true });
  const place = (key: string): string => join(cacheFolder, key);
  return {
    path,
    cache: { get: (key) => readIfThere(place(key)), put: (key, bytes) => atomicWrite(place(key), bytes) },
    commitPlan: (sha256, plan) => commitPlan(path, sha256, plan),
    publish: (files) => publish(path, files),
  };
}

/** The same plan keeps its number; another one after it is a new plan, and says so. */
async function commitPlan(
  path: string,
  sha256: string,
  plan: string,
): Promise<{ number: number; changedAfterReading: boolean }> {
  const list = join(path, MARKER, 'plans.json');
  const earlier = await readFile(list, 'utf8').then(
    (text) => JSON.parse(text) as { sha256: string; plan: string }[],
    () => [],
  );
  const known = earlier.findIndex((one) => one.sha256 === sha256);
  if (known < 0) await atomicWrite(list, JSON.stringify([...earlier, { sha256, plan }], null, 1));
  const number = known < 0 ? earlier.length + 1 : known + 1;
  return { number, changedAfterReading: number > 1 };
}

async function removePartials(folder: string): Promise<void> {
  const partials = (await readdir(folder)).filter((name) => name.endsWith('.partial'));
  await Promise.all(partials.map((name) => rm(join(folder, name), { force: true })));
}

/** Writes all files aside first, then moves them in; the list of what a run left decides what is removed. */
async function publish(path: string, files: readonly RunFile[]): Promise<void> {
  const staging = join(path, STAGING);
  const hashes: Record<string, string> = {};
  for (const { path: name, content } of files) {
    const whole = typeof content === 'function' ? await content() : content;
    hashes[name] = await sha256(whole);
    await atomicWrite(join(staging, ...name.split('/')), whole);
  }
  const list = join(path, MARKER, 'files.json');
  const earlier = await readFile(list, 'utf8').then(
    (text) => JSON.parse(text) as string[],
    () => [],
  );
  const names = files.map((file) => file.path);
  await writeFile(list, JSON.stringify([...new Set([...earlier, ...names])].sort()));
  for (const name of earlier)
    if (!names.includes(name)) await rm(join(path, ...name.split('/')), { force: true });
  for (const name of names) {
    const target = join(path, ...name.split('/'));
    await mkdir(join(target, '..'), { recursive: true });
    await rename(join(staging, ...name.split('/')), target);
  }
  await atomicWrite(list, JSON.stringify([...names].sort()));
  await atomicWrite(join(path, MARKER, HASHES), JSON.stringify(hashes, null, 1));
  await rm(staging, { recursive: true, force: true });
}

/** Remembers where the study file of a run lies on this machine, for `rerun`. */
export async function rememberStudy(folder: string, study: string): Promise<void> {
  await atomicWrite(join(folder, MARKER, STUDY), JSON.stringify({ study }));
}

/** What a run left in its folder: names, their hashes, and where its study file was; undefined where not known. */
export async function runRecord(folder: string): Promise<{
  names: string[];
  hashes: Record<string, string> | undefined;
  study: string | undefined;
}> {
  const parsed = async <T>(name: string): Promise<T | undefined> => {
    const bytes = await readIfThere(join(folder, MARKER, name));
    return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as T);
  };
  return {
    names: (await parsed<string[]>('files.json')) ?? [],
    hashes: await parsed<Record<string, string>>(HASHES),
    study: (await parsed<{ study: string }>(STUDY))?.study,
  };
}
