import type { Warning } from '@sentinode/core';
import { assertFiniteInside, assertSameGrid, type Mask, type Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import type { FeatureValue } from '../features/feature-class.ts';
import { ibsiDiagnostics } from './diagnostics.ts';
import type { IbsiFamily } from './families/family.ts';
import { ibsiFamilies } from './families/index.ts';
import { labelOf } from './filters/index.ts';
import { prepare } from './processing/prepare.ts';
import type { IbsiRegion } from './region.ts';
import { responseRegion } from './response-region.ts';
import type { IbsiSettings } from './settings/settings.ts';

/** Fewer grey levels than this, or more, make texture degenerate or mostly noise. */
const USUAL_LEVELS = [8, 256] as const;
/** Below this many voxels texture matrices are close to empty. */
const FEW_VOXELS = 64;

/**
 * All features of one region as the reference manuals of the Image Biomarker Standardisation Initiative define them, in
 * their order of processing: interpolate, round, re-segment, then measure families on the image and on response maps.
 * Features carry the tags of the reference value tables, e.g. `cm_joint_max_3D_comb`; `ibsiCode` gives their codes.
 * @param image any element type; @param mask 1 inside the region
 * @throws SentinodeError `volume-nan`, `mask-empty`, `mask-geometry`, `mask-size`, `grey-levels`, `too-many-bins`
 */
export function extractIbsi(image: Volume, mask: Mask, settings: IbsiSettings): FeatureVector {
  assertSameGrid(image, mask);
  assertFiniteInside(image, mask);
  const prepared = prepare(image, mask, settings);
  const found: Found = { names: [], values: [], undefinedReasons: {} };
  const warnings: Warning[] = [];
  for (const filter of settings.filters) {
    const prefix = filter.type === 'none' ? '' : `${labelOf(filter)}__`;
    const region = responseRegion(prepared, filter, settings);
    measure(found, prefix, region, settings);
    if (region.base) warnings.push(...warningsOf(region, settings));
  }
  return {
    names: found.names,
    values: Float64Array.from(found.values),
    undefinedReasons: found.undefinedReasons,
    warnings,
    diagnostics: ibsiDiagnostics(image, mask, prepared),
  };
}

interface Found {
  readonly names: string[];
  readonly values: number[];
  readonly undefinedReasons: Record<string, string>;
}

function measure(found: Found, prefix: string, region: IbsiRegion, settings: IbsiSettings): void {
  for (const family of ibsiFamilies) {
    if (!settings.families.some((name) => name === family.name)) continue;
    if (family.baseOnly && !region.base) continue;
    for (const aggregation of aggregationsOf(family, settings)) {
      const values = family.compute(region, aggregation);
      const suffix = aggregation === undefined ? '' : `_${aggregation.suffix}`;
      for (const { tag } of family.features) collect(found, `${prefix}${tag}${suffix}`, values[tag]!);
    }
  }
}

/** How a family's matrices are joined under these settings; one undefined for a family without matrices. */
export function aggregationsOf(
  { aggregations }: IbsiFamily,
  { aggregation }: IbsiSettings,
): (IbsiFamily['aggregations'][number] | undefined)[] {
  if (aggregations.length === 0) return [undefined];
  return aggregations.filter(({ dimension }) => aggregation.includes(dimension));
}

function collect(found: Found, name: string, value: FeatureValue): void {
  const reason =
    typeof value !== 'number'
      ? value.undefined
      : Number.isFinite(value)
        ? undefined
        : 'the formula has no finite value here';
  found.names.push(name);
  found.values.push(reason === undefined ? (value as number) : Number.NaN);
  if (reason !== undefined) found.undefinedReasons[name] = reason;
}

function warningsOf(region: IbsiRegion, { families }: IbsiSettings): Warning[] {
  const found: Warning[] = [];
  const voxels = region.values.length;
  if (voxels < FEW_VOXELS)
    found.push({
      code: 'region-small',
      message: `The intensity mask has ${voxels} voxels; texture of fewer than ${FEW_VOXELS} is unstable.`,
    });
  if (!families.some((name) => name.startsWith('gl') || name.startsWith('ng'))) return found;
  const { highest } = region.discretised();
  if (highest < USUAL_LEVELS[0] || highest > USUAL_LEVELS[1])
    found.push({
      code: 'bins-unusual',
      message: `The region spans ${highest} grey levels; ${USUAL_LEVELS[0]} to ${USUAL_LEVELS[1]} are usual. The discretisation decides this.`,
    });
  return found;
}
