import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Progress, SentinodeError, throwIfAborted, type Warning } from '@sentinode/core';
import { type ExtractionSettings, featureMaps } from '@sentinode/radiomics';
import { ENGINE_VERSION, NOTICE, type ReadCase } from '@sentinode/study';
import { writeVolume } from '@sentinode/volume';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { openCase } from './one-case.ts';
import type { ExtractOptions } from './options.ts';

/** What stands in the folder beside the maps; written last, so a folder with it is complete. */
const LIST = 'maps.json';
const STAGING = '.staging';

/** Feature maps of one case as NRRD files in a folder, one per feature. */
export async function extractMaps(
  image: string,
  mask: string,
  options: ExtractOptions,
  session: Session,
): Promise<number> {
  const { out } = options;
  if (out === undefined)
    throw new SentinodeError('usage', 'Feature maps need --out with the name of a folder.', {
      field: '--out',
    });
  if (options.format !== undefined && options.format !== 'nrrd')
    throw new SentinodeError('usage', `--format takes nrrd with --voxel, not "${options.format}".`, {
      field: '--format',
    });
  await assertOurs(out);
  const { found, settings } = await openCase(image, mask, options, '--voxel');
  const display = terminalProgress(session.global.quiet);
  const staging = join(out, STAGING);
  try {
    const { names, warnings } = await writeMaps(found, settings, staging, display.progress, session.signal);
    display.end();
    await publish(out, names, `${JSON.stringify(listOf(names, warnings, settings), null, 1)}\n`);
    for (const { code, message } of warnings) session.remark(`warning [${code}]: ${message}`);
    session.remark(`${names.length} feature maps written to ${out}. ${NOTICE}`);
    return 0;
  } catch (error) {
    throw found.named(error);
  } finally {
    display.end();
    await rm(staging, { recursive: true, force: true });
  }
}

/** Writes each map as soon as it is there, so that only those of one class are held. */
async function writeMaps(
  { image, mask }: ReadCase,
  settings: ExtractionSettings,
  staging: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ names: string[]; warnings: Warning[] }> {
  const names: string[] = [];
  const steps = featureMaps(image, mask, settings);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { names, warnings: step.value };
    if (step.value.kind === 'progress') progress(step.value);
    else {
      const file = `${step.value.name}.nrrd`;
      await atomicWrite(join(staging, file), writeVolume(step.value.map, file));
      names.push(step.value.name);
    }
    // lets Ctrl-C through
    await setImmediate();
    throwIfAborted(signal);
  }
}

function listOf(maps: readonly string[], warnings: readonly Warning[], given: ExtractionSettings): object {
  const { configuration, voxel, ...settings } = given;
  const initValue = Number.isNaN(voxel.initValue) ? null : voxel.initValue;
  return { notice: NOTICE, engine: ENGINE_VERSION, maps, warnings, voxel: { ...voxel, initValue }, settings };
}

/** @throws SentinodeError `output-not-empty` where the folder holds what an earlier run did not write */
async function assertOurs(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const entries = (await readdir(out)).filter((name) => name !== STAGING);
  if (entries.length > 0 && !entries.includes(LIST))
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" holds files that are not feature maps of sentinode; choose another --out.`,
      { file: out },
    );
}

/** Moves the maps in when all are there; those of an earlier run go first. */
async function publish(out: string, names: readonly string[], list: string): Promise<void> {
  await rm(join(out, LIST), { force: true });
  const earlier = (await readdir(out)).filter((name) => name.endsWith('.nrrd'));
  for (const name of earlier) await rm(join(out, name), { force: true });
  for (const name of names) await rename(join(out, STAGING, `${name}.nrrd`), join(out, `${name}.nrrd`));
  await atomicWrite(join(out, LIST), list);
}
