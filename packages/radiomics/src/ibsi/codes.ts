import type { Aggregation } from './aggregation.ts';
import type { IbsiFamily, IbsiFeature } from './families/family.ts';
import { ibsiFamilies } from './families/index.ts';

/** A column of IBSI features in words and codes. */
export interface IbsiColumn {
  readonly name: string;
  /** Code of the feature in the reference manual, and after a point that of its aggregation: `GYBY.IAZD`. */
  readonly code: string;
  readonly family: string;
  readonly feature: string;
  /** How matrices were joined; empty for families without matrices. */
  readonly aggregation: string;
  /** The response map that was measured, by its name; empty for the image itself. */
  readonly filter: string;
  /** `intensity` is the unit of the image; empty for numbers without a unit. */
  readonly unit: string;
}

interface Definition {
  readonly family: IbsiFamily;
  readonly feature: IbsiFeature;
  readonly aggregation: Aggregation | undefined;
}

/** By the name of a feature on the image itself, e.g. `cm_joint_max_3D_comb`. */
const definitions: ReadonlyMap<string, Definition> = new Map(
  ibsiFamilies.flatMap((family) =>
    family.features.flatMap((feature): [string, Definition][] =>
      family.aggregations.length === 0
        ? [[feature.tag, { family, feature, aggregation: undefined }]]
        : family.aggregations.map((aggregation) => [
            `${feature.tag}_${aggregation.suffix}`,
            { family, feature, aggregation },
          ]),
    ),
  ),
);

/** Code of a feature, and of its aggregation after a point. */
export function ibsiCode(feature: IbsiFeature, aggregation: Aggregation | undefined): string {
  return aggregation === undefined ? feature.code : `${feature.code}.${aggregation.code}`;
}

/**
 * What the columns of an IBSI extraction are. Names of response maps end in the name that the feature has on the image
 * itself; names of anything else are left out.
 */
export function ibsiColumns(names: readonly string[]): IbsiColumn[] {
  return names.flatMap((name) => {
    const split = name.lastIndexOf('__');
    const found = definitions.get(split < 0 ? name : name.slice(split + 2));
    if (found === undefined) return [];
    const { family, feature, aggregation } = found;
    return [
      {
        name,
        code: ibsiCode(feature, aggregation),
        family: family.name,
        feature: feature.title,
        aggregation: aggregation?.title ?? '',
        filter: split < 0 ? '' : name.slice(0, split),
        unit: feature.unit ?? '',
      },
    ];
  });
}

/** Codes of the IBSI reference manual by feature name. */
export function ibsiCodes(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(ibsiColumns(names).map(({ name, code }) => [name, code]));
}
