import { SentinodeError } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import type { Exclusion } from '../ledger/ledger.ts';
import type { Study } from '../study-file/options.ts';
import { type NamedBytes, withSiblings } from './extraction-job.ts';
import { fillPattern, insideStudy } from './file-pattern.ts';
import { mapLimited } from './limited.ts';

type ImageOptions = NonNullable<Study['images']>;

/** Where one image of one patient and its masks are. */
export interface ImageFiles {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly image: string;
  /** The mask whose features enter the model: the consensus, or reader 1 where the study names none. */
  readonly mask: string;
  readonly readers: readonly string[];
}

/** Paths of every image of the patients given: patient x visit x sequence, in that order. */
export function imageFiles(options: ImageOptions, patients: readonly string[]): ImageFiles[] {
  const { masks, readers } = options;
  if (masks.consensus === undefined && (masks.readers === undefined || readers.length === 0)) {
    throw new SentinodeError(
      'option-invalid',
      'images.masks needs a consensus pattern, or a readers pattern together with the names of the readers.',
      { field: 'images.masks' },
    );
  }
  if (masks.readers !== undefined && readers.length > 2) {
    throw new SentinodeError(
      'not-built',
      `Agreement of ${readers.length} readers is not built yet; name two.`,
      { field: 'images.readers' },
    );
  }
  return patients.flatMap((patient) =>
    options.visits.flatMap((visit) =>
      options.sequences.map((sequence): ImageFiles => {
        const values = { patient, visit, sequence };
        const readerFiles =
          masks.readers === undefined
            ? []
            : readers.map((reader) =>
                fillPattern(masks.readers!, 'images.masks.readers', { ...values, reader }),
              );
        const mask =
          masks.consensus === undefined
            ? readerFiles[0]!
            : fillPattern(masks.consensus, 'images.masks.consensus', values);
        return {
          patient,
          visit,
          sequence,
          image: fillPattern(options.pattern, 'images.pattern', values),
          mask,
          readers: readerFiles,
        };
      }),
    ),
  );
}

/**
 * Patients who lack a file: excluded and counted, as complete cases are asked for. When nobody has an image the
 * pattern is wrong, and that is an error.
 * @throws SentinodeError `file-missing`
 */
export async function missingFiles(
  files: readonly ImageFiles[],
  exists: (path: string) => Promise<boolean>,
): Promise<Map<string, Exclusion>> {
  const found = new Map<string, Exclusion>();
  const checks = await mapLimited(files, 16, async (entry) => {
    if (!(await exists(entry.image))) return `image missing (${entry.visit} ${entry.sequence})`;
    for (const mask of new Set([entry.mask, ...entry.readers]))
      if (!(await exists(mask))) return `mask missing (${entry.visit} ${entry.sequence})`;
    return undefined;
  });
  files.forEach((entry, index) => {
    const reason = checks[index];
    if (reason !== undefined && !found.has(entry.patient))
      found.set(entry.patient, { step: 'Imaging', reason });
  });
  const patients = new Set(files.map((entry) => entry.patient));
  const first = files[0];
  if (first !== undefined && found.size === patients.size) {
    throw new SentinodeError(
      'file-missing',
      `No patient has all images and masks. The first looked for: ${first.image} and ${first.mask} (${found.get(first.patient)?.reason}). Check images.pattern and images.masks.`,
      { file: first.image, field: 'images.pattern' },
    );
  }
  return found;
}

/** Reads a volume file with its detached data. @throws `file-missing`, `file-empty`, `path-outside` */
export async function readVolumeFile(host: StudyHost, file: string): Promise<NamedBytes> {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  return withSiblings(await readNamed(host, file), (name) =>
    host.readInput(insideStudy(`${folder}${name}`, file)),
  );
}

/** Reads a file that must be there. @throws `file-missing`, `file-empty` */
export async function readNamed(host: StudyHost, file: string, field?: string): Promise<NamedBytes> {
  const bytes = await host.readInput(file);
  if (bytes === undefined)
    throw new SentinodeError('file-missing', `There is no file "${file}" in the study folder.`, {
      file,
      field,
    });
  if (bytes.length === 0)
    throw new SentinodeError('file-empty', `"${file}" is empty; export or copy it again.`, { file, field });
  return { file, bytes };
}

/** Reads an image as the study measures it: the bias field is divided out where the study file says so. */
export async function readImageFile(
  host: StudyHost,
  file: string,
  options: ImageOptions,
): Promise<NamedBytes> {
  const image = await readVolumeFile(host, file);
  return options.biasField === undefined ? image : { ...image, biasField: options.biasField };
}
