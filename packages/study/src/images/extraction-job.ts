import { isSentinodeError, SentinodeError } from '@sentinode/core';
import { type ExtractionSettings, extract, type FeatureVector } from '@sentinode/radiomics';
import { assertSameGrid, type Mask, readVolume, regionOfLesions, type Volume } from '@sentinode/volume';

/** A file as it was read: its name for messages, its bytes. */
export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** One image with the masks to be measured on it. Plain data, so that it can be sent to another thread. */
export interface ExtractionJob {
  readonly image: NamedBytes;
  readonly masks: readonly NamedBytes[];
  readonly settings: ExtractionSettings;
  readonly region: RegionRule;
}

/** Which voxels of a mask file are the region. */
export interface RegionRule {
  /** Several labels or pieces: all of them, or the largest piece. */
  readonly lesions: 'union' | 'largest';
  /** Only this label; any non-zero voxel when left out. */
  readonly label?: number;
}

/** Feature vectors in the order of the masks. */
export interface ExtractionResult {
  readonly vectors: readonly FeatureVector[];
}

/**
 * Reads an image and its masks and measures each region.
 * @throws SentinodeError of reading, geometry or extraction, with the file named
 */
export async function extractImage(job: ExtractionJob): Promise<ExtractionResult> {
  const image = await readVolume(job.image.bytes, { file: job.image.file });
  const vectors: FeatureVector[] = [];
  for (const source of job.masks) {
    const mask = await readRegion(source, image, job.image.file, job.region);
    try {
      vectors.push(extract(image, mask, job.settings));
    } catch (error) {
      throw isSentinodeError(error) ? error.at({ file: source.file }) : error;
    }
  }
  return { vectors };
}

/** The region of a mask file on the grid of its image. */
export async function readRegion(
  source: NamedBytes,
  image: Volume,
  imageFile: string,
  rule: RegionRule,
): Promise<Mask> {
  try {
    const labels = await readVolume(source.bytes, { file: source.file });
    assertSameGrid(image, labels);
    return regionOfLesions(labels, rule);
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    if (error.code === 'mask-size' || error.code === 'mask-geometry') {
      throw new SentinodeError(error.code, `${error.message} (image: ${imageFile})`, {
        ...error.place,
        file: source.file,
      });
    }
    throw error.at({ file: source.file });
  }
}
