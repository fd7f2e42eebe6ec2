import type { Classifier } from '../estimator.ts';
import type { DeclaredClassifier } from './index.ts';
import { resolveClassifier } from './index.ts';

/**
 * The settings of a declared classifier that tuning tries: every combination of the grid in its folder, in the order
 * written there. What the declaration itself sets is not tuned.
 */
export function candidatesOf(
  declared: DeclaredClassifier,
  available?: readonly Classifier[],
): DeclaredClassifier[] {
  const { classifier } = resolveClassifier(declared, 'classifiers', available);
  const given = typeof declared === 'string' ? {} : Object.values(declared)[0]!;
  let settings: Readonly<Record<string, unknown>>[] = [given];
  for (const [option, values] of Object.entries(classifier.grid ?? {})) {
    if (option in given) continue;
    settings = settings.flatMap((setting) => values.map((value) => ({ ...setting, [option]: value })));
  }
  return settings.map((setting) =>
    Object.keys(setting).length === 0 ? classifier.name : { [classifier.name]: setting },
  );
}
