import { isSentinodeError, type SentinodeError, throwIfAborted } from '@sentinode/core';
import { type Picture, tumourSlice } from '@sentinode/deep';
import { type FeatureVector, isIbsi, type Protocol } from '@sentinode/radiomics';
import { valuesOf } from '../cohort/clinical-data.ts';
import type { StudyHost } from '../host/study-host.ts';
import { readNamedVolume, readRegion } from '../images/extraction-job.ts';
import { mapLimited } from '../images/limited.ts';
import { type ImageFiles, readVolumeFile } from '../images/locate-images.ts';
import { flowOf, type Ledger } from '../ledger/ledger.ts';
import type { Derivation } from '../results/derivation.ts';
import type { FlowStep } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import { NOTICE } from '../version.ts';
import { extractionSettings } from './measure-images.ts';
import { simulatedBanner } from './measure-study.ts';
import { prepareStudy } from './prepare-study.ts';

/** One image with its region, as the extraction will see it. */
export interface ImageCheck {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly size: readonly number[];
  /** Millimetres. */
  readonly spacing: readonly number[];
  /** Voxels of the region on the grid of the image, and on the grid that is measured. */
  readonly voxels: number;
  readonly measuredVoxels: number;
  /** Grey levels of the region on the original image type with the study's bin width. */
  readonly greyLevels: number;
  readonly warnings: readonly string[];
}

/** The slice with the largest tumour area, and the region on it. */
export interface CheckPicture {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly image: Picture;
  readonly region: Picture;
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
  readonly failed: readonly { readonly files: ImageFiles; readonly error: SentinodeError }[];
}

/**
 * Reads tables and images of a study and measures only the grey levels of each region.
 * @param withPictures patients of whom pictures are drawn, from the first
 * @throws SentinodeError for what stops the whole study; single images that fail are listed instead
 */
export async function checkStudy(study: Study, host: StudyHost, withPictures: number): Promise<StudyCheck> {
  const prepared = await prepareStudy(study, host);
  const { ledger, clinical, files, models, source } = prepared;
  const ids = ledger.rows.map((row) => row.id);
  const missing = clinical.variables.map(({ name }) => ({
    variable: name,
    n: valuesOf(clinical, ids, name).filter((value) => value === null).length,
    of: ids.length,
  }));
  const images: ImageCheck[] = [];
  const pictures: CheckPicture[] = [];
  const failed: StudyCheck['failed'][number][] = [];
  if (source === 'images') {
    const settings = greyLevelsOnly(await extractionSettings(study, host));
    const shown = new Set([...new Set(files.map((entry) => entry.patient))].slice(0, withPictures));
    let done = 0;
    const results = await mapLimited(files, host.concurrency, async (entry) => {
      throwIfAborted(host.signal);
      try {
        return await checkImage(host, study, entry, settings, shown.has(entry.patient));
      } catch (error) {
        if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
        return {
          entry,
          error: error.at({ patient: entry.patient, part: `${entry.visit} ${entry.sequence}` }),
        };
      } finally {
        host.progress?.({ stage: 'images', done: ++done, total: files.length });
      }
    });
    for (const result of results) {
      if ('error' in result) failed.push({ files: result.entry, error: result.error });
      else {
        images.push(result.check);
        if (result.picture !== undefined) pictures.push(result.picture);
      }
    }
  }
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
    images,
    pictures,
    failed,
  };
}

function exclusionsOf(ledger: Ledger): StudyCheck['excluded'] {
  return ledger.rows.flatMap(({ id, exclusion }) =>
    exclusion === null ? [] : [{ patient: id, step: exclusion.step, reason: exclusion.reason }],
  );
}

/** The study's settings, reduced to the extremes of the original image: they decide the grey levels. */
function greyLevelsOnly(settings: Protocol): Protocol {
  if (isIbsi(settings))
    return { ...settings, families: ['intensity-histogram'], filters: [{ type: 'none' }] };
  const original = settings.imageTypes.find(({ name }) => name === 'Original');
  const { measurement } = original ?? settings.imageTypes[0]!;
  return {
    ...settings,
    additionalInfo: true,
    imageTypes: [{ name: 'Original', options: {}, measurement }],
    featureClasses: [{ name: 'firstorder', features: ['Minimum', 'Maximum'] }],
  };
}

async function checkImage(
  host: StudyHost,
  study: Study,
  entry: ImageFiles,
  settings: Protocol,
  withPicture: boolean,
): Promise<{ check: ImageCheck; picture: CheckPicture | undefined }> {
  const { masks } = study.images!;
  const region = { lesions: masks.lesions, label: masks.label };
  const image = await readVolumeFile(host, entry.image);
  const names = [...new Set([entry.mask, ...entry.readers])];
  const sources = await Promise.all(names.map((name) => readVolumeFile(host, name)));
  const { vectors } = await host.extract({ image, masks: sources, settings, region });
  const { patient, visit, sequence } = entry;
  const vector = vectors[names.indexOf(entry.mask)]!;
  const check = { patient, visit, sequence, ...summaryOf(vector, settings) };
  if (!withPicture) return { check, picture: undefined };
  const volume = await readNamedVolume(image);
  const mask = await readRegion(sources[names.indexOf(entry.mask)]!, volume, entry.image, region);
  const picture = {
    patient,
    visit,
    sequence,
    image: tumourSlice(volume, mask),
    region: tumourSlice({ geometry: mask.geometry, elementType: 'uint8', data: mask.data }, mask),
  };
  return { check, picture };
}

function summaryOf(
  vector: FeatureVector,
  settings: Protocol,
): Pick<ImageCheck, 'size' | 'spacing' | 'voxels' | 'measuredVoxels' | 'greyLevels' | 'warnings'> {
  if (isIbsi(settings)) return ibsiSummaryOf(vector);
  const { values, warnings, diagnostics } = vector;
  const number = (name: string): number => Number(diagnostics[`diagnostics_${name}`]);
  const list = (name: string): readonly number[] => diagnostics[`diagnostics_${name}`] as readonly number[];
  const { binCount, binWidth } = settings.imageTypes[0]!.measurement;
  const levels = Math.floor(values[1]! / binWidth) - Math.floor(values[0]! / binWidth) + 1;
  const resampled = 'diagnostics_Mask-interpolated_VoxelNum' in diagnostics;
  return {
    size: list('Image-original_Size'),
    spacing: list('Image-original_Spacing'),
    voxels: number('Mask-original_VoxelNum'),
    measuredVoxels: number(resampled ? 'Mask-interpolated_VoxelNum' : 'Mask-original_VoxelNum'),
    greyLevels: binCount ?? levels,
    warnings: warnings.map(({ message }) => message),
  };
}

/** The same from the diagnostics of an IBSI extraction, which has the histogram's features alone. */
function ibsiSummaryOf({
  names,
  values,
  warnings,
  diagnostics,
}: FeatureVector): ReturnType<typeof summaryOf> {
  const perAxis = (name: string): number[] =>
    ['x', 'y', 'z'].map((axis) => Number(diagnostics[`${name}_dim_${axis}_init_img`]));
  return {
    size: perAxis('img'),
    spacing: perAxis('vox'),
    voxels: Number(diagnostics.morph_mask_vox_count_init_roi),
    measuredVoxels: Number(diagnostics.int_mask_vox_count_reseg_roi),
    greyLevels: values[names.indexOf('ih_max')]!,
    warnings: warnings.map(({ message }) => message),
  };
}
