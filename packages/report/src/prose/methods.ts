import type { StudyResults } from '@sentinode/study';
import { modelName } from '../text/model-names.ts';
import { count } from '../text/numbers.ts';
import { join, type Path, type Quoted, quote, type Sentence, say } from './sentence.ts';

/** What was done, from the settings that were used: no reason and no adjective, these are a human's. */
export function methods(results: StudyResults): Sentence[] {
  const at = <T>(path: Path, print?: (value: T) => string): Quoted => quote(results, path, print);
  const set = (...path: Path): Quoted => at(['settings', 'study', ...path]);
  return [
    say`The analysis was made with Sentinode ${at(['settings', 'engine'])} in its profile ${set('profile')}, with the seed ${set('seed')}.`,
    ...patients(results, at),
    ...images(results, at),
    ...deep(results, at),
    ...selection(results, at),
    ...classifiers(results, at),
    ...evaluation(results, at),
  ];
}

type At = <T>(path: Path, print?: (value: T) => string) => Quoted;

function patients({ settings: { study }, flow, imputation }: StudyResults, at: At): Sentence[] {
  const { cohort } = study;
  const set = (...path: Path): Quoted => at(['settings', 'study', 'cohort', ...path]);
  const split: Sentence =
    'kind' in cohort.split
      ? say`A share of ${set('split', 'test')} of the patients, drawn at random${
          cohort.split.stratify === 'outcome' ||
          (cohort.split.stratify === undefined && study.profile === 'defensible')
            ? ' within each outcome'
            : ''
        }, formed the validation cohort.`
      : say`The cohorts are those of the column ${set('split', 'column')}.`;
  return [
    say`Of ${at<number>(['flow', 0, 'n'], count)} patients in the table, ${at(['cohorts', 'training', 'n'])} form the training cohort and ${at(['cohorts', 'validation', 'n'])} the validation cohort${
      flow.some(({ excluded }) => excluded.length > 0) ? '; who left, and why, stands in the flowchart' : ''
    }.`,
    say`The outcome is ${set('outcome', 'column')} = ${set('outcome', 'positive')}.`,
    split,
    imputation === null
      ? say`Patients who lack a clinical variable were left out.`
      : say`Missing clinical values were imputed by chained equations inside every resampling.`,
  ];
}

function images({ acquisition, settings: { study } }: StudyResults, at: At): Sentence[] {
  if (acquisition === null || study.images === undefined) return [];
  const found = (acquisition.settings as { configuration?: { settings?: [string, string][] } } | null)
    ?.configuration?.settings;
  const place = ['acquisition', 'settings', 'configuration'] as const;
  return [
    say`Images of the sequences ${join(
      study.images.sequences.map((_, index) => at(['settings', 'study', 'images', 'sequences', index])),
      ', ',
    )} at the visits ${join(
      study.images.visits.map((_, index) => at(['settings', 'study', 'images', 'visits', index])),
      ', ',
    )} were measured; changes are later minus earlier visits.`,
    ...(found === undefined
      ? []
      : [
          say`Settings of extraction, by their names in PyRadiomics: ${join(
            found.map((_, index) =>
              join([at([...place, 'settings', index, 0]), at([...place, 'settings', index, 1])], ' '),
            ),
            ', ',
          )}; image types ${at([...place, 'imageTypes'])}.`,
        ]),
  ];
}

function deep({ settings: { study }, selection: blocks, acquisition }: StudyResults, at: At): Sentence[] {
  if (blocks.deep === undefined) return [];
  const network =
    acquisition?.network == null
      ? []
      : [
          say`Deep features are those of the network ${at(['settings', 'study', 'deep', 'backbone'])}, ${
            acquisition.network.pretrained ? 'pretrained and frozen' : 'not pretrained'
          }.`,
        ];
  const asked = study.deep.components;
  return [
    ...network,
    say`Principal components were fitted on training patients, at most ${at(['settings', 'study', 'deep', 'components'])}${
      blocks.deep.steps.some(({ step, count }) => step === 'pca' && count < asked)
        ? ' and never more than the training patients allow'
        : ''
    }.`,
  ];
}

function selection({ selection: blocks, clinical }: StudyResults, at: At): Sentence[] {
  const features = Object.entries(blocks).filter(([name]) => name !== 'clinical');
  return [
    ...features.map(([name, { steps }]) => {
      const place = ['selection', name, 'steps'] as const;
      return say`${modelName(name)} columns passed these steps, fitted on training patients: ${join(
        steps.map((_, index) => say`${at([...place, index, 'step'])} (${at([...place, index, 'note'])})`),
        '; ',
      )}.`;
    }),
    ...(clinical === null
      ? []
      : [
          say`Clinical variables entered one logistic regression; whole variables left while the AIC fell, and those stay whose likelihood-ratio test is significant.`,
        ]),
  ];
}

function classifiers({ classifiers: found, choices, models, settings }: StudyResults, at: At): Sentence[] {
  const names = [...new Set(found.map(({ classifier }) => classifier))];
  const rules = [...new Map(choices.map(({ rule }, index) => [rule, index])).values()];
  return [
    say`Classifiers: ${join(
      names.map((name) =>
        at(['classifiers', found.findIndex((one) => one.classifier === name), 'classifier']),
      ),
      ', ',
    )}${
      settings.candidates.length > names.length
        ? '; their settings were compared in cross-validation on training patients'
        : ''
    }.`,
    say`Choice of the classifier: ${join(
      rules.map((index) => at(['choices', index, 'rule'])),
      '; ',
    )}.`,
    ...(models.length === 0 ? [] : [say`Cut-off: ${at(['models', 0, 'thresholdRule'])}.`]),
  ];
}

function evaluation(
  { resampling, optimism, correction, models, settings }: StudyResults,
  at: At,
): Sentence[] {
  return [
    say`AUCs have DeLong intervals, proportions Wilson intervals; curves and differences were bootstrapped with ${at(['settings', 'study', 'statistics', 'resamples'])} resamples.`,
    ...(models.length < 2
      ? []
      : [
          correction === null
            ? say`Models were compared by DeLong tests, not corrected for their number.`
            : say`Models were compared by DeLong tests, corrected within each cohort (${at(['correction'])}).`,
        ]),
    ...(optimism.length === 0
      ? []
      : [
          say`Optimism of the final models was estimated from ${at(['optimism', 0, 'bootstraps'])} bootstraps with their predictors fixed.`,
        ]),
    ...(resampling === null
      ? []
      : [
          say`The whole pipeline was repeated in nested cross-validation (${at(['resampling', 'outer'])}; ${at(['resampling', 'innerFolds'])} inner folds)${
            resampling.optimism.length === 0
              ? ''
              : say` and on ${at(['resampling', 'optimism', 0, 'bootstraps'])} bootstraps`
          }.`,
        ]),
    ...(settings.study.statistics.prevalences.length === 0
      ? []
      : [
          say`Predictive values are also given for a prevalence of ${join(
            settings.study.statistics.prevalences.map((_, index) =>
              at(['settings', 'study', 'statistics', 'prevalences', index]),
            ),
            ', ',
          )}.`,
        ]),
  ];
}
