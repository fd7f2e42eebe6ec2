import { SentinodeError } from '@sentinode/core';
import {
  boundingBox,
  centredGrid,
  type Geometry,
  type Mask,
  resampleCentred,
  type Volume,
} from '@sentinode/volume';
import { cropArray } from '../crop.ts';
import type { IbsiImage } from '../ibsi-image.ts';
import { type RegionMasks, regionMasks } from '../region.ts';
import type { IbsiSettings } from '../settings/settings.ts';
import { resegment } from './resegment.ts';

/** An image and its masks on the grid that is measured. */
export interface Prepared {
  readonly image: IbsiImage;
  /** 1 inside, of the image's size. */
  readonly morphological: Uint8Array;
  readonly intensity: Uint8Array;
  readonly masks: RegionMasks;
}

/** Digits kept of an interpolated mask before it is compared with its threshold. */
const MASK_DIGITS = 1e6;

/**
 * Interpolates image and mask, rounds, thresholds and re-segments, in the order of the IBSI reference manual.
 * @throws SentinodeError `mask-empty` where no voxel is left
 */
export function prepare(volume: Volume, mask: Mask, settings: IbsiSettings): Prepared {
  const { image, morphological } = interpolated(volume, mask, settings);
  const box = boundingBox({ geometry: { ...mask.geometry, size: image.size }, data: morphological });
  if (box === undefined)
    throw new SentinodeError(
      'mask-empty',
      'The region has no voxel on the interpolated grid; choose a smaller spacing or a lower maskThreshold.',
      { field: 'interpolation' },
    );
  const intensity = resegment(image.values, morphological, settings.resegmentation);
  const { coOccurrence, dependence, toneDifference } = settings;
  const masks = regionMasks(
    box,
    cropArray(morphological, image.size, box),
    cropArray(intensity, image.size, box),
    Math.max(coOccurrence.distance, dependence.distance, toneDifference.distance),
  );
  return { image, morphological, intensity, masks };
}

/** The image on the grid that is measured, rounded where the settings say so. */
export function interpolatedImage(
  volume: Volume,
  { interpolation }: Pick<IbsiSettings, 'interpolation'>,
): { image: IbsiImage; geometry: Geometry } {
  const { geometry } = volume;
  if (interpolation === null)
    return {
      image: { values: Float64Array.from(volume.data), size: geometry.size, spacing: geometry.spacing },
      geometry,
    };
  const target = centredGrid(geometry, interpolation.spacing);
  const values = resampleCentred(volume.data, geometry, target, interpolation.image);
  return {
    image: {
      values: interpolation.rounding ? values.map(roundHalfEven) : values,
      size: target.size,
      spacing: target.spacing,
    },
    geometry: target,
  };
}

function interpolated(
  volume: Volume,
  mask: Mask,
  settings: IbsiSettings,
): { image: IbsiImage; morphological: Uint8Array } {
  const { interpolation } = settings;
  const { image, geometry } = interpolatedImage(volume, settings);
  if (interpolation === null) return { image, morphological: mask.data };
  const weights = resampleCentred(mask.data, volume.geometry, geometry, interpolation.mask);
  return {
    image,
    morphological: Uint8Array.from(weights, (weight) =>
      Math.round(weight * MASK_DIGITS) / MASK_DIGITS >= interpolation.maskThreshold ? 1 : 0,
    ),
  };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
