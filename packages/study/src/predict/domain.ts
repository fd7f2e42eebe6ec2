import type { LockedModel } from '../models/locked-model.ts';

/** Whether a patient lies where the model was trained. */
export interface DomainCheck {
  readonly domain: 'in' | 'warned' | 'refused';
  readonly reasons: readonly string[];
}

/**
 * Compares each predictor with its range in the training cohort. Outside the range is a warning; further outside
 * than the range is wide (or any other value of a predictor that was constant) refuses the patient.
 */
export function checkDomain(model: LockedModel, predictors: Float64Array): DomainCheck {
  const reasons: string[] = [];
  let refused = false;
  model.predictors.forEach(({ name, minimum, maximum }, index) => {
    const value = predictors[index]!;
    if (value >= minimum && value <= maximum) return;
    const beyond = value < minimum ? minimum - value : value - maximum;
    const far = beyond > maximum - minimum;
    refused ||= far;
    reasons.push(
      `${name} lies ${far ? 'far ' : ''}outside the training range (${value.toPrecision(4)}; ${minimum.toPrecision(4)} to ${maximum.toPrecision(4)})`,
    );
  });
  return { domain: refused ? 'refused' : reasons.length > 0 ? 'warned' : 'in', reasons };
}
