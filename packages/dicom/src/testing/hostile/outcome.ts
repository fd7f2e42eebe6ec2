import { isSentinodeError } from '@sentinode/core';
import { readVolume, type Volume, writeVolume } from '@sentinode/volume';
import { expandSources } from '../../import/expand-sources.ts';
import type { IndexEntry } from '../../import/index-entry.ts';
import { planImport } from '../../import/plan.ts';
import { Pseudonyms } from '../../import/pseudonyms.ts';
import { runImport } from '../../import/run-import.ts';
import { type FileSource, scanFiles } from '../../import/scan.ts';

/** What became of an input: words to compare, and the sentences that a user sees. */
export interface Outcome {
  readonly found: string;
  readonly sentences: readonly string[];
}

/** An input of the project's list of bad inputs, by its number there. */
export interface HostilePoint {
  readonly point: number;
  readonly input: string;
  readonly outcome: () => Promise<Outcome>;
  readonly expected: string;
}

/** `read`, or the code of the refusal. */
export async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return { found: 'read', sentences: [] };
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    return { found: error.code, sentences: [error.message] };
  }
}

/** What the reading of a volume gives. */
export const reading = (bytes: Uint8Array, file = 'x.nii'): Promise<Outcome> =>
  outcomeOf(() => readVolume(bytes, { file }));

/** What an import makes of sources, with its index. */
export async function imported(
  sources: readonly FileSource[],
): Promise<{ outcome: Outcome; index: readonly IndexEntry[] }> {
  const { sources: all, failed } = await expandSources(sources);
  const scan = await scanFiles(all);
  const plan = await planImport(
    scan,
    await Pseudonyms.of(new TextEncoder().encode('a key of the tests, long enough')),
  );
  const run = runImport(scan, plan);
  let next = await run.next();
  const paths: string[] = [];
  for (; next.done !== true; next = await run.next()) paths.push(next.value.path);
  const odd = paths.filter((path) => !/^P[0-9a-f]{10}\/S\d\/\d{2}_[\w.]+$/.test(path));
  if (odd.length > 0) throw new Error(`an input decided about a path: ${odd.join()}`);
  const index = next.value;
  const refused = index.flatMap(({ error }) => (error === null ? [] : [error]));
  const leftOut = [...failed, ...scan.skipped].map(({ error }) => error);
  const warnings = index.flatMap(({ warnings: own }) => own);
  const codes = (all: readonly { code: string }[]): string =>
    [...new Set(all.map(({ code }) => code))].sort().join();
  const volumes = paths.filter((path) => path.endsWith('.nii.gz')).length;
  const parts = [
    `${volumes} ${volumes === 1 ? 'volume' : 'volumes'}`,
    ...(refused.length > 0 ? [`refused ${codes(refused)}`] : []),
    ...(leftOut.length > 0 ? [`left out ${codes(leftOut)}`] : []),
    ...(warnings.length > 0 ? [`warned ${codes(warnings)}`] : []),
  ];
  const sentences = [...refused, ...leftOut, ...warnings].map(({ message }) => message);
  return { outcome: { found: parts.join('; '), sentences: [...new Set(sentences)] }, index };
}

export const importing = async (sources: readonly FileSource[]): Promise<Outcome> =>
  (await imported(sources)).outcome;

/** A copy with bytes changed. */
export function changed(bytes: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A volume of 24 voxels, and as a NIfTI file. */
export const volume: Volume = {
  geometry: {
    size: [4, 3, 2],
    spacing: [1, 1, 2],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  },
  elementType: 'int16',
  data: Int16Array.from({ length: 24 }, (_, at) => at),
};
export const nifti = writeVolume(volume, 'x.nii');
