import type { Cohort, ModelResult, StudyResults } from '@sentinode/study';
import { modelName } from '../text/model-names.ts';
import { aucInterval, decimal, interval, pValue } from '../text/numbers.ts';
import { type Path, type Quoted, quote, type Sentence, say } from './sentence.ts';

type Limits = readonly [number, number];

/** What was found, from computed values: each sentence states a number or a fact about it, never an adjective. */
export function findings(results: StudyResults): Sentence[] {
  const at = <T>(path: Path, print?: (value: T) => string): Quoted => quote(results, path, print);
  const count = (cohort: Cohort): Sentence =>
    say`${at(['cohorts', cohort, 'events'])} of ${at(['cohorts', cohort, 'n'])}`;
  return [
    say`The outcome occurred in ${count('training')} training and ${count('validation')} validation patients.`,
    ...Object.entries(results.selection).map(([name, { steps }]) => {
      const of = (index: number): Quoted => at(['selection', name, 'steps', index, 'count']);
      return say`${modelName(name)} candidates kept: ${of(steps.length - 1)} of ${of(0)}.`;
    }),
    ...results.models.flatMap((_, index) => ofModel(results, index, at)),
    ...results.delong.flatMap((test, index) =>
      test.cohort === 'validation' ? [difference(results, index, at)] : [],
    ),
    ...optimism(results, at),
  ];
}

type At = <T>(path: Path, print?: (value: T) => string) => Quoted;

/** An estimate and its interval, both quoted. */
function withInterval(at: At, value: Path, ci: Path, digits = 3): Sentence {
  return say`${at<number>(value, (one) => decimal(one, digits))} (95 % CI ${at<Limits>(ci, (one) => interval(one, digits))})`;
}

function ofModel({ models }: StudyResults, index: number, at: At): Sentence[] {
  const model = models[index]!;
  const name = modelName(model.name);
  const place = (...path: Path): Path => ['models', index, ...path];
  const auc = (cohort: Cohort): Sentence => {
    const value = place(cohort, 'auc', 'auc');
    return aucInterval(model[cohort].auc) === undefined
      ? say`${at<number>(value, (one) => decimal(one))} (interval not estimable)`
      : withInterval(at, value, place(cohort, 'auc', 'ci'));
  };
  const rate = (measure: 'sensitivity' | 'specificity'): Sentence => {
    const found = place('validation', 'confusion', measure);
    const { value, count: hits } = model.validation.confusion[measure];
    if (value === null)
      return Number.isNaN(hits) ? say`hidden, since a count behind it is small` : say`not defined`;
    return say`${withInterval(at, [...found, 'value'], [...found, 'ci'])}, ${at([...found, 'count'])} of ${at([...found, 'of'])}`;
  };
  const sentences: Sentence[] = [
    say`${name} model: AUC ${auc('training')} in the training and ${auc('validation')} in the validation cohort${half(model.validation.auc)}.`,
    say`${name} model at the cut-off of ${at<number>(place('threshold'), (value) => decimal(value))}, validation cohort: sensitivity ${rate('sensitivity')}; specificity ${rate('specificity')}.`,
  ];
  const { calibration } = model.validation;
  if (calibration === null) return sentences;
  const slope = place('validation', 'calibration', 'slope');
  const large = place('validation', 'calibration', 'inTheLarge');
  return [
    ...sentences,
    say`${name} model, calibration in the validation cohort: slope ${withInterval(at, [...slope, 'value'], [...slope, 'ci'])}, whose interval ${
      contains(calibration.slope.ci, 1) ? 'includes' : 'does not include'
    } one; calibration in the large ${withInterval(at, [...large, 'value'], [...large, 'ci'])}, whose interval ${
      contains(calibration.inTheLarge.ci, 0) ? 'includes' : 'does not include'
    } zero.`,
  ];
}

/** What the interval says of one half; nothing where there is no interval. */
function half(found: ModelResult['validation']['auc']): string {
  const limits = aucInterval(found);
  if (limits === undefined) return '';
  return `; the validation interval ${contains(limits, 0.5) ? 'includes' : 'does not include'} one half`;
}

const contains = ([low, high]: Limits, value: number): boolean => low <= value && value <= high;

function difference({ delong, correction }: StudyResults, index: number, at: At): Sentence {
  const test = delong[index]!;
  const place = (...path: Path): Path => ['delong', index, ...path];
  return say`Validation AUC of ${modelName(test.a)} minus ${modelName(test.b)}: ${withInterval(at, place('difference'), place('ci'))}, p ${at<number>(place('p'), pValue)}${
    test.adjusted === null || correction === null
      ? ' (not corrected)'
      : say`, corrected p ${at<number>(place('adjusted'), pValue)}`
  }.`;
}

function optimism({ optimism: partial, resampling }: StudyResults, at: At): Sentence[] {
  const of = (path: Path, model: string, scope: string): Sentence =>
    say`${modelName(model)} model: apparent AUC ${at<number>([...path, 'auc', 'apparent'], (value) => decimal(value))}, ${at<number>(
      [...path, 'auc', 'corrected'],
      (value) => decimal(value),
    )} after correction for optimism (${scope}).`;
  return [
    ...partial.map(({ model }, index) => of(['optimism', index], model, 'predictors fixed')),
    ...(resampling?.optimism ?? []).map(({ model }, index) =>
      of(['resampling', 'optimism', index], model, 'whole pipeline repeated'),
    ),
    ...(resampling?.nested ?? []).flatMap(({ model, mean }, index) =>
      mean === null
        ? []
        : [
            say`${modelName(model)} model: mean AUC of the outer folds ${at<number>(['resampling', 'nested', index, 'mean'], (value) => decimal(value))}; pooled ${withInterval(
              at,
              ['resampling', 'nested', index, 'pooled', 'auc'],
              ['resampling', 'nested', index, 'pooled', 'ci'],
            )}.`,
          ],
    ),
  ];
}
