import {
  canonicalJson,
  type FeatureTable,
  isSentinodeError,
  type SentinodeError,
  sha256,
  throwIfAborted,
} from '@sentinode/core';
import { type FeatureVector, type Protocol, summariseGreyLevels } from '@sentinode/radiomics';
import type { MaskAgreement } from '@sentinode/volume';
import type { StudyHost } from '../host/study-host.ts';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION } from '../version.ts';
import type { ExtractionJob, ExtractionResult } from './extraction-job.ts';
import type { ImageSignature } from './image-signature.ts';
import { mapLimited } from './limited.ts';
import { type ImageFiles, readImageFile, readVolumeFile } from './locate-images.ts';
import { regionRuleOf } from './region-rule.ts';
import { decodeVectors, encodeVectors } from './vector-codec.ts';

/** A case that failed, with what to do; the others are finished and kept. */
export interface FailedCase {
  readonly files: ImageFiles;
  readonly error: SentinodeError;
}

/** Radiomic features of every patient, and what happened on the way. */
export interface RadiomicsStage {
  /** Model features (consensus, or reader 1): columns `<visit>_<sequence>_<feature>`. */
  readonly features: FeatureTable;
  /** The same columns measured by each reader, of the training patients: agreement is a matter of training rows alone. */
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  /** How far both readers' regions agree on the images of training patients. */
  readonly overlaps: readonly { readonly files: ImageFiles; readonly agreement: MaskAgreement }[];
  readonly failed: readonly FailedCase[];
  /** What each image looked like. */
  readonly signatures: readonly { readonly files: ImageFiles; readonly signature: ImageSignature }[];
  /** Undefined values by feature name (visit and sequence in front), counted over patients. */
  readonly undefinedCounts: Readonly<Record<string, number>>;
  /** Extraction warnings by code: how many regions. */
  readonly warningCounts: Readonly<Record<string, number>>;
  /** Image types with unusual numbers of grey levels, in one sentence; undefined where all are usual. */
  readonly greyLevels: string | undefined;
}

interface Measured {
  readonly files: ImageFiles;
  readonly vectors: readonly FeatureVector[];
  readonly signature: ImageSignature | null;
  readonly agreement: MaskAgreement | null;
}

/**
 * Measures every image of the list, and of training patients the regions of both readers as well; finished ones come
 * from the cache by the hash of their bytes and settings.
 */
export async function radiomicsStage(
  host: StudyHost,
  study: Study,
  files: readonly ImageFiles[],
  settings: Protocol,
  training: ReadonlySet<string>,
): Promise<RadiomicsStage> {
  const region = await regionRuleOf(host, study.images!.masks);
  let done = 0;
  const failed: FailedCase[] = [];
  const measured = await mapLimited(files, host.concurrency, async (entry): Promise<Measured | undefined> => {
    throwIfAborted(host.signal);
    try {
      const wanted = [entry.mask, ...(training.has(entry.patient) ? entry.readers : [])];
      const masks = [...new Set(wanted)];
      const image = await readImageFile(host, entry.image, study.images!);
      const maskBytes = await Promise.all(masks.map((mask) => readVolumeFile(host, mask)));
      const [, first, second] = wanted.map((mask) => masks.indexOf(mask));
      const {
        vectors: byMask,
        signature,
        agreement,
      } = await measure(host, {
        image,
        masks: maskBytes,
        ...(first === undefined || second === undefined ? {} : { readers: [first, second] as const }),
        settings,
        region,
      });
      const vectors = wanted.map((mask) => byMask[masks.indexOf(mask)]!);
      return { files: entry, vectors, signature, agreement };
    } catch (error) {
      if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
      failed.push({
        files: entry,
        error: error.at({ patient: entry.patient, part: `${entry.visit} ${entry.sequence}` }),
      });
      return undefined;
    } finally {
      host.progress?.({ stage: 'radiomic features', done: ++done, total: files.length });
    }
  });
  const complete = measured.filter((entry): entry is Measured => entry !== undefined);
  const order = new Map(files.map((entry, index) => [entry, index]));
  failed.sort((a, b) => order.get(a.files)! - order.get(b.files)!);
  const twice = complete.filter(({ files: of }) => training.has(of.patient));
  const readers = files[0]?.readers.length === 2 ? ([tableOf(twice, 1), tableOf(twice, 2)] as const) : null;
  return {
    features: tableOf(complete, 0),
    readers,
    overlaps: complete.flatMap(({ files: of, agreement }) =>
      agreement === null ? [] : [{ files: of, agreement }],
    ),
    failed,
    signatures: complete.flatMap(({ files: of, signature }) =>
      signature === null ? [] : [{ files: of, signature }],
    ),
    ...countsOf(complete),
    greyLevels: summariseGreyLevels(complete.flatMap(({ vectors }) => vectors)),
  };
}

async function measure(host: StudyHost, job: ExtractionJob): Promise<ExtractionResult> {
  const parts = [job.image, ...job.masks].flatMap(({ bytes, siblings }) => [
    bytes,
    ...Object.values(siblings ?? {}),
  ]);
  const hashes = await Promise.all(parts.map((bytes) => sha256(bytes)));
  const key = await sha256(
    canonicalJson({
      engine: ENGINE_VERSION,
      settings: job.settings,
      region: job.region,
      biasField: job.image.biasField,
      readers: job.readers,
      hashes,
    }),
  );
  const cached = await host.cache.get(`radiomics-${key}`);
  const seen = await host.cache.get(`seen-${key}`);
  if (cached !== undefined && seen !== undefined)
    return {
      vectors: decodeVectors(cached),
      ...(JSON.parse(new TextDecoder().decode(seen)) as Pick<ExtractionResult, 'signature' | 'agreement'>),
    };
  const { vectors, signature, agreement } = await host.extract(job);
  await host.cache.put(`seen-${key}`, new TextEncoder().encode(JSON.stringify({ signature, agreement })));
  await host.cache.put(`radiomics-${key}`, encodeVectors(vectors));
  return { vectors, signature, agreement };
}

/** One row per patient, columns visit x sequence x feature in file order. */
function tableOf(measured: readonly Measured[], mask: number): FeatureTable {
  const ids = [...new Set(measured.map(({ files }) => files.patient))];
  const row = new Map(ids.map((id, index) => [id, index]));
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const position = new Map<string, number>();
  for (const { files, vectors } of measured) {
    const vector = vectors[mask]!;
    vector.names.forEach((feature, index) => {
      const name = `${files.visit}_${files.sequence}_${feature}`;
      let column = position.get(name);
      if (column === undefined) {
        column = names.push(name) - 1;
        position.set(name, column);
        columns.push(new Float64Array(ids.length).fill(Number.NaN));
      }
      columns[column]![row.get(files.patient)!] = vector.values[index]!;
    });
  }
  return { ids, names, columns };
}

function countsOf(measured: readonly Measured[]): Pick<RadiomicsStage, 'undefinedCounts' | 'warningCounts'> {
  const undefinedCounts: Record<string, number> = {};
  const warningCounts: Record<string, number> = {};
  for (const { files, vectors } of measured) {
    for (const feature of Object.keys(vectors[0]!.undefinedReasons)) {
      const name = `${files.visit}_${files.sequence}_${feature}`;
      undefinedCounts[name] = (undefinedCounts[name] ?? 0) + 1;
    }
    for (const { code } of vectors.flatMap((vector) => vector.warnings))
      warningCounts[code] = (warningCounts[code] ?? 0) + 1;
  }
  return { undefinedCounts, warningCounts };
}
