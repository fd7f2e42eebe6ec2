import type { Box } from '@sentinode/volume';
import { cropArray } from './crop.ts';
import { type FilterSettings, readyFilter } from './filters/index.ts';
import type { IbsiImage } from './ibsi-image.ts';
import type { Prepared } from './processing/prepare.ts';
import { type IbsiRegion, regionOn } from './region.ts';
import type { IbsiSettings } from './settings/settings.ts';

/** Voxels that local intensity looks beyond a region. */
const PEAK_REACH_MM = 6.3;

/**
 * The region on the image itself or on a filter's response. A filter is applied to the part of the image that can reach
 * the region, or to all of it where its boundary or its frequencies need that.
 */
export function responseRegion(
  { image, masks }: Prepared,
  filter: FilterSettings,
  settings: IbsiSettings,
): IbsiRegion {
  const ready = readyFilter(filter, image.spacing);
  if (ready === undefined) return regionOn(image, masks, settings, true);
  const { reach } = ready;
  if (reach === undefined) return regionOn({ ...image, values: ready.apply(image) }, masks, settings, false);
  const margin = reach.map((voxels, axis) => voxels + Math.ceil(PEAK_REACH_MM / image.spacing[axis]!));
  const start = masks.box.start.map((first, axis) => Math.max(0, first - margin[axis]!));
  const size = masks.box.size.map(
    (extent, axis) =>
      Math.min(image.size[axis]!, masks.box.start[axis]! + extent + margin[axis]!) - start[axis]!,
  );
  const part = { start, size } as unknown as Box;
  const cut: IbsiImage = { ...image, size: part.size, values: cropArray(image.values, image.size, part) };
  const box: Box = {
    start: masks.box.start.map((first, axis) => first - start[axis]!) as unknown as Box['start'],
    size: masks.box.size,
  };
  return regionOn({ ...cut, values: ready.apply(cut) }, { ...masks, box }, settings, false);
}
