import type { Mask, Volume } from '@sentinode/volume';
import { extract as extractPyradiomics } from './extractor/extract.ts';
import type { FeatureVector } from './feature-vector.ts';
import { extractIbsi } from './ibsi/extract-ibsi.ts';
import { isIbsi, type Protocol } from './protocol.ts';

/**
 * All features of one region under the standard of the protocol.
 * @param image any element type
 * @param mask 1 inside the region, on the grid of the image
 * @param labels the label map that the mask is a part of
 * @throws SentinodeError as `extractor/extract.ts` and `ibsi/extract-ibsi.ts` say
 */
export function extract(image: Volume, mask: Mask, protocol: Protocol, labels?: Volume): FeatureVector {
  return isIbsi(protocol)
    ? extractIbsi(image, mask, protocol)
    : extractPyradiomics(image, mask, protocol, labels);
}
