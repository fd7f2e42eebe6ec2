import { createRandom, type Random, selectRows } from '@sentinode/core';
import { classifierName, firstBest, treeMovement } from '@sentinode/learning';
import { auc, brier, confusionAt, mean } from '@sentinode/statistics';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import { inputsOf } from '../models/inputs.ts';
import { type PatientTables, scoreAll } from '../models/patient-tables.ts';
import type { ClassifierChoice, ClassifierResult, Cohort } from '../results/study-results.ts';
import type { FittedCandidate, ProfileFit } from './fit-profile.ts';

/** Refits that show how far equally good splits of trees move probabilities. */
const TIE_REFITS = 10;

/** Bootstraps of the validation cohort that show what choosing on it is worth. */
const CHOICE_BOOTSTRAPS = 1000;

/** Probabilities of both cohorts by one classifier behind one model. */
export interface ScoredCandidate {
  readonly fitted: FittedCandidate;
  readonly training: Float64Array;
  readonly validation: Float64Array;
}

/** Scores of all classifiers, and which of them each model takes. */
export interface ChosenClassifiers {
  readonly scored: readonly (readonly ScoredCandidate[])[];
  readonly chosen: readonly number[];
  readonly classifiers: readonly ClassifierResult[];
  readonly choices: readonly ClassifierChoice[];
}

const outcomesOf = (ledger: Ledger, cohort: Cohort): (0 | 1)[] =>
  ofCohort(ledger, cohort).map((row) => row.outcome);

/**
 * Scores every classifier in both cohorts and chooses as the profile says, if training has not chosen already.
 * @param ties whether to measure how far equally good splits move the probabilities of classifiers of trees
 */
export function chooseClassifiers(
  fit: ProfileFit,
  ledger: Ledger,
  tables: PatientTables,
  seed: number,
  ties = false,
): ChosenClassifiers {
  const ids = (cohort: Cohort): string[] => ofCohort(ledger, cohort).map((row) => row.id);
  const scored = fit.candidates.map((model) =>
    model.map(
      (fitted): ScoredCandidate => ({
        fitted,
        training: scoreAll(fitted.locked, tables, ids('training')),
        validation: scoreAll(fitted.locked, tables, ids('validation')),
      }),
    ),
  );
  const outcomes = outcomesOf(ledger, 'validation');
  const chosen = fit.chosen ?? bestOnValidation(fit, scored, outcomes);
  const random = createRandom(seed, 'choice');
  return {
    scored,
    chosen,
    classifiers: scored.flatMap((model, index) =>
      model.map((candidate, at) => ({
        ...resultOf(candidate, fit, index, at === chosen[index], ledger, random),
        ties: ties ? tiesOf(candidate, fit, index, tables, ids('validation'), random) : null,
      })),
    ),
    choices: scored.map((model, index): ClassifierChoice => {
      const among = model.length;
      const byValidation = fit.profile.choose === 'validation-auc' && among > 1;
      return {
        model: fit.models[index]!.model.name,
        classifier: model[chosen[index]!]!.fitted.locked.classifier.classifier,
        among,
        rule:
          among === 1
            ? 'the only classifier listed'
            : `${byValidation ? 'highest AUC in the validation cohort' : 'highest mean AUC of the inner folds on training patients'}${fit.recipe.choice === 'common' ? ', mean over models' : ''}; ties to the earlier`,
        optimism: byValidation
          ? {
              value: choiceOptimism(
                model.map((candidate) => candidate.validation),
                outcomes,
                random.fork(`optimism-${index}`),
              ),
              bootstraps: CHOICE_BOOTSTRAPS,
            }
          : null,
      };
    }),
  };
}

function bestOnValidation(
  fit: ProfileFit,
  scored: readonly (readonly ScoredCandidate[])[],
  outcomes: readonly (0 | 1)[],
): number[] {
  const areas = scored.map((model) => model.map((candidate) => auc(candidate.validation, outcomes).auc));
  if (fit.recipe.choice === 'per-model') return areas.map((values) => firstBest(values));
  const common = firstBest(areas[0]!.map((_, at) => mean(areas.map((values) => values[at]!))));
  return areas.map(() => common);
}

function resultOf(
  { fitted, training, validation }: ScoredCandidate,
  fit: ProfileFit,
  index: number,
  chosen: boolean,
  ledger: Ledger,
  random: Random,
): Omit<ClassifierResult, 'ties'> {
  const outcomes = outcomesOf(ledger, 'validation');
  const { locked, declared, inner } = fitted;
  const model = fit.models[index]!.model.name;
  const { sensitivity, specificity } = confusionAt(
    validation,
    outcomes,
    locked.threshold,
    random.fork(`${model}/${locked.classifier.classifier}`),
  );
  return {
    model,
    classifier: classifierName(declared),
    options: typeof declared === 'string' ? {} : Object.values(declared)[0]!,
    chosen,
    inner,
    threshold: locked.threshold,
    training: auc(training, outcomesOf(ledger, 'training')),
    validation: auc(validation, outcomes),
    sensitivity: sensitivity.value,
    specificity: specificity.value,
    brier: brier(validation, outcomes),
  };
}

/** See `ClassifierChoice.optimism`; outcomes are resampled within their class, as both numbers are fixed by the cohort. */
function choiceOptimism(
  scores: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  random: Random,
): number {
  const whole = scores.map((values) => auc(values, outcomes).auc);
  const classes = [0, 1].map((value) => outcomes.flatMap((outcome, row) => (outcome === value ? [row] : [])));
  let sum = 0;
  for (let b = 0; b < CHOICE_BOOTSTRAPS; b++) {
    const rows = classes.flatMap((own) => own.map(() => own[random.integer(own.length)]!));
    const drawn = rows.map((row) => outcomes[row]!);
    const areas = scores.map(
      (values) =>
        auc(
          rows.map((row) => values[row]!),
          drawn,
        ).auc,
    );
    const best = firstBest(areas);
    sum += areas[best]! - whole[best]!;
  }
  return sum / CHOICE_BOOTSTRAPS;
}

/** Movement of the validation probabilities by ties; null for a classifier in which no tie decides. */
function tiesOf(
  { fitted }: ScoredCandidate,
  fit: ProfileFit,
  index: number,
  { radiomics, deep, clinical }: PatientTables,
  ids: readonly string[],
  random: Random,
): ClassifierResult['ties'] {
  const { blocks, inputs, outcomes, model, completed } = fit.models[index]!;
  // imputed patients have several probabilities, which move by that already
  if (completed !== undefined) return null;
  const own = {
    ids,
    radiomics: radiomics === null ? null : selectRows(radiomics, ids),
    deep: deep === null ? null : selectRows(deep, ids),
  };
  const values = ids.map((id) => clinical.values.get(id) ?? {});
  const stream = random.fork(`ties/${model.name}/${fitted.locked.classifier.classifier}`);
  const scored = inputsOf(blocks, own, values);
  const movement = treeMovement(fitted.declared, inputs, outcomes, scored, stream, TIE_REFITS);
  if (movement === undefined) return null;
  const { refits, largest, mean: average } = movement;
  return { refits, largest, mean: average };
}
