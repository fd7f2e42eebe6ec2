import type { Available } from '@sentinode/learning';
import { auc, delongTest } from '@sentinode/statistics';
import type { StudyHost } from '../host/study-host.ts';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import { definedColumns } from '../models/model-data.ts';
import { pooledProbabilities } from '../resampling/summarise.ts';
import type { OuterResult } from '../resampling/unit.ts';
import { outerUnits } from '../resampling/units.ts';
import type { AdjacentSliceComparison, AdjacentSliceResult } from '../results/resampling-results.ts';
import type { NotComputed } from '../results/study-results.ts';
import type { FittedRun } from './audit-run.ts';
import { type ChosenClassifiers, chooseClassifiers } from './choose-classifiers.ts';
import { trainingData, type ValidationGate } from './cohort-data.ts';
import { fitProfile, type ProfileFit } from './fit-profile.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';
import { nestProfile } from './resample-profile.ts';

/** A profile as it was run on the usual slices. */
export interface UsualSlices {
  readonly fit: ProfileFit;
  readonly chosen: ChosenClassifiers;
  /** Outer folds, where the profile resamples. */
  readonly outer: readonly OuterResult[] | null;
}

/**
 * The sensitivity analysis of the slice: every model with deep features once more, from components to cut-off, with the
 * features averaged over the adjacent slices; paired differences in both cohorts, and on the outer folds where the
 * profile resamples; and what was fitted, for the audit. null where the study does not ask for it.
 */
export async function adjacentSlices(
  usual: UsualSlices,
  gate: ValidationGate,
  ledger: Ledger,
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
  available?: Available,
): Promise<{ result: AdjacentSliceResult; run: FittedRun } | null> {
  const { adjacent } = measured;
  const models = prepared.models.filter(({ parts }) => parts.includes('deep'));
  if (adjacent === null || models.length === 0) return null;
  const { study } = prepared;
  const repeated = { ...prepared, models };
  const averaged = { ...measured, deep: adjacent.features, copies: adjacent.copies };
  const data = trainingData(repeated, averaged);
  const { profile } = usual.fit;
  const fit = await fitProfile(profile, repeated, averaged, data, host, available);
  const outer = usual.outer === null ? null : (await nestProfile(fit, study, data, host, available)).outer;
  const opened = gate.open(
    'sensitivity to adjacent slices: the repeated models',
    fit.chosen === null && study.classifiers.length > 1 ? 'choose' : 'evaluate',
  );
  const chosen = chooseClassifiers(fit, ledger, { ...opened.tables, deep: adjacent.features }, study.seed);
  const units = outer === null ? [] : outerUnits(study, definedColumns(data));
  const comparisons = models.flatMap(({ name }, index) => {
    const at = usual.fit.models.findIndex(({ model }) => model.name === name);
    const of = (run: ChosenClassifiers, which: number, cohort: 'training' | 'validation') =>
      run.scored[which]![run.chosen[which]!]![cohort];
    const compared = (
      rows: AdjacentSliceComparison['rows'],
      before: Float64Array,
      after: Float64Array,
      outcomes: readonly (0 | 1)[],
    ): AdjacentSliceComparison => {
      const { difference, ci, p } = delongTest(after, before, outcomes);
      return {
        model: name,
        rows,
        n: outcomes.length,
        events: outcomes.filter((outcome) => outcome === 1).length,
        usual: auc(before, outcomes),
        adjacent: auc(after, outcomes),
        difference,
        ci,
        p,
      };
    };
    const cohort = (which: 'training' | 'validation'): AdjacentSliceComparison =>
      compared(
        which,
        of(usual.chosen, at, which),
        of(chosen, index, which),
        ofCohort(ledger, which).map((row) => row.outcome),
      );
    const pooled = (results: readonly OuterResult[], which: number): Float64Array =>
      pooledProbabilities(units, results, which, data.ids.length);
    return [
      cohort('training'),
      ...(outer === null || usual.outer === null
        ? []
        : [compared('outer folds', pooled(usual.outer, at), pooled(outer, index), data.outcomes)]),
      cohort('validation'),
    ];
  });
  const { slices } = adjacent;
  return {
    result: { slices: slices === null ? null : { ...slices, usual: study.deep.slices }, comparisons },
    run: { fit, chosen, copies: adjacent.copies },
  };
}

/** Why a study has no sensitivity analysis of its slices. */
export function withoutAdjacentSlices({ source, models }: PreparedStudy): NotComputed {
  const reason = !models.some(({ parts }) => parts.includes('deep'))
    ? 'the study has no model with deep features'
    : source === 'images'
      ? 'not asked for: write deep: {adjacent: [-1, 0, 1]} in the study file'
      : 'not asked for: name a second table of deep features under features: {adjacent: ...}';
  return { item: 'Sensitivity to adjacent slices', reason };
}
