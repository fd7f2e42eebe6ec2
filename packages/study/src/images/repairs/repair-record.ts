import { canonicalJson, SentinodeError, sha256 } from '@sentinode/core';
import { z } from 'zod';
import type { StudyHost } from '../../host/study-host.ts';
import { NOTICE } from '../../version.ts';
import { insideStudy } from '../file-pattern.ts';
import { type ImageFiles, readVolumeFile } from '../locate-images.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.string().min(1);

const repair = z.strictObject({
  patient: z.string(),
  visit: z.string(),
  sequence: z.string(),
  image: path,
  mask: path,
  /** Path of the repaired mask in the study folder. */
  copy: path,
  /** Cause of the mismatch, in one word. */
  cause: z.string(),
  /** What was wrong and what was done. */
  sentence: z.string(),
  sha256: z.strictObject({ image: hash, mask: hash, copy: hash }),
});

const record = z.strictObject({ notice: z.string(), repairs: z.array(repair) });

/** A mask that was brought onto the grid of its image, as `check --repair` wrote it down. */
export type MaskRepair = z.output<typeof repair>;

/** The file that lists the copies of a folder. */
export const REPAIRS_FILE = 'repairs.json';
/** The folder of copies, where the study file names none. */
export const REPAIRS_FOLDER = 'repaired';

/** Bytes of {@link REPAIRS_FILE}. */
export function writeRepairs(repairs: readonly MaskRepair[]): string {
  return `${JSON.stringify(JSON.parse(canonicalJson({ notice: NOTICE, repairs })), null, 1)}\n`;
}

/**
 * Puts the copies of a folder in place of the masks that they were made of.
 * @throws SentinodeError `repair-stale` where a mask, its image or the copy is not what it was when it was repaired,
 *   `file-missing`, `option-invalid`
 */
export async function withRepairs(
  host: StudyHost,
  files: readonly ImageFiles[],
  folder: string | undefined,
): Promise<{ files: readonly ImageFiles[]; repairs: readonly MaskRepair[] }> {
  if (folder === undefined) return { files, repairs: [] };
  const list = `${insideStudy(folder, 'images.masks.repaired')}/${REPAIRS_FILE}`;
  const repairs = await readRepairs(host, list);
  const used: MaskRepair[] = [];
  const replaced: ImageFiles[] = [];
  for (const entry of files) {
    const copies = new Map<string, string>();
    for (const one of repairs.filter(({ image }) => image === entry.image)) {
      if (one.mask !== entry.mask && !entry.readers.includes(one.mask)) continue;
      await assertUnchanged(host, one, list);
      copies.set(one.mask, insideStudy(one.copy, 'images.masks.repaired'));
      used.push(one);
    }
    const of = (mask: string): string => copies.get(mask) ?? mask;
    replaced.push(
      copies.size === 0 ? entry : { ...entry, mask: of(entry.mask), readers: entry.readers.map(of) },
    );
  }
  return { files: replaced, repairs: used };
}

async function readRepairs(host: StudyHost, file: string): Promise<readonly MaskRepair[]> {
  const bytes = await host.readInput(file);
  if (bytes === undefined)
    throw new SentinodeError(
      'file-missing',
      `There is no "${file}": run check --repair, or take images.masks.repaired out of the study file.`,
      { file, field: 'images.masks.repaired' },
    );
  try {
    return record.parse(JSON.parse(new TextDecoder().decode(bytes))).repairs;
  } catch (error) {
    throw new SentinodeError(
      'option-invalid',
      `"${file}" is not a list that check --repair wrote; run it again.`,
      { file, field: 'images.masks.repaired' },
      error,
    );
  }
}

async function assertUnchanged(host: StudyHost, repair: MaskRepair, file: string): Promise<void> {
  for (const kind of ['image', 'mask', 'copy'] as const) {
    const { bytes } = await readVolumeFile(host, repair[kind]);
    if ((await sha256(bytes)) === repair.sha256[kind]) continue;
    throw new SentinodeError(
      'repair-stale',
      `The ${kind} "${repair[kind]}" is not the file of which "${file}" was made: run check --repair again.`,
      { file: repair[kind], field: 'images.masks.repaired', patient: repair.patient },
    );
  }
}
