import type { NestedResult } from '../results/resampling-results.ts';
import type { ProfileClaim, ProfileComparison } from '../results/study-results.ts';
import type { ChosenClassifiers } from './choose-classifiers.ts';
import type { ProfileFit } from './fit-profile.ts';

/** A profile as it was run on these patients. */
export interface RunProfile {
  readonly fit: ProfileFit;
  readonly chosen: ChosenClassifiers;
  /** Nested cross-validation, where the profile runs it. */
  readonly nested: readonly NestedResult[];
}

/** What a profile claims of every model. */
function claimsOf({ fit, chosen, nested }: RunProfile): ProfileClaim[] {
  return fit.models.map(({ model, inputs }, index) => {
    const result = chosen.classifiers.find((one) => one.model === model.name && one.chosen)!;
    const outer = nested.find((one) => one.model === model.name);
    const training =
      outer === undefined
        ? { auc: result.training.auc, what: 'apparent: measured on the patients the model was fitted on' }
        : {
            auc: outer.mean ?? outer.pooled.auc,
            what: 'nested cross-validation: mean over outer folds, everything fitted inside',
          };
    return {
      profile: fit.profile.name,
      model: model.name,
      classifier: chosen.choices[index]!.classifier,
      predictors: inputs.names,
      training,
      validation: result.validation,
    };
  });
}

/** Both profiles on the same patients, with reasons that are read off the two fits. */
export function compareProfiles(own: RunProfile, other: RunProfile): ProfileComparison {
  const claims = [claimsOf(own), claimsOf(other)];
  const reasons = claims[0]!.flatMap((a, index) => {
    const b = claims[1]![index]!;
    const messages: string[] = [];
    const common = a.predictors.filter((name) => b.predictors.includes(name)).length;
    if (common < Math.max(a.predictors.length, b.predictors.length))
      messages.push(
        `The selections differ: ${a.predictors.length} predictors in ${a.profile}, ${b.predictors.length} in ${b.profile}, ${common} in both.`,
      );
    const choices = [own, other].map((run) => run.chosen.choices[index]!);
    if (choices[0]!.classifier !== choices[1]!.classifier)
      messages.push(
        `The classifiers differ: ${choices[0]!.classifier} (${choices[0]!.rule}) in ${a.profile}, ${choices[1]!.classifier} (${choices[1]!.rule}) in ${b.profile}.`,
      );
    else {
      const settings = [own, other].map((run) =>
        JSON.stringify(
          run.chosen.scored[index]![run.chosen.chosen[index]!]!.fitted.locked.classifier.options,
        ),
      );
      if (settings[0] !== settings[1])
        messages.push(
          `The settings of ${choices[0]!.classifier} differ: ${settings[0]} in ${a.profile}, ${settings[1]} in ${b.profile}, where they are tuned by inner cross-validation.`,
        );
    }
    if (a.training.what !== b.training.what)
      messages.push(
        `The training AUCs are different quantities: ${a.profile} prints ${a.training.auc.toFixed(3)} (${a.training.what}), ${b.profile} ${b.training.auc.toFixed(3)} (${b.training.what}).`,
      );
    for (const { optimism } of choices) {
      if (optimism !== null)
        messages.push(
          `Choosing the classifier on the validation cohort is expected to raise its AUC there by ${optimism.value.toFixed(3)} (${optimism.bootstraps} bootstraps).`,
        );
    }
    return messages.map((message) => ({ model: a.model, message }));
  });
  return { claims: claims.flat(), reasons };
}
