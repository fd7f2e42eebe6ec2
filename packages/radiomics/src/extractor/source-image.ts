import type { Volume } from '@sentinode/volume';
import { normalise } from '../normalise/normalise.ts';
import type { ExtractionSettings } from '../parameters/settings.ts';
import { type Diagnostics, imageDiagnostics } from './image-diagnostics.ts';

/** An image as it is measured: what does not depend on the region is made once, when it is first asked for. */
export interface SourceImage {
  readonly image: Volume;
  /** The image itself where the settings do not normalise. @throws SentinodeError `volume-nan`, `volume-constant` */
  normalised(): Volume;
  /** `diagnostics_Image-original_*` */
  diagnostics(): Diagnostics;
}

export function sourceImage(
  image: Volume,
  { normalize, normalizeScale, removeOutliers }: ExtractionSettings,
): SourceImage {
  return {
    image,
    normalised: once(() =>
      normalize ? normalise(image, normalizeScale, removeOutliers ?? undefined) : image,
    ),
    diagnostics: once(() => imageDiagnostics('original', image)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
