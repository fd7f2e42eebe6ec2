import { type CalibrationResult, logit } from '@sentinode/statistics';
import { type ClinicalData, valuesOf } from '../cohort/clinical-data.ts';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { CohortEvaluation, ModelResult } from '../results/study-results.ts';
import { NOTICE } from '../version.ts';

/** How a model did where it was made, for whoever validates it elsewhere: numbers of cohorts, no patient. */
export interface Development {
  readonly schema: 'sentinode-development/1';
  readonly notice: string;
  readonly training: CohortPerformance;
  readonly validation: CohortPerformance;
  /** Training cohort, by clinical variable of the model. */
  readonly caseMix: readonly CaseMix[];
}

/** Measures of one cohort. */
export interface CohortPerformance extends Pick<CohortEvaluation, 'n' | 'events' | 'auc' | 'confusion'> {
  /** null where calibration could not be fitted. */
  readonly calibration: Omit<CalibrationResult, 'curve' | 'deciles'> | null;
  /** Mean and standard deviation of the log-odds; cases with a probability of 0 or 1 left out. */
  readonly linearPredictor: { readonly mean: number; readonly sd: number; readonly n: number };
}

/** One variable of a cohort. */
export type CaseMix =
  | {
      readonly variable: string;
      readonly kind: 'continuous';
      readonly n: number;
      readonly mean: number;
      readonly sd: number;
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly variable: string;
      readonly kind: 'factor';
      readonly n: number;
      readonly levels: readonly { readonly level: string; readonly n: number }[];
    };

/** What the bundle of a model says of its development. */
export function developmentOf(
  model: LockedModel,
  { training, validation }: Pick<ModelResult, 'training' | 'validation'>,
  ledger: Ledger,
  clinical: ClinicalData,
): Development {
  const ids = ofCohort(ledger, 'training').map((row) => row.id);
  return {
    schema: 'sentinode-development/1',
    notice: NOTICE,
    training: performanceIn(training),
    validation: performanceIn(validation),
    caseMix: caseMixOf(model, (variable) => valuesOf(clinical, ids, variable)),
  };
}

/** The measures of a cohort that a comparison needs. */
export function performanceIn({
  n,
  events,
  auc,
  confusion,
  calibration,
  predictions,
}: CohortEvaluation): CohortPerformance {
  return {
    n,
    events,
    auc,
    confusion,
    calibration: calibration === null ? null : withoutCurves(calibration),
    linearPredictor: spreadOf(
      predictions.flatMap(({ probability }) =>
        probability > 0 && probability < 1 ? [logit(probability)] : [],
      ),
    ),
  };
}

function withoutCurves({
  curve: _,
  deciles: __,
  ...rest
}: CalibrationResult): Omit<CalibrationResult, 'curve' | 'deciles'> {
  return rest;
}

/** Clinical variables of a model in one cohort; missing values are left out and n says how many are not. */
export function caseMixOf(
  { clinical }: Pick<LockedModel, 'clinical'>,
  values: (variable: string) => readonly (number | string | null)[],
): CaseMix[] {
  return clinical.map((variable): CaseMix => {
    const known = values(variable.name).filter((value) => value !== null);
    if (variable.kind === 'factor')
      return {
        variable: variable.name,
        kind: 'factor',
        n: known.length,
        levels: variable.levels.map((level) => ({
          level,
          n: known.filter((value) => value === level).length,
        })),
      };
    const numbers = known.map(Number);
    return {
      variable: variable.name,
      kind: 'continuous',
      ...spreadOf(numbers),
      minimum: numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      maximum: numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    };
  });
}

function spreadOf(values: readonly number[]): { n: number; mean: number; sd: number } {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
