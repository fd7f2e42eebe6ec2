import type { FittedClassifier } from '@sentinode/learning';
import type { LockedModel } from '../models/locked-model.ts';

/**
 * The model as it leaves the study: row ids of the training patients are numbered in their order, `row-1` on, since a
 * bundle goes to people who have no business with a study's own ids. The run's `audit.json` has the ids.
 */
export function withPseudonyms(model: LockedModel): LockedModel {
  const known = new Map<string, string>();
  const renamed = (rows: readonly string[]): string[] =>
    rows.map((id) => {
      const name = known.get(id) ?? `row-${known.size + 1}`;
      known.set(id, name);
      return name;
    });
  const classifierOf = ({ members, ...classifier }: FittedClassifier): FittedClassifier => ({
    ...classifier,
    rows: renamed(classifier.rows),
    ...(members === undefined ? {} : { members: members.map(classifierOf) }),
  });
  return {
    ...model,
    classifier: classifierOf(model.classifier),
    ...(model.imputation === undefined
      ? {}
      : { imputation: { ...model.imputation, rows: renamed(model.imputation.rows) } }),
  };
}
