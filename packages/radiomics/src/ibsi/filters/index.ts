import type { Vector3 } from '@sentinode/volume';
import { z } from 'zod';
import type { IbsiImage } from '../ibsi-image.ts';
import type { IbsiFilter } from './filter.ts';
import { gabor } from './gabor/index.ts';
import { laws } from './laws/index.ts';
import { laplacianOfGaussian } from './log/index.ts';
import { mean } from './mean/index.ts';
import { simoncelli } from './simoncelli/index.ts';
import { wavelet } from './wavelet/index.ts';

/** All convolutional filters, in the order of the reference manual. */
export const ibsiFilters = [
  mean,
  laplacianOfGaussian,
  laws,
  gabor,
  wavelet,
  simoncelli,
] as const satisfies readonly IbsiFilter[];

/** One entry of `filters` in a parameter file; `none` is the image itself. */
export const filterSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  mean.options,
  laplacianOfGaussian.options,
  laws.options,
  gabor.options,
  wavelet.options,
  simoncelli.options,
]);

/** A filter with its options. */
export type FilterSettings = z.output<typeof filterSchema>;

/** A filter ready to be applied to one image. */
export interface ReadyFilter {
  readonly label: string;
  /** As `IbsiFilter.reach`; periodic boundaries need the whole image. */
  readonly reach: Vector3 | undefined;
  apply(image: IbsiImage): Float64Array;
}

/** The filter of an entry for an image of a spacing; undefined for the image itself. */
export function readyFilter(settings: FilterSettings, spacing: Vector3): ReadyFilter | undefined {
  if (settings.type === 'none') return undefined;
  const filter = ibsiFilters.find(({ type }) => type === settings.type) as unknown as IbsiFilter;
  const periodic = 'boundary' in settings && settings.boundary === 'wrap';
  return {
    label: labelOf(settings),
    reach: periodic ? undefined : filter.reach(settings, spacing),
    apply: (image) => filter.apply(image, settings),
  };
}

/** What features of an entry are called before `__`; empty for the image itself. */
export function labelOf(settings: FilterSettings): string {
  if (settings.type === 'none') return '';
  const filter = ibsiFilters.find(({ type }) => type === settings.type) as unknown as IbsiFilter;
  return settings.name ?? filter.label(settings);
}
