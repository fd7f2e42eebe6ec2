import type { Mask, Volume } from '@sentinode/volume';
import { explainFeature as explainPyradiomics } from './explain/explain-feature.ts';
import type { Explanation } from './explain/explanation.ts';
import { explainIbsi } from './ibsi/explain-ibsi.ts';
import { isIbsi, type Protocol } from './protocol.ts';

/**
 * How one feature's value comes about under the standard of the protocol: formula, source, settings, grey levels, and
 * the matrix or histogram behind it.
 * @param name as in the output of `extract`
 * @throws SentinodeError as {@link extract}; `option-unknown` for a name that the protocol does not give
 */
export function explainFeature(image: Volume, mask: Mask, protocol: Protocol, name: string): Explanation {
  return isIbsi(protocol)
    ? explainIbsi(image, mask, protocol, name)
    : explainPyradiomics(image, mask, protocol, name);
}
