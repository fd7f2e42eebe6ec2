import {
  canonicalJson,
  type FeatureTable,
  isSentinodeError,
  SentinodeError,
  sha256,
  throwIfAborted,
} from '@sentinode/core';
import {
  type ColourPicture,
  channelsOf,
  loadNetwork,
  type Network,
  type NetworkDescription,
  networkInput,
  type PictureOptions,
  refuseWithoutWeights,
  type SequenceImage,
  visitPictures,
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
  /** Columns `<visit>_<backbone>_<index>`. */
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
export function deepName(visit: string, backbone: string, index: number): string {
  return `${visit}_${backbone}_${String(index).padStart(4, '0')}`;
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
  readonly picture: PictureOptions;
}

/**
 * The pictures of one visit that the network is shown, one for each slice asked for: a slice of each sequence as red,
 * green and blue.
 */
export async function visitColours(
  { interface: { side } }: Network,
  { sequences, region, slices, picture }: PictureRule,
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<ColourPicture[]> {
  const images = new Map<string, SequenceImage>();
  const channels: SequenceImage[] = [];
  for (const sequence of channelsOf(sequences)) {
    const { image, mask } = files.get(sequence)!;
    const volume = images.get(sequence)?.volume ?? (await readNamedVolume(image));
    const known = images.get(sequence) ?? {
      volume,
      mask: await readRegion(mask, volume, image.file, region),
      file: image.file,
    };
    images.set(sequence, known);
    channels.push(known);
  }
  const [red, green, blue] = channels;
  return visitPictures([red!, green!, blue!], slices, picture, side);
}

/** Deep features of the pictures of one visit: their mean over the slices. */
export async function featuresOf(
  network: Network,
  pictures: readonly ColourPicture[],
): Promise<Float64Array> {
  const mean = new Float64Array(network.interface.features);
  for (const colours of pictures) {
    const values = await network.features(networkInput(colours, network.interface));
    for (let at = 0; at < mean.length; at++) mean[at]! += values[at]! / pictures.length;
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
    picture: study.deep.picture,
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
      features: tableOf(groups, vectors, visits, network),
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
  const { weights, backbone } = study.deep;
  const seeded = weights === SEEDED && backbone !== 'onnx' && host.inference !== undefined;
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
  const { backbone, network } = study.deep;
  if (weights === SEEDED) {
    if (backbone === 'onnx')
      throw new SentinodeError(
        'option-invalid',
        'Only the networks that are built here can be seeded; name the .onnx file in deep.weights.',
        { field: 'deep.weights' },
      );
    return loadNetwork({ kind: 'seeded', backbone, seed: study.seed }, host.inference);
  }
  const { file, bytes } = await readNamed(host, insideStudy(weights, 'deep.weights'), 'deep.weights');
  await compareWithRecord(host, file, bytes);
  if (backbone !== 'onnx') return loadNetwork({ kind: 'file', backbone, file, bytes }, host.inference);
  return loadNetwork({ kind: 'declared', network: network!, file, bytes }, host.inference);
}

/** A network that was imported must still be the one of its record. @throws `weights-invalid` */
async function compareWithRecord(host: StudyHost, file: string, bytes: Uint8Array): Promise<void> {
  if (!/\.onnx$/i.test(file)) return;
  const record = await host.readInput(file.replace(/\.onnx$/i, '.json'));
  if (record === undefined) return;
  let expected: unknown;
  try {
    expected = (JSON.parse(new TextDecoder().decode(record)) as { sha256?: unknown }).sha256;
  } catch {
    expected = undefined;
  }
  if (expected !== (await sha256(bytes)))
    throw new SentinodeError(
      'weights-invalid',
      'The network is not the one of the record beside it; run `sentinode weights import` again.',
      { file, field: 'deep.weights' },
    );
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
  if (cached !== undefined && cached.length === network.interface.features * 8)
    return new Float64Array(cached.slice().buffer);
  const features = await featuresOf(network, await visitColours(network, rule, files));
  await host.cache.put(key, new Uint8Array(features.buffer.slice(0)));
  return features;
}

function tableOf(
  groups: readonly (readonly ImageFiles[])[],
  vectors: readonly (Float64Array | undefined)[],
  visits: readonly string[],
  { description, interface: { features } }: Network,
): FeatureTable {
  const ids = [...new Set(groups.map((group) => group[0]!.patient))];
  const row = new Map(ids.map((id, index) => [id, index]));
  const names = visits.flatMap((visit) =>
    Array.from({ length: features }, (_, index) => deepName(visit, description.backbone, index)),
  );
  const columns = names.map(() => new Float64Array(ids.length).fill(Number.NaN));
  groups.forEach((group, at) => {
    const vector = vectors[at];
    if (vector === undefined) return;
    const { patient, visit } = group[0]!;
    const first = visits.indexOf(visit) * features;
    for (let index = 0; index < features; index++)
      columns[first + index]![row.get(patient)!] = vector[index]!;
  });
  return { ids, names, columns };
}
