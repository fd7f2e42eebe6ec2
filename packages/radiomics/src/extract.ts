import type { Mask, Volume } from '@sentinode/volume';
import { regionExtractor as pyradiomicsExtractor } from './extractor/extract.ts';
import type { FeatureVector } from './feature-vector.ts';
import { extractIbsi } from './ibsi/extract-ibsi.ts';
import { isIbsi, type Protocol } from './protocol.ts';

/** All features of one region; see {@link extract}. */
export type RegionExtractor = (mask: Mask, labels?: Volume) => FeatureVector;

/**
 * Measures several regions of one image under the standard of the protocol: what does not depend on the region is done
 * once. The numbers are those of {@link extract}.
 * @param image any element type
 */
export function regionExtractor(image: Volume, protocol: Protocol): RegionExtractor {
  return isIbsi(protocol)
    ? (mask) => extractIbsi(image, mask, protocol)
    : pyradiomicsExtractor(image, protocol);
}

/**
 * All features of one region under the standard of the protocol.
 * @param image any element type
 * @param mask 1 inside the region, on the grid of the image
 * @param labels the label map that the mask is a part of
 * @throws SentinodeError as `extractor/extract.ts` and `ibsi/extract-ibsi.ts` say
 */
export function extract(image: Volume, mask: Mask, protocol: Protocol, labels?: Volume): FeatureVector {
  return regionExtractor(image, protocol)(mask, labels);
}
