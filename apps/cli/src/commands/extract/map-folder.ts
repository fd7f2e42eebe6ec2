import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SentinodeError, throwIfAborted } from '@sentinode/core';
import { type Volume, writeVolume } from '@sentinode/volume';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';

/** What stands in the folder beside the maps; written last, so a folder with it is complete. */
const LIST = 'maps.json';
const STAGING = '.staging';
const ENDINGS = ['.nrrd', '.nii.gz'] as const;

/** Formats of maps by the name that `--format` takes. */
const formats = { nrrd: '.nrrd', nifti: '.nii.gz' } as const;

/** File ending of the format asked for. @throws SentinodeError `usage` */
export function endingOf(format: string | undefined): (typeof ENDINGS)[number] {
  if (format === undefined || format === 'nrrd' || format === 'nifti') return formats[format ?? 'nrrd'];
  throw new SentinodeError('usage', `--format takes nrrd or nifti for maps, not "${format}".`, {
    field: '--format',
  });
}

/**
 * Writes maps into a folder, each as soon as it is there; the folder holds either those of an earlier run or all new
 * ones with their list.
 * @param maps made one by one; undefined is a step between two maps
 * @param list what stands beside the maps, once all are written
 * @returns the names of the maps
 * @throws SentinodeError `usage` without a folder, `output-not-empty`
 */
export async function writeMapFolder(
  out: string | undefined,
  ending: string,
  maps: Iterable<{ readonly name: string; readonly map: Volume } | undefined>,
  list: (names: readonly string[]) => object,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const folder = await assertOurs(out);
  const staging = join(folder, STAGING);
  const names: string[] = [];
  try {
    for (const one of maps) {
      if (one !== undefined) {
        const file = `${one.name}${ending}`;
        await atomicWrite(join(staging, file), writeVolume(one.map, file));
        names.push(one.name);
      }
      // lets Ctrl-C through
      await setImmediate();
      throwIfAborted(signal);
    }
    await publish(folder, names, ending, `${JSON.stringify(list(names), null, 1)}\n`);
    return names;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function assertOurs(out: string | undefined): Promise<string> {
  if (out === undefined)
    throw new SentinodeError('usage', 'Maps need --out with the name of a folder.', { field: '--out' });
  await mkdir(out, { recursive: true });
  const entries = (await readdir(out)).filter((name) => name !== STAGING);
  if (entries.length > 0 && !entries.includes(LIST))
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" holds files that are not maps of sentinode; choose another --out.`,
      { file: out },
    );
  return out;
}

/** Moves the maps in when all are there; those of an earlier run go first. */
async function publish(out: string, names: readonly string[], ending: string, list: string): Promise<void> {
  await rm(join(out, LIST), { force: true });
  const earlier = (await readdir(out)).filter((name) => ENDINGS.some((end) => name.endsWith(end)));
  for (const name of earlier) await rm(join(out, name), { force: true });
  for (const name of names)
    await rename(join(out, STAGING, `${name}${ending}`), join(out, `${name}${ending}`));
  await atomicWrite(join(out, LIST), list);
}
