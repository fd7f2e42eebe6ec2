import { isSentinodeError, type SentinodeError, sha256, throwIfAborted } from '@sentinode/core';
import { valuesOf } from '../cohort/clinical-data.ts';
import type { StudyHost } from '../host/study-host.ts';
import {
  type CaseInspection,
  copyName,
  type InspectionJob,
  inspectCase,
  type MaskProblem,
  type RegionCheck,
} from '../images/inspection/inspect-case.ts';
import { otherSides } from '../images/inspection/sides.ts';
import { mapLimited } from '../images/limited.ts';
import { type ImageFiles, readImageFile, readVolumeFile } from '../images/locate-images.ts';
import { labelNamesOf, regionRuleOf } from '../images/region-rule.ts';
import { type MaskRepair, REPAIRS_FOLDER } from '../images/repairs/repair-record.ts';
import { flowOf, type Ledger } from '../ledger/ledger.ts';
import type { Derivation } from '../results/derivation.ts';
import type { FlowStep } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import { NOTICE } from '../version.ts';
import { extractionSettings } from './measure-images.ts';
import { simulatedBanner } from './measure-study.ts';
import { prepareStudy } from './prepare-study.ts';

/** One image with its region, as the extraction will see it. */
export interface ImageCheck extends RegionCheck {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
}

/** Pictures of one image with the regions drawn on it. */
export interface CheckPicture {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly inspection: Pick<CaseInspection, 'near' | 'whole' | 'drawn'>;
}

/** An image that cannot be read, or a mask that cannot be measured on it. */
export interface FailedImage {
  readonly files: ImageFiles;
  readonly error: ReturnType<SentinodeError['toJSON']>;
  readonly mismatch: MaskProblem['mismatch'];
}

/** Everything that can be known of a study before the long work. */
export interface StudyCheck {
  readonly notice: string;
  readonly study: string;
  /** Sentences that stand on every page, e.g. simulated images. */
  readonly banners: readonly string[];
  readonly source: 'images' | 'features' | 'clinical';
  readonly models: readonly string[];
  readonly flow: readonly FlowStep[];
  /** Patients who drop out, with step and reason. */
  readonly excluded: readonly { readonly patient: string; readonly step: string; readonly reason: string }[];
  /** Missing cells of the clinical variables, all patients of the table. */
  readonly missing: readonly { readonly variable: string; readonly n: number; readonly of: number }[];
  /** Clinical variables derived by rules; null where the study declares none. */
  readonly derivation: Derivation | null;
  readonly images: readonly ImageCheck[];
  readonly pictures: readonly CheckPicture[];
  readonly failed: readonly FailedImage[];
  /** Masks that the study reads from repaired copies. */
  readonly repairs: readonly MaskRepair[];
}

/** What to look at beside the numbers. */
export interface CheckOptions {
  /** Patients of whom pictures are drawn, from the first; what fails is always drawn. */
  readonly pictures: number;
  /** Makes copies of masks where that is certain: gets the record of one and its bytes. */
  readonly repair?: (repair: MaskRepair, bytes: Uint8Array) => Promise<void>;
}

/** Pixels of a picture's longer side: smaller where a page holds many patients. */
const SIDE = { usual: 120, many: 84, manyPatients: 60 } as const;

/**
 * Reads tables and images of a study, looks at every mask and measures only the grey levels of each region.
 * @throws SentinodeError for what stops the whole study; single images that fail are listed instead
 */
export async function checkStudy(study: Study, host: StudyHost, options: CheckOptions): Promise<StudyCheck> {
  const prepared = await prepareStudy(options.repair === undefined ? study : withoutRepairs(study), host);
  const { ledger, clinical, files, models, source } = prepared;
  const ids = ledger.rows.map((row) => row.id);
  const missing = clinical.variables.map(({ name }) => ({
    variable: name,
    n: valuesOf(clinical, ids, name).filter((value) => value === null).length,
    of: ids.length,
  }));
  const found = source === 'images' ? await inspectImages(study, host, files, options) : [];
  return {
    notice: NOTICE,
    study: study.name,
    banners: await simulatedBanner(host),
    source,
    models: models.map((model) => model.name),
    flow: flowOf(ledger),
    excluded: exclusionsOf(ledger),
    missing,
    derivation: prepared.derivation,
    images: withSides(found.flatMap(({ check }) => (check === null ? [] : [check]))),
    pictures: found.flatMap(({ picture }) => (picture === null ? [] : [picture])),
    failed: found.flatMap(({ failed }) => failed),
    repairs: prepared.repairs,
  };
}

/** Adds a warning to images whose region lies on the other side of the body than the patient's first. */
function withSides(images: readonly ImageCheck[]): ImageCheck[] {
  const sentences = otherSides(images);
  return images.map((image, at) => {
    const sentence = sentences[at];
    return sentence === undefined ? image : { ...image, warnings: [...image.warnings, sentence] };
  });
}

function exclusionsOf(ledger: Ledger): StudyCheck['excluded'] {
  return ledger.rows.flatMap(({ id, exclusion }) =>
    exclusion === null ? [] : [{ patient: id, step: exclusion.step, reason: exclusion.reason }],
  );
}

/** A study that reads the masks themselves, not their copies. */
function withoutRepairs(study: Study): Study {
  const { images } = study;
  return images === undefined
    ? study
    : { ...study, images: { ...images, masks: { ...images.masks, repaired: undefined } } };
}

interface Inspected {
  readonly check: ImageCheck | null;
  readonly picture: CheckPicture | null;
  readonly failed: readonly FailedImage[];
}

/** What holds for every image of a study. */
type SharedByImages = Required<Pick<InspectionJob, 'settings' | 'region' | 'names'>>;

async function inspectImages(
  study: Study,
  host: StudyHost,
  files: readonly ImageFiles[],
  options: CheckOptions,
): Promise<Inspected[]> {
  const { masks } = study.images!;
  const shared: SharedByImages = {
    settings: await extractionSettings(study, host),
    region: await regionRuleOf(host, masks),
    names: await labelNamesOf(host, masks),
  };
  const shown = new Set([...new Set(files.map((entry) => entry.patient))].slice(0, options.pictures));
  const side = shown.size > SIDE.manyPatients ? SIDE.many : SIDE.usual;
  let done = 0;
  return mapLimited(files, host.concurrency, async (entry) => {
    throwIfAborted(host.signal);
    try {
      return await inspectImage(study, host, entry, shared, shown.has(entry.patient), side, options);
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      return { check: null, picture: null, failed: [failedOf(entry, error.toJSON(), null)] };
    } finally {
      host.progress?.({ stage: 'images', done: ++done, total: files.length });
    }
  });
}

function failedOf(
  files: ImageFiles,
  error: FailedImage['error'],
  mismatch: FailedImage['mismatch'],
): FailedImage {
  const part = `${files.visit} ${files.sequence}`;
  return { files, error: { ...error, patient: files.patient, part }, mismatch };
}

async function inspectImage(
  study: Study,
  host: StudyHost,
  entry: ImageFiles,
  { settings, region, names }: SharedByImages,
  withPicture: boolean,
  side: number,
  { pictures, repair }: CheckOptions,
): Promise<Inspected> {
  const { masks } = study.images!;
  const { patient, visit, sequence } = entry;
  const image = await readImageFile(host, entry.image, study.images!);
  const paths = [...new Set([entry.mask, ...entry.readers])];
  const sources = await Promise.all(paths.map((path) => readVolumeFile(host, path)));
  const found = await (host.inspect ?? inspectCase)({
    image,
    masks: sources,
    settings,
    region,
    names,
    draw: pictures === 0 ? 'none' : withPicture ? 'all' : 'problems',
    side,
    ...(repair === undefined ? {} : { copyAs: 'same' }),
  });
  for (const { file, copy, mismatch } of found.problems) {
    if (copy === null || repair === undefined) continue;
    const source = sources[paths.indexOf(file)]!;
    const hashes = await Promise.all([image.bytes, source.bytes, copy].map((bytes) => sha256(bytes)));
    await repair(
      {
        patient,
        visit,
        sequence,
        image: entry.image,
        mask: file,
        copy: `${masks.repaired ?? REPAIRS_FOLDER}/${copyName(file)}`,
        cause: mismatch!.cause,
        sentence: mismatch!.repair!,
        sha256: { image: hashes[0]!, mask: hashes[1]!, copy: hashes[2]! },
      },
      copy,
    );
  }
  return {
    check: found.check === null ? null : { patient, visit, sequence, ...found.check },
    picture: withPicture && found.near.length > 0 ? { patient, visit, sequence, inspection: found } : null,
    failed: found.problems.map(({ error, mismatch }) => failedOf(entry, error, mismatch)),
  };
}
