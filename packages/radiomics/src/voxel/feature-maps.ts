import type { Warning } from '@sentinode/core';
import { type Box, crop, type Mask, padBox, type Vector3, type Volume } from '@sentinode/volume';
import { levelsOf } from '../extractor/measure-classes.ts';
import { prepareRegion } from '../extractor/prepare-region.ts';
import { sourceImage } from '../extractor/source-image.ts';
import type { FeatureClass } from '../features/feature-class.ts';
import { featureClasses } from '../features/index.ts';
import { filters } from '../filters/index.ts';
import { regionShape } from '../kernels/level-volume.ts';
import { type ExtractionSettings, type MeasurementSettings, stillAxis } from '../parameters/settings.ts';
import { BatchRule } from './batch-rule.ts';
import { KernelRegions, type MeasuredBox } from './kernel-regions.ts';

/** Voxels measured between two reports. */
const STRIDE = 256;

/** A feature as an image: its value in the neighbourhood of every voxel of the region. */
export interface FeatureMap {
  readonly kind: 'map';
  /** `<image type>_<class>_<Feature>` */
  readonly name: string;
  /** On the grid of the region's bounding box, grown by the kernel radius; NaN where the feature has no value. */
  readonly map: Volume;
}

/** How far the work on one image type is. */
export interface MapProgress {
  readonly kind: 'progress';
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Feature maps of a region, as PyRadiomics makes them with `voxelBased`: the image is binned over the whole region,
 * then each class is measured in the neighbourhood of every voxel. Shape has no maps. Maps come class by class, so that
 * only those of one class are held at a time; between them comes the progress. Nothing is computed before it is asked
 * for, so the caller can stop at any step.
 * @param mask 1 inside the region
 * @returns at the end, what a reader of the maps should know
 * @throws SentinodeError as {@link extract}
 */
export function* featureMaps(
  image: Volume,
  mask: Mask,
  settings: ExtractionSettings,
): Generator<FeatureMap | MapProgress, Warning[]> {
  const work = prepareRegion(sourceImage(image, settings), mask, settings);
  const { kernelRadius, maskedKernel } = settings.voxel;
  const box = padBox(work.box, kernelRadius, work.image.geometry.size);
  const inside = crop(work.mask, box);
  const taking = maskedKernel ? inside.data : new Uint8Array(inside.data.length).fill(1);
  const shape = regionShape(taking, box.size);
  const centres = positionsOf(inside.data);
  const classes = settings.featureClasses
    .map((wanted) => ({ ...wanted, found: featureClasses.find(({ name }) => name === wanted.name)! }))
    .filter(({ found }) => !found.onMask);
  const warnings = [...work.warnings];
  for (const type of settings.imageTypes) {
    const filter = filters.find((candidate) => candidate.name === type.name)!;
    const filtered = filter.apply(work.image, { box, mask: work.mask }, type.options as never, (one) =>
      warnings.push(one),
    );
    for (const { name, image: one } of filtered) {
      const measured = measuredBox(one, shape, type.measurement, box);
      let before = 0;
      for (const { found, features } of classes) {
        const maps = yield* mapsOfClass(found, features, measured, centres, settings, {
          stage: name,
          before,
          total: classes.length * centres.length,
        });
        before += centres.length;
        for (const [index, feature] of features.entries())
          yield {
            kind: 'map',
            name: `${name}_${found.name}_${feature}`,
            map: { geometry: one.geometry, elementType: 'float64', data: maps[index]! },
          };
      }
    }
  }
  return warnings;
}

function positionsOf(mask: Uint8Array): Int32Array {
  return Int32Array.from(Array.from(mask.keys()).filter((at) => mask[at] === 1));
}

function measuredBox(
  image: Volume,
  shape: ReturnType<typeof regionShape>,
  settings: MeasurementSettings,
  { size }: Box,
): MeasuredBox {
  const { volume } = levelsOf(image, shape, settings);
  const levels = new Uint16Array(image.data.length);
  shape.inBox.forEach((at, v) => {
    levels[at] = volume.levels[shape.voxels[v]!]!;
  });
  const { binOf, highest } = volume;
  return { size, values: image.data, levels, binOf, highest, spacing: image.geometry.spacing, settings };
}

function* mapsOfClass(
  found: FeatureClass,
  features: readonly string[],
  box: MeasuredBox,
  centres: Int32Array,
  { voxel }: ExtractionSettings,
  about: { readonly stage: string; readonly before: number; readonly total: number },
): Generator<MapProgress, Float64Array[]> {
  const outside = voxel.initValue;
  const maps = features.map(() => new Float64Array(box.levels.length).fill(outside));
  const regions = new KernelRegions(box, radiusOf(voxel.kernelRadius, box.settings));
  const batch = new BatchRule(found, features, maps, outside);
  const [nx, ny] = box.size;
  for (let v = 0; v < centres.length; v++) {
    const at = centres[v]!;
    const region = regions.at(at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny)));
    const values = found.compute(region, features);
    for (let f = 0; f < features.length; f++) {
      const value = values[features[f]!]!;
      maps[f]![at] = typeof value === 'number' ? value : Number.NaN;
    }
    batch.take(at, region);
    if ((v + 1) % (voxel.voxelBatch ?? centres.length) === 0) batch.close();
    if ((v + 1) % STRIDE === 0) yield { kind: 'progress', ...about, done: about.before + v + 1 };
  }
  batch.close();
  yield { kind: 'progress', ...about, done: about.before + centres.length };
  return maps;
}

/** Voxels to the sides along x, y, z; measured slice by slice, a neighbourhood has no extent across. */
function radiusOf(radius: number, settings: MeasurementSettings): Vector3 {
  const still = stillAxis(settings);
  return [still === 0 ? 0 : radius, still === 1 ? 0 : radius, still === 2 ? 0 : radius];
}
