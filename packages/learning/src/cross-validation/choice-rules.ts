import { classifierName } from '../classifiers/index.ts';
import { type CandidateScore, firstBest } from './cross-validate.ts';

/** Which candidate each model takes, given how all of them did: one position per model. */
export type ChoiceRule = (models: readonly (readonly CandidateScore[])[]) => readonly number[];

/** Every model takes the candidate with the highest mean AUC, ties to the earlier. */
export const perModel: ChoiceRule = (models) =>
  models.map((scores) => firstBest(scores.map((score) => score.mean)));

/** Position of the best candidate of one classifier. */
export function bestOf(
  scores: readonly Pick<CandidateScore, 'candidate' | 'mean'>[],
  classifier: string,
): number {
  return firstBest(
    scores.map((score) => (classifierName(score.candidate) === classifier ? score.mean : null)),
    scores.findIndex((score) => classifierName(score.candidate) === classifier),
  );
}

/**
 * All models take the same classifier: the one whose best settings have the highest mean AUC over the models, ties to
 * the earlier; its settings are each model's own.
 */
export const commonClassifier: ChoiceRule = (models) => {
  const names = [...new Set((models[0] ?? []).map((score) => classifierName(score.candidate)))];
  const means = names.map((name) => {
    const values = models.map((scores) => scores[bestOf(scores, name)]!.mean);
    return values.some((value) => value === null)
      ? null
      : values.reduce<number>((sum, value) => sum + value!, 0) / values.length;
  });
  const chosen = names[firstBest(means)]!;
  return models.map((scores) => bestOf(scores, chosen));
};
