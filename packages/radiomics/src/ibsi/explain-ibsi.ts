import { nearest, SentinodeError } from '@sentinode/core';
import { assertFiniteInside, assertSameGrid, type Mask, type Volume } from '@sentinode/volume';
import type { Explanation } from '../explain/explanation.ts';
import type { GreyLevel } from '../explain/grey-levels.ts';
import type { Aggregation } from './aggregation.ts';
import { ibsiCode } from './codes.ts';
import { aggregationsOf } from './extract-ibsi.ts';
import type { IbsiFamily, IbsiFeature } from './families/family.ts';
import { ibsiFamilies } from './families/index.ts';
import { type FilterSettings, labelOf } from './filters/index.ts';
import { levelEdge } from './processing/discretise.ts';
import { prepare } from './processing/prepare.ts';
import type { IbsiRegion } from './region.ts';
import { responseRegion } from './response-region.ts';
import type { IbsiSettings } from './settings/settings.ts';

/** A feature that the settings give, by its name. */
interface Named {
  readonly name: string;
  readonly filter: FilterSettings;
  readonly family: IbsiFamily;
  readonly aggregation: Aggregation | undefined;
  readonly feature: IbsiFeature;
}

/**
 * How a feature of the IBSI definitions comes about: formula, code, grey levels, and the matrix, histogram or quantities
 * behind it.
 * @param name as in the output, e.g. `cm_contrast_3D_comb`, or a code, e.g. `ACUI.IAZD`; without the aggregation the
 * first one is meant
 * @throws SentinodeError as `extractIbsi`; `option-unknown` for a name that these settings do not give
 */
export function explainIbsi(image: Volume, mask: Mask, settings: IbsiSettings, name: string): Explanation {
  const wanted = find(settings, name);
  assertSameGrid(image, mask);
  assertFiniteInside(image, mask);
  const region = responseRegion(prepare(image, mask, settings), wanted.filter, settings);
  const { family, aggregation, feature, filter } = wanted;
  const value = family.compute(region, aggregation)[feature.tag]!;
  const exists = typeof value === 'number' && Number.isFinite(value);
  const reason = typeof value === 'number' ? 'the formula has no finite value here' : value.undefined;
  const { values } = region;
  return {
    feature: wanted.name,
    value: exists ? value : null,
    ...(exists ? {} : { undefined: reason }),
    formula: feature.formula,
    source: {
      definition: `IBSI reference manual, ${family.title} (${family.code}), ${feature.title}${aggregation === undefined ? '' : `, ${aggregation.title}`}`,
      ibsi: ibsiCode(feature, aggregation),
    },
    imageType: labelOf(filter) === '' ? 'none' : labelOf(filter),
    settings: settingsUsed(settings, wanted),
    region: {
      voxels: values.length,
      box: region.size,
      spacing: region.spacing,
      minimum: values.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY),
      maximum: values.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY),
    },
    greyLevels: family.reads.includes('discretisation') ? levelsOf(region) : [],
    evidence: family.evidence(region, aggregation),
    warnings: [],
  };
}

function find(settings: IbsiSettings, name: string): Named {
  const offered: Named[] = [];
  for (const filter of settings.filters) {
    const prefix = filter.type === 'none' ? '' : `${labelOf(filter)}__`;
    for (const family of ibsiFamilies) {
      if (!settings.families.some((one) => one === family.name)) continue;
      if (family.baseOnly && filter.type !== 'none') continue;
      for (const aggregation of aggregationsOf(family, settings))
        for (const feature of family.features) {
          const suffix = aggregation === undefined ? '' : `_${aggregation.suffix}`;
          const full = `${prefix}${feature.tag}${suffix}`;
          const one = { name: full, filter, family, aggregation, feature };
          if (full === name) return one;
          offered.push(one);
        }
    }
  }
  const short = offered.find(
    ({ name: full, feature, aggregation }) =>
      (aggregation !== undefined && full === `${name}_${aggregation.suffix}`) ||
      [feature.code, ibsiCode(feature, aggregation)].includes(name),
  );
  if (short !== undefined) return short;
  const close = nearest(
    name,
    offered.map((one) => one.name),
  );
  throw new SentinodeError(
    'option-unknown',
    `These settings give no feature "${name}"${close === undefined ? '' : `; did you mean "${close}"?`} Names are those of the output, e.g. cm_contrast_3D_comb or stat_mean.`,
    { field: 'feature' },
  );
}

function settingsUsed(settings: IbsiSettings, { filter, family }: Named): Record<string, unknown> {
  const { standard, label, interpolation, resegmentation } = settings;
  return {
    standard,
    label,
    interpolation,
    resegmentation,
    filter,
    ...Object.fromEntries(family.reads.map((key) => [key, settings[key]])),
  };
}

/** Occupied grey levels with the intensities that they hold; without discretisation a level is its intensity. */
function levelsOf(region: IbsiRegion): GreyLevel[] {
  const { bins, highest } = region.discretised();
  const { discretisation, resegmentation } = region.settings;
  const edge = levelEdge(
    region.values,
    discretisation,
    (region.base ? resegmentation.range?.[0] : null) ?? null,
  );
  const counts = new Array<number>(highest + 1).fill(0);
  for (const bin of bins) counts[bin]! += 1;
  return counts.flatMap((voxels, level) =>
    voxels === 0 ? [] : [{ level, from: edge(level), to: edge(level + 1), voxels }],
  );
}
