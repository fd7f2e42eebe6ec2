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

/** Name of a declared classifier. */
export function classifierName(declared: DeclaredClassifier): string {
  return typeof declared === 'string' ? declared : (Object.keys(declared)[0] ?? '');
}

/** Classifier and options of a declaration. @throws SentinodeError `option-unknown`, `option-invalid` */
export function resolveClassifier(
  declared: DeclaredClassifier,
  field = 'classifiers',
  available: readonly Classifier[] = classifiers,
): { classifier: Classifier; options: unknown } {
  const [name, given] =
    typeof declared === 'string' ? [declared, {}] : (Object.entries(declared)[0] ?? ['', {}]);
  const classifier = byName(name, available, field);
  return { classifier, options: parseOptions(classifier.options, given, { field: `${field}.${name}` }) };
}

/** @throws SentinodeError `option-unknown` */
function byName(
  name: string,
  available: readonly Classifier[] = classifiers,
  field = 'classifiers',
): Classifier {
  const classifier = available.find((candidate) => candidate.name === name);
  if (classifier !== undefined) return classifier;
  const built = available.map((candidate) => candidate.name);
  const near = nearest(name, built);
  throw new SentinodeError(
    'option-unknown',
    `"${name}" is not a classifier: ${near === undefined ? `this version has ${built.join(', ')}` : `did you mean "${near}"?`}`,
    { field },
  );
}

/** Inputs of a classifier: one table, or completed versions of it where values were imputed. */
export type ClassifierInputs = FeatureTable | readonly FeatureTable[];

const isTable = (inputs: ClassifierInputs): inputs is FeatureTable => 'names' in inputs;

/**
 * Fits a declared classifier on training rows. On completed versions of them it is fitted on each; the fits become one by
 * the classifier's own rule, else a committee whose mean probability counts.
 */
export function fitClassifier(
  declared: DeclaredClassifier,
  inputs: ClassifierInputs,
  outcomes: readonly (0 | 1)[],
  random: Random,
  available?: readonly Classifier[],
): FittedClassifier {
  const { classifier, options } = resolveClassifier(declared, 'classifiers', available);
  if (isTable(inputs)) return classifier.fit(inputs, outcomes, options, random);
  const fits = inputs.map((table) => classifier.fit(table, outcomes, options, random));
  const first = fits[0]!;
  if (fits.length === 1) return first;
  if (classifier.pool !== undefined) return classifier.pool(fits);
  const notes = [...new Set(fits.flatMap((fit) => fit.notes ?? []))];
  return { ...first, ...(notes.length > 0 ? { notes } : {}), members: fits, state: null };
}

/** Probability of the event for each row; the mean over completed versions of the rows, where there are several. */
export function predictProba(
  fitted: FittedClassifier,
  inputs: ClassifierInputs,
  available?: readonly Classifier[],
): Float64Array {
  if (!isTable(inputs)) return meanOf(inputs.map((table) => predictProba(fitted, table, available)));
  if (fitted.members !== undefined)
    return meanOf(fitted.members.map((member) => predictProba(member, inputs, available)));
  return byName(fitted.classifier, available).predictProba(fitted, inputs);
}

function meanOf(versions: readonly Float64Array[]): Float64Array {
  if (versions.length === 1) return versions[0]!;
  return versions[0]!.map(
    (_, row) => versions.reduce((sum, values) => sum + values[row]!, 0) / versions.length,
  );
}

/** Whether a fitted classifier keeps predictors of its training rows. */
export function keepsRows(fitted: FittedClassifier): boolean {
  return classifiers.some(({ name, keepsRows: keeps }) => name === fitted.classifier && keeps === true);
}

/** Intercept and coefficients of a linear classifier, else undefined. */
export function linearOf(
  fitted: FittedClassifier,
): { readonly intercept: number; readonly coefficients: readonly number[] } | undefined {
  return fitted.members === undefined ? byName(fitted.classifier).linear(fitted) : undefined;
}
