import { SentinodeError } from '@sentinode/core';
import { elementRange, isWhole } from '../element-range.ts';
import { type Box, boundingBox, crop, padBox } from '../geometry/crop.ts';
import { describeGeometry } from '../geometry/describe-geometry.ts';
import { indexFinder, indexToWorld, voxelCount, voxelToWorld, worldToIndex } from '../geometry/geometry.ts';
import { gridMismatch } from '../geometry/grid-mismatch.ts';
import type { Geometry, Mask, Vector3, Volume, VoxelArray } from '../volume.ts';
import { type InterpolationName, interpolations } from './interpolators/index.ts';
import type { Interpolation, RowInterpolator } from './interpolators/interpolation.ts';

export interface ResampleOptions {
  /** Millimetres along x, y, z of the new grid; 0 keeps the mask's spacing on that axis. */
  readonly spacing: Vector3;
  /** New voxels kept around the region. */
  readonly padDistance: number;
  readonly interpolator: InterpolationName;
}

/**
 * Image and mask on a grid of another spacing, cropped to the region with padding, as PyRadiomics'
 * `imageoperations.resampleImage` does it: the grid follows the mask's directions, and voxel corners (not centres)
 * of the old and the new grid coincide at index 0. An axis on which the region is one voxel thick keeps its spacing.
 * Outside the image the value is 0. Integer images are cut toward zero.
 * @throws SentinodeError `mask-empty`, `mask-geometry` when the region leaves the image
 */
export function resampleToSpacing(
  image: Volume,
  mask: Mask,
  options: ResampleOptions,
): { image: Volume; mask: Mask } {
  const box = boundingBox(mask);
  if (box === undefined)
    throw new SentinodeError('mask-empty', 'The mask is empty, so there is no region to resample.');
  assertRegionInside(image, mask, box);
  const old = mask.geometry.spacing;
  const spacing = old.map((s, axis) =>
    options.spacing[axis] === 0 || box.size[axis] === 1 ? s : options.spacing[axis]!,
  ) as unknown as Vector3;
  const fits = spacing.every(
    (t, axis) => Math.abs(image.geometry.spacing[axis]! - t) <= 1e-8 + 1e-5 * Math.abs(t),
  );
  if (fits) {
    const onImage = resampleMask(mask, image.geometry);
    const region = boundingBox(onImage);
    if (region === undefined)
      throw new SentinodeError('mask-empty', 'The mask has no voxel on the grid of its image.');
    const padded = padBox(region, options.padDistance, image.geometry.size);
    return { image: crop(image, padded), mask: crop(onImage, padded) };
  }
  const geometry = targetGeometry(mask.geometry, box, spacing, options.padDistance);
  return { image: resampleVolume(image, geometry, options.interpolator), mask: resampleMask(mask, geometry) };
}

/**
 * A mask of another grid on that of its image, by nearest neighbour (PyRadiomics' `correctMask`).
 * @throws SentinodeError `mask-empty`, `mask-geometry` when the region leaves the image
 */
export function maskOnImage(mask: Mask, image: Volume): Mask {
  const box = boundingBox(mask);
  if (box === undefined) throw new SentinodeError('mask-empty', 'The mask is empty.');
  assertRegionInside(image, mask, box);
  return resampleMask(mask, image.geometry);
}

function assertRegionInside(image: Volume, mask: Mask, box: Box): void {
  const tolerance = 1e-3;
  for (const end of [0, 1]) {
    const corner = box.start.map((start, axis) =>
      end === 0 ? start - 0.5 : start + box.size[axis]! - 0.5,
    ) as unknown as Vector3;
    const index = worldToIndex(image.geometry, indexToWorld(mask.geometry, corner));
    const inside = index.every(
      (value, axis) => value >= -0.5 - tolerance && value <= image.geometry.size[axis]! - 0.5 + tolerance,
    );
    if (!inside) {
      const cause =
        gridMismatch(image.geometry, mask.geometry)?.sentence ?? 'The two lie in different places.';
      throw new SentinodeError(
        'mask-geometry',
        `The region of the mask leaves the image. ${cause} Image: ${describeGeometry(image.geometry)}; mask: ${describeGeometry(mask.geometry)}.`,
      );
    }
  }
}

function targetGeometry(old: Geometry, box: Box, spacing: Vector3, pad: number): Geometry {
  const low: number[] = [];
  const size: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const ratio = old.spacing[axis]! / spacing[axis]!;
    const first = Math.max(0, Math.floor((box.start[axis]! - 0.5) * ratio - pad));
    const last = Math.min(
      Math.ceil(old.size[axis]! * ratio) - 1,
      Math.ceil((box.start[axis]! + box.size[axis]! - 0.5) * ratio + pad),
    );
    low.push(first);
    size.push(last - first + 1);
  }
  const index = low.map(
    (first, axis) =>
      (0.5 * (spacing[axis]! - old.spacing[axis]!)) / old.spacing[axis]! +
      first / (old.spacing[axis]! / spacing[axis]!),
  );
  return {
    size: size as unknown as Vector3,
    spacing,
    origin: indexToWorld(old, index as unknown as Vector3),
    direction: old.direction,
  };
}

/** The part of an image whose voxels a target grid can reach. */
function reachable(image: Geometry, target: Geometry, reach: number): Box {
  const [nx, ny, nz] = target.size;
  const corners = [0, nx].flatMap((x) => [0, ny].flatMap((y) => [0, nz].map((z): Vector3 => [x, y, z])));
  const indices = corners.map((corner) => worldToIndex(image, indexToWorld(target, corner)));
  const start: number[] = [];
  const size: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const values = indices.map((index) => index[axis]!);
    const first = Math.max(0, Math.floor(Math.min(...values)) - reach);
    const last = Math.min(image.size[axis]! - 1, Math.ceil(Math.max(...values)) + reach);
    if (last < first) return { start: [0, 0, 0], size: image.size };
    start.push(first);
    size.push(last - first + 1);
  }
  return { start: start as unknown as Vector3, size: size as unknown as Vector3 };
}

/** Interpolates an image or mask, row by row, where a target grid can reach it. */
function rowsOf(source: Volume | Mask, target: Geometry, kind: Interpolation): RowInterpolator {
  const part = reachable(source.geometry, target, kind.reach);
  const { size, spacing } = source.geometry;
  const samples = { values: crop(source, part).data, part, size, spacing };
  const compiled = kind.rowsOver?.(samples);
  if (compiled !== undefined) return compiled;
  const interpolate = kind.over(samples);
  return ([x, y, z], into) => {
    for (let i = 0; i < into.length; i++) into[i] = interpolate(x[i]!, y[i]!, z[i]!);
  };
}

/** An image on another grid; 0 outside. Keeps the element type: integers are cut toward zero within their range. */
export function resampleVolume(image: Volume, target: Geometry, kind: InterpolationName): Volume {
  const interpolate = rowsOf(image, target, interpolations[kind]);
  const Kind = image.data.constructor as new (length: number) => VoxelArray;
  const data = new Kind(voxelCount(target));
  const range = isWhole(image.elementType) ? elementRange(image.elementType) : undefined;
  const values = new Float64Array(target.size[0]);
  walk(image.geometry, target, (at, count, places) => {
    const row = values.subarray(0, count);
    interpolate(places, row);
    if (range === undefined) data.set(row, at);
    else
      for (let i = 0; i < count; i++)
        data[at + i] = Math.trunc(Math.min(range[1], Math.max(range[0], row[i]!)));
  });
  return { geometry: target, elementType: image.elementType, data };
}

/** A mask on another grid by nearest neighbour, halves rounded up; 0 outside. */
export function resampleMask(mask: Mask, target: Geometry): Mask {
  const interpolate = rowsOf(mask, target, interpolations.nearest);
  const data = new Uint8Array(voxelCount(target));
  const values = new Float64Array(target.size[0]);
  walk(mask.geometry, target, (at, count, places) => {
    const row = values.subarray(0, count);
    interpolate(places, row);
    data.set(row, at);
  });
  return { geometry: target, data };
}

/**
 * Visits the rows of the target as far as they lie inside the source, with their continuous indices there. As ITK does
 * it, only the two ends of a scanline are mapped through the world, and the indices between are interpolated: with ties
 * and integer images the last bits of these coordinates decide values.
 */
function walk(
  source: Geometry,
  target: Geometry,
  visit: (at: number, count: number, places: readonly [Float64Array, Float64Array, Float64Array]) => void,
): void {
  const [nx, ny, nz] = target.size;
  const [sx, sy, sz] = source.size;
  const indexOf = indexFinder(source);
  const places = [new Float64Array(nx), new Float64Array(nx), new Float64Array(nx)] as const;
  const [px, py, pz] = places;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const start = indexOf(voxelToWorld(target, [0, j, k]));
      const end = indexOf(voxelToWorld(target, [nx, j, k]));
      let first = 0;
      let count = 0;
      for (let i = 0; i < nx; i++) {
        const alpha = i / nx;
        const x = start[0] + (end[0] - start[0]) * alpha;
        const y = start[1] + (end[1] - start[1]) * alpha;
        const z = start[2] + (end[2] - start[2]) * alpha;
        // a line meets a box in one piece
        if (x < -0.5 || y < -0.5 || z < -0.5 || x >= sx - 0.5 || y >= sy - 0.5 || z >= sz - 0.5) continue;
        if (count === 0) first = i;
        px[count] = x;
        py[count] = y;
        pz[count] = z;
        count++;
      }
      if (count > 0) visit((k * ny + j) * nx + first, count, places);
    }
  }
}
