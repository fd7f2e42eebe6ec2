import { createRandom, exp, log, SentinodeError } from '@sentinode/core';
import { auc, brier, chiSquareUpper, logit, logLoss, normalTwoSided } from '@sentinode/statistics';
import { type CaseMix, type CohortPerformance, caseMixOf, type Development } from '../bundle/development.ts';
import type { ClinicalValues } from '../cohort/clinical-data.ts';
import { evaluateScore } from '../evaluate/evaluate-score.ts';
import type { ScoreEvaluation } from '../evaluate/score-evaluation.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { PatientImage } from '../predict/domain.ts';
import { type PatientPrediction, scorePatient } from '../predict/score-patient.ts';
import { NOTICE } from '../version.ts';
import { checkUnits } from './check-units.ts';

/** A patient of another cohort whose outcome is known. */
export interface ValidationPatient {
  readonly id: string;
  readonly outcome: 0 | 1;
  readonly feature: (name: string) => number | undefined;
  readonly clinical: ClinicalValues;
  readonly images?: readonly PatientImage[];
}

/** The probabilities moved by a line on the log-odds that was fitted on these patients. */
export interface Recalibration {
  readonly kind: 'none' | 'intercept' | 'intercept and slope';
  /** logit(new) = intercept + slope x logit(old). */
  readonly intercept: number;
  readonly slope: number;
  readonly brier: number;
  readonly logLoss: number;
  /** Likelihood-ratio test against the probabilities as they are; null for these. */
  readonly test: { readonly chiSquare: number; readonly df: number; readonly p: number } | null;
}

/** A measure here minus the same measure where the model was made, as independent cohorts. */
export interface AucDifference {
  readonly against: 'training' | 'validation';
  readonly difference: number;
  /** null where a variance is missing. */
  readonly ci: readonly [number, number] | null;
  readonly p: number | null;
}

/** External validation of a locked model; nothing of it can be fitted again. */
export interface ExternalValidation {
  readonly schema: 'sentinode-external-validation/1';
  readonly notice: string;
  readonly banners: readonly string[];
  readonly model: Pick<
    LockedModel,
    'name' | 'study' | 'outcome' | 'threshold' | 'thresholdRule' | 'engine' | 'profile' | 'trainedOn'
  > & { readonly classifier: string };
  /** Patients of the table, and who of them has a probability. */
  readonly patients: {
    readonly given: number;
    readonly evaluated: number;
    readonly events: number;
    readonly inDomain: number;
    readonly warned: number;
    /** Outside the domain: no probability, with how many of them have the event. */
    readonly refused: number;
    readonly refusedEvents: number;
    readonly excluded: readonly { readonly id: string; readonly reason: string }[];
  };
  readonly evaluation: ScoreEvaluation;
  readonly recalibration: readonly Recalibration[] | null;
  readonly linearPredictor: { readonly mean: number; readonly sd: number; readonly n: number };
  /** null where the bundle does not say how the model did. */
  readonly development: Development | null;
  readonly differences: readonly AucDifference[];
  readonly caseMix: readonly CaseMix[];
  readonly predictions: readonly (PatientPrediction & { readonly actual: 0 | 1 })[];
  readonly remarks: readonly string[];
}

/** Fewer patients of an outcome than this make every interval rough (Collins and others 2016 ask for 100). */
const FEW_EVENTS = 100;

/**
 * Scores patients of another cohort with a locked model and evaluates it. Patients outside its domain are counted and have no
 * probability, as in `predict`.
 * @param excluded patients who could not be scored, with the reason
 * @throws SentinodeError `units-differ`, `no-patients`, `one-class`
 */
export function validateModel(
  { model, development }: { readonly model: LockedModel; readonly development: Development | null },
  patients: readonly ValidationPatient[],
  excluded: readonly { readonly id: string; readonly reason: string }[],
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): ExternalValidation {
  checkUnits(model, development, patients);
  const predictions = patients.map((patient) => ({
    ...scorePatient(model, patient, { images: patient.images }),
    actual: patient.outcome,
  }));
  const scored = predictions.flatMap(({ probability, actual }) =>
    probability === null ? [] : [{ probability, actual }],
  );
  const refused = predictions.filter(({ domain }) => domain === 'refused');
  if (scored.length === 0)
    throw new SentinodeError(
      'no-patients',
      `None of the ${patients.length + excluded.length} patients can be scored. ${refused.length} are outside the domain of the model; the first because ${refused[0]?.reasons[0] ?? excluded[0]?.reason ?? 'there is none'}.`,
    );
  const values = Float64Array.from(scored, ({ probability }) => probability);
  const outcomes = scored.map(({ actual }) => actual);
  const events = outcomes.filter((outcome) => outcome === 1).length;
  if (events === 0 || events === outcomes.length)
    throw new SentinodeError(
      'one-class',
      `${events} of the ${outcomes.length} patients who can be scored have the outcome; both are needed.`,
    );
  const evaluation = evaluateScore(
    { name: model.name, values, outcomes },
    { thresholds: { [model.name]: model.threshold }, resamples },
    createRandom(seed, `external validation/${model.name}`),
  );
  const { name, study, outcome, threshold, thresholdRule, engine, profile, trainedOn } = model;
  return {
    schema: 'sentinode-external-validation/1',
    notice: NOTICE,
    banners: model.banners,
    model: {
      name,
      study,
      outcome,
      threshold,
      thresholdRule,
      engine,
      profile,
      trainedOn,
      classifier: model.classifier.classifier,
    },
    patients: {
      given: patients.length + excluded.length,
      evaluated: scored.length,
      events,
      inDomain: predictions.filter(({ domain }) => domain === 'in').length,
      warned: predictions.filter(({ domain }) => domain === 'warned').length,
      refused: refused.length,
      refusedEvents: refused.filter(({ actual }) => actual === 1).length,
      excluded,
    },
    evaluation,
    recalibration: recalibrated(values, outcomes, evaluation),
    linearPredictor: spreadOfLogits(values),
    development,
    differences:
      development === null
        ? []
        : (['training', 'validation'] as const).map((against) =>
            difference(against, auc(values, outcomes), development[against]),
          ),
    caseMix: caseMixOf(model, (variable) => patients.map(({ clinical }) => clinical[variable] ?? null)),
    predictions,
    remarks: [
      ...(Math.min(events, outcomes.length - events) < FEW_EVENTS
        ? [
            `The rarer outcome has ${Math.min(events, outcomes.length - events)} patients; external validations are advised to have at least ${FEW_EVENTS}.`,
          ]
        : []),
      ...(refused.length > 0
        ? [
            `${refused.length} patients outside the domain of the model have no probability and are in no measure; the measures are of the others alone.`,
          ]
        : []),
      'The recalibrations are fitted on these patients and evaluated on them, so they flatter; the locked model stays as it is.',
    ],
  };
}

/** What an intercept, or intercept and slope, fitted on these patients would give; null where calibration has no fit. */
function recalibrated(
  values: Float64Array,
  outcomes: readonly (0 | 1)[],
  { calibration }: ScoreEvaluation,
): Recalibration[] | null {
  if (calibration === null || calibration.withoutLogit > 0) return null;
  const lines = [
    { kind: 'none', intercept: 0, slope: 1, df: 0 },
    { kind: 'intercept', intercept: calibration.inTheLarge.value, slope: 1, df: 1 },
    {
      kind: 'intercept and slope',
      intercept: calibration.intercept.value,
      slope: calibration.slope.value,
      df: 2,
    },
  ] as const;
  const before = logLoss(values, outcomes);
  return lines.map(({ kind, intercept, slope, df }): Recalibration => {
    const moved =
      df === 0 ? values : values.map((value) => 1 / (1 + exp(-(intercept + slope * logit(value)))));
    const loss = logLoss(moved, outcomes);
    const chiSquare = Math.max(0, 2 * outcomes.length * (before - loss));
    return {
      kind,
      intercept,
      slope,
      brier: brier(moved, outcomes),
      logLoss: loss,
      test: df === 0 ? null : { chiSquare, df, p: chiSquareUpper(chiSquare, df) },
    };
  });
}

function difference(
  against: AucDifference['against'],
  here: CohortPerformance['auc'],
  { auc: there }: CohortPerformance,
): AucDifference {
  const gap = here.auc - there.auc;
  if (here.variance === null || there.variance === null)
    return { against, difference: gap, ci: null, p: null };
  const error = Math.sqrt(here.variance + there.variance);
  if (!(error > 0)) return { against, difference: gap, ci: null, p: null };
  const half = 1.959963984540054 * error;
  return { against, difference: gap, ci: [gap - half, gap + half], p: normalTwoSided(gap / error) };
}

function spreadOfLogits(values: Float64Array): ExternalValidation['linearPredictor'] {
  const logits = Array.from(values).flatMap((value) =>
    value > 0 && value < 1 ? [log(value / (1 - value))] : [],
  );
  const n = logits.length;
  const mean = n === 0 ? 0 : logits.reduce((sum, value) => sum + value, 0) / n;
  const squares = logits.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
