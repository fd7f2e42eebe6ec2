import { isSentinodeError, type SentinodeError, throwIfAborted } from '@sentinode/core';
import type { ImportedFile, RunImportOptions } from '../import/imported-file.ts';
import type { ImportPlan } from '../import/plan.ts';
import type { Pseudonyms } from '../import/pseudonyms.ts';
import type { Scan } from '../import/scan.ts';
import { type DeidentifyOptions, deidentifyFile } from './deidentify-file.ts';

/** What became of the files of a scan. */
export interface DeidentifiedCount {
  readonly patients: number;
  readonly series: number;
  readonly files: number;
  /** Files that were left out, with the reason. */
  readonly refused: readonly SentinodeError[];
}

/**
 * Copies of all images and masks of a scan without what identifies their patients, one at a time:
 * `<patient>/<study>/<series>/<number>.dcm`, named as an import names them under the same key.
 * @throws SentinodeError `interrupted`
 */
export async function* deidentifyScan(
  scan: Scan,
  { places }: ImportPlan,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
  { progress, signal, finished }: Pick<RunImportOptions, 'progress' | 'signal' | 'finished'> = {},
): AsyncGenerator<ImportedFile, DeidentifiedCount> {
  const numbers = new Map<string, number>();
  const refused: SentinodeError[] = [];
  const patients = new Set<string>();
  let files = 0;
  for (const [at, file] of scan.files.entries()) {
    throwIfAborted(signal);
    progress?.({ stage: 'copying files', done: at, total: scan.files.length });
    const { patient, study, series } = places.get(file.attributes.series)!;
    const folder = `${patient}/${study}/${String(series).padStart(2, '0')}`;
    const number = (numbers.get(folder) ?? 0) + 1;
    const path = `${folder}/${String(number).padStart(6, '0')}.dcm`;
    const fingerprint = await pseudonyms.uid(`${file.instance}|${JSON.stringify(options)}`);
    try {
      if ((await finished?.(path, fingerprint)) === undefined)
        yield {
          path,
          bytes: await deidentifyFile(await scan.open(at), pseudonyms, options, file.attributes.patient),
          fingerprint,
        };
      numbers.set(folder, number);
      patients.add(patient);
      files++;
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      refused.push(error);
    }
  }
  progress?.({ stage: 'copying files', done: scan.files.length, total: scan.files.length });
  return { patients: patients.size, series: numbers.size, files, refused };
}
