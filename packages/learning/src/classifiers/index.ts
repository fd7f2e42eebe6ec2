import { type FeatureTable, nearest, parseOptions, type Random, SentinodeError } from '@sentinode/core';
import type { Classifier, FittedClassifier } from '../estimator.ts';
import { adaboost } from './adaboost/index.ts';
import { gaussianNb } from './gaussian-nb/index.ts';
import { gradientBoosting } from './gradient-boosting/index.ts';
import { knn } from './knn/index.ts';
import { lightgbm } from './lightgbm/index.ts';
import { logisticRegression } from './logistic-regression/index.ts';
import { mlp } from './mlp/index.ts';
import { svm } from './svm/index.ts';

/** All classifiers. */
export const classifiers: readonly Classifier[] = [
  logisticRegression,
  gaussianNb,
  svm,
  knn,
  lightgbm,
  gradientBoosting,
  adaboost,
  mlp,
];

/** A classifier as a study file writes it. */
export type DeclaredClassifier = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Classifier and options of a declaration. @throws SentinodeError `option-unknown`, `option-invalid` */
export function resolveClassifier(
  declared: DeclaredClassifier,
  field = 'classifiers',
  available: readonly Classifier[] = classifiers,
): { classifier: Classifier; options: unknown } {
  const [name, given] =
    typeof declared === 'string' ? [declared, {}] : (Object.entries(declared)[0] ?? ['', {}]);
  const classifier = available.find((candidate) => candidate.name === name);
  if (classifier !== undefined)
    return { classifier, options: parseOptions(classifier.options, given, { field: `${field}.${name}` }) };
  const built = available.map((candidate) => candidate.name);
  const near = nearest(name, built);
  throw new SentinodeError(
    'option-unknown',
    `"${name}" is not a classifier: ${near === undefined ? `this version has ${built.join(', ')}` : `did you mean "${near}"?`}`,
    { field },
  );
}

/** Fits a declared classifier on training rows. */
export function fitClassifier(
  declared: DeclaredClassifier,
  table: FeatureTable,
  outcomes: readonly (0 | 1)[],
  random: Random,
  available?: readonly Classifier[],
): FittedClassifier {
  const { classifier, options } = resolveClassifier(declared, 'classifiers', available);
  return classifier.fit(table, outcomes, options, random);
}

function byName(name: string, available?: readonly Classifier[]): Classifier {
  return resolveClassifier(name, 'classifiers', available).classifier;
}

/** Probability of the event for each row. */
export function predictProba(
  fitted: FittedClassifier,
  table: FeatureTable,
  available?: readonly Classifier[],
): Float64Array {
  return byName(fitted.classifier, available).predictProba(fitted, table);
}

/** Intercept and coefficients of a linear classifier, else undefined. */
export function linearOf(
  fitted: FittedClassifier,
): { readonly intercept: number; readonly coefficients: readonly number[] } | undefined {
  return byName(fitted.classifier).linear(fitted);
}
