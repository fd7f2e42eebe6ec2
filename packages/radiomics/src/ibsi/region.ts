import type { Box, Vector3 } from '@sentinode/volume';
import { type LevelVolume, levelVolume, type RegionShape, regionShape } from '../kernels/level-volume.ts';
import { borderDistance } from './border-distance.ts';
import type { IbsiImage } from './ibsi-image.ts';
import { type Discretised, discretise } from './processing/discretise.ts';
import type { IbsiSettings } from './settings/settings.ts';

/** Grey levels of the intensity mask. */
export interface RegionLevels extends Discretised {
  readonly volume: LevelVolume;
}

/** What a family measures: a region on an image after all processing, cut to the box of its morphological mask. */
export interface IbsiRegion {
  /** The whole image, for what looks beyond the region. */
  readonly image: IbsiImage;
  readonly box: Box;
  readonly size: Vector3;
  readonly spacing: Vector3;
  /** 1 inside, of the box. */
  readonly morphological: Uint8Array;
  /** 1 inside, of the box: the morphological mask after re-segmentation. */
  readonly intensity: Uint8Array;
  /** Position in the box of each voxel of the intensity mask. */
  readonly inBox: Int32Array;
  /** Intensities of the intensity mask. */
  readonly values: Float64Array;
  readonly settings: IbsiSettings;
  /** Whether intensities are those of the image, not a filter's response. */
  readonly base: boolean;
  /** Computed at the first call. @throws SentinodeError `grey-levels`, `too-many-bins` */
  readonly discretised: () => RegionLevels;
  /** In a padded array as `LevelVolume` has it; 2: within slices. Computed at the first call. */
  readonly borderDistance: (dimensions: 2 | 3) => Int32Array;
}

/** The masks of a region, shared by all images that are measured in it. */
export interface RegionMasks {
  readonly box: Box;
  readonly morphological: Uint8Array;
  readonly intensity: Uint8Array;
  readonly shape: RegionShape;
  readonly borderDistance: (dimensions: 2 | 3) => Int32Array;
}

/**
 * @param morphological, intensity 1 inside, of the box
 * @param distance longest step to a neighbour that a family asks for, voxels
 */
export function regionMasks(
  box: Box,
  morphological: Uint8Array,
  intensity: Uint8Array,
  distance: number,
): RegionMasks {
  const shape = regionShape(intensity, box.size, distance);
  const distances = new Map<2 | 3, Int32Array>();
  return {
    box,
    morphological,
    intensity,
    shape,
    borderDistance: (dimensions) => {
      const found =
        distances.get(dimensions) ?? borderDistance(morphological, box.size, shape.border, dimensions);
      distances.set(dimensions, found);
      return found;
    },
  };
}

/** A region on the base image or on a response map. */
export function regionOn(
  image: IbsiImage,
  masks: RegionMasks,
  settings: IbsiSettings,
  base: boolean,
): IbsiRegion {
  const { box, morphological, intensity, shape } = masks;
  const values = new Float64Array(shape.inBox.length);
  const [nx, ny] = box.size;
  const [x0, y0, z0] = box.start;
  for (let i = 0; i < values.length; i++) {
    const at = shape.inBox[i]!;
    const x = (at % nx) + x0;
    const y = (Math.floor(at / nx) % ny) + y0;
    const z = Math.floor(at / (nx * ny)) + z0;
    values[i] = image.values[x + image.size[0] * (y + image.size[1] * z)]!;
  }
  let levels: RegionLevels | undefined;
  return {
    image,
    box,
    size: box.size,
    spacing: image.spacing,
    morphological,
    intensity,
    inBox: shape.inBox,
    values,
    settings,
    base,
    discretised: () => {
      if (levels === undefined) {
        const lower = base ? settings.resegmentation.range?.[0] : undefined;
        const discretised = discretise(values, settings.discretisation, lower ?? null);
        levels = { ...discretised, volume: levelVolume(shape, discretised.bins, discretised.highest) };
      }
      return levels;
    },
    borderDistance: masks.borderDistance,
  };
}
