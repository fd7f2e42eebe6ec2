import {
  canonicalJson,
  type FeatureTable,
  isSentinodeError,
  SentinodeError,
  sha256,
  throwIfAborted,
  withPlace,
} from '@sentinode/core';
import {
  channelsOf,
  FEATURES,
  loadNetwork,
  type Network,
  type NetworkDescription,
  networkInput,
  type Picture,
  refuseWithoutWeights,
  tumourSlice,
} from '@sentinode/deep';
import type { StudyHost } from '../host/study-host.ts';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION } from '../version.ts';
import { type NamedBytes, type RegionRule, readNamedVolume, readRegion } from './extraction-job.ts';
import { insideStudy } from './file-pattern.ts';
import { mapLimited } from './limited.ts';
import { type ImageFiles, readNamed, readVolumeFile } from './locate-images.ts';
import type { FailedCase } from './radiomics-stage.ts';

/** Deep features of every patient and visit. */
export interface DeepStage {
  /** Columns `<visit>_resnet50_<index>`. */
  readonly features: FeatureTable;
  readonly failed: readonly FailedCase[];
  readonly network: {
    /** Bytes for the bundle, where the user brought them. */
    readonly bytes: Uint8Array | null;
    readonly description: NetworkDescription;
  };
}

/** Word in a study file that asks for a network that is not pretrained. */
const SEEDED = 'seeded';

/** Name of a deep feature: `pre_resnet50_0007`. */
export function deepName(visit: string, index: number): string {
  return `${visit}_resnet50_${String(index).padStart(4, '0')}`;
}

/** Image and mask of one sequence. */
export interface SequenceFiles {
  readonly image: NamedBytes;
  readonly mask: NamedBytes;
}

/** How pictures are cut from the images of a visit. */
export interface PictureRule {
  readonly sequences: readonly string[];
  readonly region: RegionRule;
  /** Offsets from the slice with the largest tumour area, towards the head; features are averaged over them. */
  readonly slices: readonly number[];
}

/** Deep features of one visit: the slice with the largest tumour area of each sequence, as red, green and blue. */
export async function measureVisit(
  network: Network,
  { sequences, region, slices }: PictureRule,
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<Float64Array> {
  const channels = channelsOf(sequences);
  const pictures = new Map<string, readonly Picture[]>();
  for (const sequence of new Set(channels)) {
    const { image, mask } = files.get(sequence)!;
    const volume = await readNamedVolume(image);
    const tumour = await readRegion(mask, volume, image.file, region);
    pictures.set(
      sequence,
      slices.map((offset) => withPlace({ file: image.file }, () => tumourSlice(volume, tumour, offset))),
    );
  }
  const names = channels.map((sequence) => files.get(sequence)!.image.file);
  const mean = new Float64Array(FEATURES);
  for (const index of slices.keys()) {
    const [red, green, blue] = channels.map((sequence) => pictures.get(sequence)![index]!);
    const features = await network.features(networkInput([red!, green!, blue!], names));
    for (let at = 0; at < FEATURES; at++) mean[at]! += features[at]! / slices.length;
  }
  return mean;
}

/**
 * Measures every visit; finished ones come from the cache by the hash of network, images and masks.
 * @throws SentinodeError `weights-missing`, `weights-invalid`, `not-built` without an inference runtime
 */
export async function deepStage(
  host: StudyHost,
  study: Study,
  files: readonly ImageFiles[],
): Promise<DeepStage> {
  const { sequences, visits, masks } = study.images!;
  const rule: PictureRule = {
    sequences,
    region: { lesions: masks.lesions, label: masks.label },
    slices: study.deep.slices,
  };
  const network = await openNetwork(host, study);
  try {
    const groups = byVisit(files);
    const failed: FailedCase[] = [];
    let done = 0;
    const vectors = await mapLimited(groups, 2, async (group) => {
      throwIfAborted(host.signal);
      try {
        return await cachedVisit(host, network, rule, group);
      } catch (error) {
        if (!isSentinodeError(error) || error.code === 'interrupted' || error.code === 'weights-invalid')
          throw error;
        const at =
          group.find((entry) => error.place.file === entry.image || error.place.file === entry.mask) ??
          group[0]!;
        failed.push({
          files: at,
          error: error.at({ patient: at.patient, part: `${at.visit} ${at.sequence}` }),
        });
        return undefined;
      } finally {
        host.progress?.({ stage: 'deep features', done: ++done, total: groups.length });
      }
    });
    const order = new Map(files.map((entry, index) => [entry, index]));
    failed.sort((a, b) => order.get(a.files)! - order.get(b.files)!);
    return {
      features: tableOf(groups, vectors, visits),
      failed,
      network: {
        bytes: network.description.pretrained ? network.onnx : null,
        description: network.description,
      },
    };
  } finally {
    await network.close();
  }
}

/**
 * Whether the network of a study can be loaded and gives features, before the long work.
 * @throws SentinodeError `weights-missing`, `weights-invalid`, `option-invalid` for the number of sequences, `not-built`
 * without an inference runtime
 */
export async function checkNetwork(host: StudyHost, study: Study): Promise<void> {
  channelsOf(study.images!.sequences);
  const seeded = study.deep.weights === SEEDED && host.inference !== undefined;
  if (!seeded) await (await openNetwork(host, study)).close();
}

async function openNetwork(host: StudyHost, study: Study): Promise<Network> {
  const { weights } = study.deep;
  if (weights === undefined) return refuseWithoutWeights();
  if (host.inference === undefined)
    throw new SentinodeError(
      'not-built',
      'This application cannot run networks; leave the deep models out.',
      { field: 'deep' },
    );
  if (weights === SEEDED) return loadNetwork({ kind: 'seeded', seed: study.seed }, host.inference);
  const { file, bytes } = await readNamed(host, insideStudy(weights, 'deep.weights'), 'deep.weights');
  return loadNetwork({ kind: 'file', file, bytes }, host.inference);
}

/** The sequences of each patient and visit, in file order. */
function byVisit(files: readonly ImageFiles[]): ImageFiles[][] {
  const groups = new Map<string, ImageFiles[]>();
  for (const entry of files) {
    const key = JSON.stringify([entry.patient, entry.visit]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

async function cachedVisit(
  host: StudyHost,
  network: Network,
  rule: PictureRule,
  group: readonly ImageFiles[],
): Promise<Float64Array> {
  const files = new Map<string, SequenceFiles>();
  for (const entry of group) {
    const [image, mask] = await Promise.all([
      readVolumeFile(host, entry.image),
      readVolumeFile(host, entry.mask),
    ]);
    files.set(entry.sequence, { image, mask });
  }
  const hashes: string[] = [];
  for (const { image, mask } of files.values())
    for (const { bytes, siblings } of [image, mask])
      for (const part of [bytes, ...Object.values(siblings ?? {})]) hashes.push(await sha256(part));
  const key = `deep-${await sha256(canonicalJson({ engine: ENGINE_VERSION, network: network.description.sha256, rule, hashes }))}`;
  const cached = await host.cache.get(key);
  if (cached !== undefined && cached.length === FEATURES * 8) return new Float64Array(cached.slice().buffer);
  const features = await measureVisit(network, rule, files);
  await host.cache.put(key, new Uint8Array(features.buffer.slice(0)));
  return features;
}

function tableOf(
  groups: readonly (readonly ImageFiles[])[],
  vectors: readonly (Float64Array | undefined)[],
  visits: readonly string[],
): FeatureTable {
  const ids = [...new Set(groups.map((group) => group[0]!.patient))];
  const row = new Map(ids.map((id, index) => [id, index]));
  const names = visits.flatMap((visit) =>
    Array.from({ length: FEATURES }, (_, index) => deepName(visit, index)),
  );
  const columns = names.map(() => new Float64Array(ids.length).fill(Number.NaN));
  groups.forEach((group, at) => {
    const vector = vectors[at];
    if (vector === undefined) return;
    const { patient, visit } = group[0]!;
    const first = visits.indexOf(visit) * FEATURES;
    for (let index = 0; index < FEATURES; index++)
      columns[first + index]![row.get(patient)!] = vector[index]!;
  });
  return { ids, names, columns };
}
