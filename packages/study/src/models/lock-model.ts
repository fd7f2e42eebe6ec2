import type { Random } from '@sentinode/core';
import {
  type Available,
  classifierInputs,
  classifierName,
  type DeclaredClassifier,
  fitClassifier,
  linearOf,
  predictProba,
} from '@sentinode/learning';
import { youden } from '@sentinode/statistics';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION, NOTICE } from '../version.ts';
import type { Acquisition, LockedModel } from './locked-model.ts';
import { predictorSpread } from './predictor-spread.ts';
import type { PreparedModel } from './prepare-models.ts';

/** What a locked model carries beside its numbers. */
export interface ModelSetting {
  readonly study: Study;
  readonly profile: string;
  readonly banners: readonly string[];
  readonly acquisition: Acquisition | null;
}

const rule =
  'midpoints of neighbouring distinct probabilities, highest sensitivity on ties, positive if probability >= threshold';

/** Where the cut-off of a model comes from. */
export interface CutOff {
  readonly threshold: number;
  readonly rule: string;
}

/** Youden's cut-off on the training probabilities of the model itself. */
export function apparentCutOff(probabilities: Float64Array, outcomes: readonly (0 | 1)[]): CutOff {
  return {
    threshold: youden(probabilities, outcomes).threshold,
    rule: `Youden on the training cohort: ${rule}`,
  };
}

/** Youden's cut-off on training probabilities that each come from a model that did not see the patient. */
export function outOfFoldCutOff(probabilities: Float64Array, outcomes: readonly (0 | 1)[]): CutOff {
  return {
    threshold: youden(probabilities, outcomes).threshold,
    rule: `Youden on cross-validated training probabilities: ${rule}`,
  };
}

/**
 * Fits the classifier of a prepared model on its training rows and locks it.
 * @param outOfFold cross-validated probabilities of the training rows; null takes the cut-off from the model's own
 */
export function lockModel(
  prepared: PreparedModel,
  declared: DeclaredClassifier,
  outOfFold: Float64Array | null,
  setting: ModelSetting,
  random: Random,
  available?: Available,
): LockedModel {
  const { blocks, model } = prepared;
  const { inputs, outcomes, completed = [inputs] } = prepared.patients;
  const classifier = fitClassifier(
    declared,
    classifierInputs(prepared),
    prepared.outcomes,
    random.fork(`${model.name}/${classifierName(declared)}`),
    available?.classifiers,
  );
  const kinds = [
    ...(blocks.radiomics?.columns ?? []).map(() => 'radiomics' as const),
    ...(blocks.deep?.columns ?? []).map(() => 'deep' as const),
  ];
  const { threshold, rule: thresholdRule } =
    outOfFold === null
      ? apparentCutOff(
          predictProba(classifier, classifierInputs(prepared.patients), available?.classifiers),
          outcomes,
        )
      : outOfFoldCutOff(outOfFold, outcomes);
  const { study } = setting;
  const spread = predictorSpread(inputs);
  return {
    schema: 'sentinode-model/1',
    notice: NOTICE,
    banners: setting.banners,
    engine: ENGINE_VERSION,
    study: study.name,
    profile: setting.profile,
    name: model.name,
    outcome: `${study.cohort.outcome.column} = ${study.cohort.outcome.positive}`,
    radiomics: blocks.radiomics,
    deep: blocks.deep,
    clinical: blocks.clinical,
    ...(blocks.clinical.length === 0 || prepared.shared.imputed === null
      ? {}
      : { imputation: prepared.shared.imputed.imputation }),
    predictors: inputs.names.map((name, column) => {
      const values = completed.flatMap((version) => Array.from(version.columns[column]!));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        name,
        kind: kinds[column] ?? 'clinical',
        minimum: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
        maximum: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
        mean,
      };
    }),
    classifier,
    ...(spread === undefined ? {} : { spread }),
    units: unitsOf(blocks, study),
    intendedUse: intendedUse(study),
    trainedOn: { n: outcomes.length, events: outcomes.filter((outcome) => outcome === 1).length },
    threshold,
    thresholdRule,
    acquisition: setting.acquisition,
  };
}

function intendedUse({ cohort }: Study): string {
  return `Research: prediction of ${cohort.outcome.column} = ${cohort.outcome.positive} for patients who meet the criteria of the study and were examined as its training patients were. Not for clinical decisions.`;
}

/** Units of the predictors that have one: those that the study declares, and those of shape features. */
function unitsOf(
  { radiomics, clinical }: PreparedModel['blocks'],
  { cohort }: Study,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name } of clinical) {
    const declared = cohort.units[name];
    if (declared !== undefined) found[name] = declared;
  }
  for (const name of radiomics?.columns ?? []) {
    const feature = /_shape2?D?_(\w+)$/.exec(name)?.[1];
    const unit = feature === undefined ? undefined : shapeUnit(feature);
    if (unit !== undefined) found[name] = unit;
  }
  return found;
}

function shapeUnit(feature: string): string | undefined {
  if (/Ratio|Elongation|Flatness|Sphericity|Compactness|Disproportion/.test(feature)) return undefined;
  if (/Volume$/.test(feature)) return 'mm3';
  return /(Area|Surface)$/.test(feature) ? 'mm2' : 'mm';
}

/** `logit(p) = ...` with rounded coefficients, for reading; null for classifiers that are not linear. */
export function formulaOf(model: LockedModel): string | null {
  const linear = linearOf(model.classifier);
  if (linear === undefined) return null;
  const term = (value: number, name: string): string =>
    `${value < 0 ? '−' : '+'} ${Math.abs(value).toFixed(4)} × ${name}`;
  return [
    `logit(p) = ${linear.intercept.toFixed(4).replace('-', '−')}`,
    ...linear.coefficients.map((value, j) => term(value, model.predictors[j]!.name)),
  ].join(' ');
}
