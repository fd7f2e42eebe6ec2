import { type EvidenceTable, type FeatureValue, meanOfDefined } from '../../features/feature-class.ts';
import { type Aggregation, aggregate, type TextureView } from '../aggregation.ts';
import type { IbsiRegion } from '../region.ts';
import type { IbsiFamily, IbsiFeature } from './family.ts';

/** What makes a family of matrices; M is one matrix. */
interface TextureFamily<M> extends Pick<IbsiFamily, 'reads'> {
  readonly name: string;
  readonly title: string;
  readonly code: string;
  readonly features: readonly IbsiFeature[];
  readonly aggregations: readonly Aggregation[];
  /** Matrices of one view, one per direction. */
  readonly matrices: (view: TextureView, region: IbsiRegion) => readonly M[];
  readonly add: (parts: readonly M[]) => M;
  /** A matrix as people read it. */
  readonly table: (matrix: M, title: string) => EvidenceTable;
  /** Features of one matrix by tag; NaN where there is none; undefined for a matrix without entries. */
  readonly measure: (matrix: M, region: IbsiRegion) => Readonly<Record<string, number>> | undefined;
}

/** A family that computes matrices by view and direction, merges and averages them. */
export function textureFamily<M>(family: TextureFamily<M>): IbsiFamily {
  const { matrices, add, measure, table, ...about } = family;
  return {
    ...about,
    baseOnly: false,
    evidence: (region, aggregation) => {
      const found = aggregate(region, aggregation!, (view) => matrices(view, region), add);
      const { title } = aggregation!;
      return found.map((matrix, k) =>
        table(
          matrix,
          found.length === 1
            ? title
            : `${title}: matrix ${k + 1} of ${found.length}, the value is their mean`,
        ),
      );
    },
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
