import { isSentinodeError, SentinodeError, type Warning, withPlace } from '@sentinode/core';
import { type FeatureVector, isIbsi, type Protocol, regionExtractor } from '@sentinode/radiomics';
import {
  assertSameGrid,
  type BiasFieldOptions,
  correctBiasField,
  type Mask,
  type MaskAgreement,
  maskAgreement,
  readVolume,
  regionOfLesions,
  type Volume,
} from '@sentinode/volume';
import { type ImageSignature, signatureOf } from './image-signature.ts';

/** A file as it was read: its name for messages, its bytes. */
export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Detached data files of a header (`.nhdr`, `.hdr`), by the name that the header gives. */
  readonly siblings?: Readonly<Record<string, Uint8Array>>;
  /** Settings of N4, where the bias field of this image is divided out as it is read. */
  readonly biasField?: Partial<BiasFieldOptions>;
}

/** One image with the masks to be measured on it. Plain data, so that it can be sent to another thread. */
export interface ExtractionJob {
  readonly image: NamedBytes;
  readonly masks: readonly NamedBytes[];
  /** Places in the list of masks of two readers whose regions are to be compared. */
  readonly readers?: readonly [number, number];
  readonly settings: Protocol;
  readonly region: RegionRule;
  /**
   * A mask may lie on another grid than its image where the settings resample or correct it, as in the reference.
   * Left out, it must lie on the same one.
   */
  readonly otherGrid?: boolean;
}

/** Which voxels of a mask file are the region. */
export interface RegionRule {
  /** Several labels or pieces: all of them, or the largest piece. */
  readonly lesions: 'union' | 'largest';
  /** Only this label; any non-zero voxel when left out. */
  readonly label?: number;
}

/** Feature vectors in the order of the masks, and what the image and its first region look like. */
export interface ExtractionResult {
  readonly vectors: readonly FeatureVector[];
  /** null where the mask lies on another grid. */
  readonly signature: ImageSignature | null;
  /** How far the regions of two readers agree; null where none are to be compared. */
  readonly agreement: MaskAgreement | null;
}

/**
 * Reads an image and its masks and measures each region.
 * @throws SentinodeError of reading, geometry or extraction, with the file named
 */
export async function extractImage(job: ExtractionJob): Promise<ExtractionResult> {
  const image = await readNamedVolume(job.image);
  const measure = regionExtractor(image, job.settings);
  const vectors: FeatureVector[] = [];
  const compared: Mask[] = [];
  let signature: ImageSignature | null = null;
  for (const [place, source] of job.masks.entries()) {
    const { mask, labels, warnings, named } = await readMask(source, image, job);
    if (job.readers?.includes(place) === true) compared[job.readers.indexOf(place)] = mask;
    try {
      if (vectors.length === 0 && mask.data.length === image.data.length)
        signature = signatureOf(image, mask);
      const vector = measure(mask, labels);
      vectors.push({ ...vector, warnings: [...vector.warnings, ...warnings] });
    } catch (error) {
      throw named(error);
    }
  }
  const [first, second] = compared;
  const agreement =
    first === undefined || second === undefined ? null : (maskAgreement(first, second) ?? null);
  return { vectors, signature, agreement };
}

/** An image and one region of it, read and ready to be measured. */
export interface ReadCase {
  readonly image: Volume;
  readonly mask: Mask;
  readonly labels: Volume;
  readonly warnings: readonly Warning[];
  /** An error of the measurement with the file that it is about. */
  named(error: unknown): unknown;
}

/** Reads the image and the first mask of a job. @throws SentinodeError of reading or geometry, with the file named */
export async function readCase(job: ExtractionJob): Promise<ReadCase> {
  const image = await readNamedVolume(job.image);
  return { image, ...(await readMask(job.masks[0]!, image, job)) };
}

async function readMask(
  source: NamedBytes,
  image: Volume,
  { image: { file }, settings, region, otherGrid }: ExtractionJob,
): Promise<Omit<ReadCase, 'image'>> {
  const named = (error: unknown): unknown => withFile(error, source.file, file, region);
  try {
    const channel = isIbsi(settings) ? 0 : settings.label_channel;
    const { volume, chosen } = await readLabels(source, channel);
    if (otherGrid !== true) assertSameGrid(image, volume);
    const warnings = chosen || channel === 0 ? [] : [channelWithoutEffect];
    return { mask: regionOfLesions(volume, region), labels: volume, warnings, named };
  } catch (error) {
    throw named(error);
  }
}

const channelWithoutEffect = {
  code: 'setting-no-effect',
  message: 'The setting label_channel has no effect: the mask has one value per voxel.',
};

async function readComponent(source: NamedBytes, channel: number): Promise<Volume> {
  try {
    return await readNamedVolume(source, channel);
  } catch (error) {
    if (!isSentinodeError(error, 'volume-dimensions')) throw error;
    throw new SentinodeError('mask-label', `The mask has several values per voxel. ${error.message}`, {
      ...error.place,
      field: 'setting.label_channel',
    });
  }
}

/** A label map; of a file with several values per voxel, the component asked for. */
async function readLabels(source: NamedBytes, channel: number): Promise<{ volume: Volume; chosen: boolean }> {
  try {
    return { volume: await readNamedVolume(source), chosen: false };
  } catch (error) {
    if (!isSentinodeError(error, 'volume-dimensions')) throw error;
    return { volume: await readComponent(source, channel), chosen: true };
  }
}

/** A volume with its detached data, if any, corrected where the source says so; `index` chooses one of several. @throws SentinodeError of the format */
export async function readNamedVolume(
  { file, bytes, siblings, biasField }: NamedBytes,
  index?: number,
): Promise<Volume> {
  const volume = await readVolume(bytes, {
    file,
    index,
    sibling:
      siblings === undefined
        ? undefined
        : async (name) => {
            const found = siblings[name];
            if (found === undefined)
              throw new SentinodeError('file-missing', `The data file "${name}" of the header is missing.`, {
                file: name,
              });
            return found;
          },
  });
  return biasField === undefined
    ? volume
    : withPlace({ file }, () => correctBiasField(volume, biasField).image);
}

/**
 * Reads the detached data files of a header, so that the volume can be sent to another thread.
 * @param read bytes of a file beside the header, undefined when there is none
 */
export async function withSiblings(
  source: NamedBytes,
  read: (name: string) => Promise<Uint8Array | undefined>,
): Promise<NamedBytes> {
  if (!/\.(nhdr|hdr)$/i.test(source.file)) return source;
  const siblings: Record<string, Uint8Array> = {};
  await readVolume(source.bytes, {
    file: source.file,
    sibling: async (name) => {
      const bytes = await read(name);
      if (bytes === undefined)
        throw new SentinodeError('file-missing', `The data file "${name}" of the header is missing.`, {
          file: source.file,
        });
      siblings[name] = bytes;
      return bytes;
    },
  });
  return { ...source, siblings };
}

/** The region of a mask file on the grid of its image. */
export async function readRegion(
  source: NamedBytes,
  image: Volume,
  imageFile: string,
  rule: RegionRule,
): Promise<Mask> {
  try {
    const labels = await readNamedVolume(source);
    assertSameGrid(image, labels);
    return regionOfLesions(labels, rule);
  } catch (error) {
    throw withFile(error, source.file, imageFile, rule);
  }
}

/** Adds the file to our errors: what is wrong with the image names the image, everything else the mask. */
function withFile(error: unknown, mask: string, image: string, { label }: RegionRule): unknown {
  if (!isSentinodeError(error)) return error;
  if (error.code === 'mask-size' || error.code === 'mask-geometry')
    return new SentinodeError(error.code, `${error.message} (image: ${image})`, {
      ...error.place,
      file: mask,
    });
  if (error.code === 'volume-nan' || error.code === 'volume-constant') return error.at({ file: image });
  return error.at({ file: mask, part: label === undefined ? undefined : `label ${label}` });
}
