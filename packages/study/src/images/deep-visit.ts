import { canonicalJson, sha256 } from '@sentinode/core';
import {
  type Augmentation,
  augment,
  type ColourPicture,
  channelsOf,
  type Network,
  networkInput,
  type PictureOptions,
  type SequenceImage,
  slicesTakenAgain,
  visitPictures,
} from '@sentinode/deep';
import type { StudyHost } from '../host/study-host.ts';
import { ENGINE_VERSION } from '../version.ts';
import { type NamedBytes, type RegionRule, readNamedVolume, readRegion } from './extraction-job.ts';

/** Image and mask of one sequence. */
export interface SequenceFiles {
  readonly image: NamedBytes;
  readonly mask: NamedBytes;
}

/** How pictures are cut from the images of a visit. */
export interface PictureRule {
  readonly sequences: readonly string[];
  readonly region: RegionRule;
  readonly picture: PictureOptions;
}

type Channels = readonly [SequenceImage, SequenceImage, SequenceImage];

async function channelImages(
  { sequences, region }: PictureRule,
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<Channels> {
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
  return [red!, green!, blue!];
}

/**
 * The pictures of one visit that the network is shown, one for each slice asked for: a slice of each sequence as red,
 * green and blue.
 * @param slices offsets from the slice with the largest tumour area, towards the head
 */
export async function visitColours(
  { interface: { side } }: Pick<Network, 'interface'>,
  rule: PictureRule,
  slices: readonly number[],
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<ColourPicture[]> {
  return visitPictures(await channelImages(rule, files), slices, rule.picture, side);
}

/** Deep features of the pictures of one visit: their mean over the slices. */
export async function featuresOf(
  network: Network,
  pictures: readonly ColourPicture[],
): Promise<Float64Array> {
  const vectors: Float64Array[] = [];
  for (const colours of pictures)
    vectors.push(await network.features(networkInput(colours, network.interface)));
  return meanOf(vectors);
}

/** Mean of feature vectors, in their order. */
export function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(vectors[0]!.length);
  for (const values of vectors)
    for (let at = 0; at < mean.length; at++) mean[at]! += values[at]! / vectors.length;
  return mean;
}

/** What is measured of a visit: which slices, as they are and changed. */
export interface VisitPlan {
  readonly offsets: readonly number[];
  /** Changes of the training pictures; each slice is measured once for each. */
  readonly changes: readonly Augmentation[];
}

/** What the network made of one visit. */
export interface VisitFeatures {
  /** Features of an offset, of the picture as it is (copy null) or of a changed copy. */
  of(offset: number, copy: number | null): Float64Array;
  /** In how many sequences the volume ends before an offset, so that the outermost slice was taken again. */
  takenAgain(offset: number): number;
  /** Where the picture of the first offset lies in the cache, as {@link measureVisit} left it there. */
  readonly seen: string;
}

/**
 * Measures a visit; what is finished comes from the cache by the hash of network, rule, images and masks, each picture
 * by itself, so that other slices or copies cost only what is new.
 */
export async function measureVisit(
  host: StudyHost,
  network: Network,
  rule: PictureRule,
  { offsets, changes }: VisitPlan,
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<VisitFeatures> {
  const visit = await hashOf(network, rule, files);
  const store = visitStore(host, `deep-${visit}`);
  let channels: Channels | undefined;
  const cut = async (offset: number): Promise<ColourPicture> => {
    channels ??= await channelImages(rule, files);
    return visitPictures(channels, [offset], rule.picture, network.interface.side)[0]!;
  };
  const vectors = new Map<string, Float64Array>();
  const again = new Map<number, number>();
  for (const offset of offsets) {
    let picture: ColourPicture | undefined;
    const shown = async (change: Augmentation | null): Promise<ColourPicture> => {
      picture ??= await cut(offset);
      return change === null ? picture : augment(picture, change);
    };
    for (const [copy, change] of [null, ...changes].entries()) {
      const vector = await store(
        change === null ? `${offset}` : `${offset}-${await sha256(canonicalJson(change))}`,
        8 * network.interface.features,
        async () => {
          const values = await network.features(networkInput(await shown(change), network.interface));
          return new Uint8Array(values.buffer.slice(0));
        },
      );
      vectors.set(`${offset}/${copy}`, new Float64Array(vector.slice().buffer));
    }
    const [count] = await store(`${offset}-end`, 1, async () => {
      channels ??= await channelImages(rule, files);
      return Uint8Array.from(slicesTakenAgain(channels, [offset], rule.picture));
    });
    again.set(offset, count!);
  }
  const { side } = network.interface;
  const seen = `${offsets[0]}-seen`;
  await store(seen, 3 * side * side, async () => pixelsOf(await cut(offsets[0]!)));
  return featuresOfVisit(vectors, again, `deep-${visit}.${seen}`);
}

/**
 * The picture of the first offset as the network saw it: red, green, blue of each pixel, row by row. Pictures of a large
 * study are not held; one that the cache has lost is cut again.
 */
export async function seenPicture(
  host: StudyHost,
  network: Pick<Network, 'interface'>,
  rule: PictureRule,
  offset: number,
  seen: string,
  files: () => Promise<ReadonlyMap<string, SequenceFiles>>,
): Promise<Uint8Array> {
  const { side } = network.interface;
  const cached = await host.cache.get(seen);
  if (cached?.length === 3 * side * side) return cached;
  const [picture] = await visitColours(network, rule, [offset], await files());
  return pixelsOf(picture!);
}

/** Apart from the measurement, so that what is kept of a visit does not keep its volumes. */
function featuresOfVisit(
  vectors: ReadonlyMap<string, Float64Array>,
  again: ReadonlyMap<number, number>,
  seen: string,
): VisitFeatures {
  return {
    of: (offset, copy) => vectors.get(`${offset}/${copy === null ? 0 : copy + 1}`)!,
    takenAgain: (offset) => again.get(offset)!,
    seen,
  };
}

/** Reads a part of a visit from the cache, or makes and keeps it. A part of another length is made again. */
function visitStore(host: StudyHost, visit: string) {
  return async (part: string, length: number, make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const key = `${visit}.${part}`;
    const cached = await host.cache.get(key);
    if (cached?.length === length) return cached;
    const made = await make();
    await host.cache.put(key, made);
    return made;
  };
}

async function hashOf(
  network: Network,
  rule: PictureRule,
  files: ReadonlyMap<string, SequenceFiles>,
): Promise<string> {
  const hashes: string[] = [];
  for (const { image, mask } of files.values())
    for (const { bytes, siblings } of [image, mask])
      for (const part of [bytes, ...Object.values(siblings ?? {})]) hashes.push(await sha256(part));
  const biasFields = [...files.values()]
    .map(({ image }) => image.biasField)
    .filter((one) => one !== undefined);
  const { sha256: own } = network.description;
  return sha256(canonicalJson({ engine: ENGINE_VERSION, network: own, rule, biasFields, hashes }));
}

/** Red, green and blue of each pixel, 0 to 255, row by row. */
function pixelsOf(colours: ColourPicture): Uint8Array {
  const pixels = new Uint8Array(3 * colours[0].values.length);
  colours.forEach(({ values }, channel) => {
    values.forEach((value, at) => {
      pixels[3 * at + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
    });
  });
  return pixels;
}
