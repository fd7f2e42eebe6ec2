import type { EvidenceTable, FeatureValue } from '../../features/feature-class.ts';
import type { Aggregation } from '../aggregation.ts';
import type { IbsiRegion } from '../region.ts';
import type { IbsiSettings } from '../settings/settings.ts';

/** One feature of the IBSI reference manual. */
export interface IbsiFeature {
  /** As in the reference value tables without the aggregation, e.g. `cm_joint_max`. */
  readonly tag: string;
  /** Permanent code of four letters or digits, e.g. `GYBY`. */
  readonly code: string;
  readonly title: string;
  /** In words or symbols, for the documentation. */
  readonly formula: string;
  /** `mm`, or what intensities are measured in; numbers without a unit when left out. */
  readonly unit?: IbsiUnit;
}

/** `intensity` is the unit of the image, e.g. HU. */
export type IbsiUnit =
  | 'mm'
  | 'mm^2'
  | 'mm^3'
  | '1/mm'
  | 'intensity'
  | 'intensity^2'
  | 'intensity mm^3'
  | 'grey level';

/** A feature family of the IBSI reference manual. One folder each, one line in `families/index.ts`. */
export interface IbsiFamily {
  /** Name in parameter files, e.g. `glcm`. */
  readonly name: string;
  readonly title: string;
  /** Code of the family, e.g. `LFYI`. */
  readonly code: string;
  readonly features: readonly IbsiFeature[];
  /** How values of slices and directions can be joined; empty for families without matrices. */
  readonly aggregations: readonly Aggregation[];
  /** Whether it is measured on the base image only, never on a response map. */
  readonly baseOnly: boolean;
  /** Settings that decide its numbers beside those of image and region. */
  readonly reads: readonly (keyof IbsiSettings)[];
  /** All features by tag. `aggregation` is one of `aggregations`, undefined where there are none. */
  compute(region: IbsiRegion, aggregation: Aggregation | undefined): Readonly<Record<string, FeatureValue>>;
  /** The matrices, histogram or quantities that the values are made of. */
  evidence(region: IbsiRegion, aggregation: Aggregation | undefined): readonly EvidenceTable[];
}
