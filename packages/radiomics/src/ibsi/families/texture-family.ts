import { type FeatureValue, meanOfDefined } from '../../features/feature-class.ts';
import { type Aggregation, aggregate, type TextureView } from '../aggregation.ts';
import type { IbsiRegion } from '../region.ts';
import type { IbsiFamily, IbsiFeature } from './family.ts';

/** What makes a family of matrices; M is one matrix. */
interface TextureFamily<M> {
  readonly name: string;
  readonly title: string;
  readonly code: string;
  readonly features: readonly IbsiFeature[];
  readonly aggregations: readonly Aggregation[];
  /** Matrices of one view, one per direction. */
  readonly matrices: (view: TextureView, region: IbsiRegion) => readonly M[];
  readonly add: (parts: readonly M[]) => M;
  /** Features of one matrix by tag; NaN where there is none; undefined for a matrix without entries. */
  readonly measure: (matrix: M, region: IbsiRegion) => Readonly<Record<string, number>> | undefined;
}

/** A family that computes matrices by view and direction, merges and averages them. */
export function textureFamily<M>(family: TextureFamily<M>): IbsiFamily {
  const { matrices, add, measure, ...about } = family;
  return {
    ...about,
    baseOnly: false,
    compute: (region, aggregation) => {
      const found = aggregate(region, aggregation!, (view) => matrices(view, region), add)
        .map((matrix) => measure(matrix, region))
        .filter((values) => values !== undefined);
      return Object.fromEntries(
        about.features.map(({ tag }): [string, FeatureValue] => [
          tag,
          meanOfDefined(
            found.map((values) => values[tag]!),
            found.length === 0
              ? 'no matrix has an entry: no voxel of the region has a neighbour in it'
              : 'the formula has no value for any matrix (one grey level)',
          ),
        ]),
      );
    },
  };
}
