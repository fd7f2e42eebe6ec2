import type { StudyResults } from '@sentinode/study';
import { shareCalls, shareClassifier, shareRate } from './calls.ts';
import { Counts } from './counts.ts';
import { shareDivisions } from './divisions.ts';
import { shareFlow } from './flow.ts';

/** What says whether small counts are hidden; a check before the run has no settings, and hides nothing. */
export type Shared = Partial<Pick<StudyResults, 'settings'>>;

/** Least number of patients that a report prints; 0 where everything is printed. */
export function leastPrinted({ settings }: Shared): number {
  return settings?.study.report.smallCells ?? 0;
}

/**
 * Results as a report prints them: as they are, or, where the study file says `report.smallCells`, with every count of
 * patients from 1 to below it hidden, with those that it would follow from, with the rates that give it away, and without
 * single patients. A hidden count is NaN, a hidden rate null; everything that is drawn is drawn of these results, so that no
 * table can forget to hide. metrics.json holds all.
 */
export function forSharing(results: StudyResults): StudyResults {
  const least = leastPrinted(results);
  if (least === 0) return results;
  const divided = shareDivisions(results, least);
  return {
    ...results,
    ...divided,
    flow: shareFlow(results.flow, least),
    models: divided.models.map((model) => ({
      ...model,
      training: shareCalls(model.training, least),
      validation: shareCalls(model.validation, least),
    })),
    subgroups: divided.subgroups.map((one) => ({
      ...one,
      missing: one.missing > 0 && one.missing < least ? Number.NaN : one.missing,
      rows: one.rows.map((row) => ({
        ...row,
        sensitivity: shareRate(row.sensitivity, least),
        specificity: shareRate(row.specificity, least),
      })),
    })),
    classifiers: results.classifiers.map((one) => shareClassifier(one, least)),
    derivation: shareDerivation(results.derivation, least),
    scans: shareScans(results.scans, least),
    imputation: shareImputation(results.imputation, least),
  };
}

/** Counts that add up to a known total, small ones hidden. */
function shareParts(values: readonly number[], least: number): number[] {
  const counts = new Counts();
  values.forEach((value, at) => {
    counts.add(String(at), value);
  });
  counts.sum(
    null,
    values.map((_, at) => String(at)),
  );
  const hidden = counts.hidden(least);
  return values.map((value, at) => (hidden.has(String(at)) ? Number.NaN : value));
}

function shareDerivation(derivation: StudyResults['derivation'], least: number): StudyResults['derivation'] {
  if (derivation === null) return null;
  return {
    variables: derivation.variables.map((variable) => {
      const [missing, ...levels] = shareParts(
        [variable.missing, ...variable.levels.map(({ n }) => n)],
        least,
      );
      const { onlySupplied } = variable;
      return {
        ...variable,
        missing: missing!,
        levels: variable.levels.map(({ level }, at) => ({ level, n: levels[at]! })),
        onlySupplied: onlySupplied > 0 && onlySupplied < least ? Number.NaN : onlySupplied,
      };
    }),
    // One line a patient.
    conflicts: [],
  };
}

function shareScans(scans: StudyResults['scans'], least: number): StudyResults['scans'] {
  if (scans === null) return null;
  return {
    ...scans,
    parameters: scans.parameters.map((one) => {
      const [notStated, ...values] = shareParts([one.notStated, ...one.values.map(({ n }) => n)], least);
      return {
        ...one,
        notStated: notStated!,
        values: one.values.map(({ value }, at) => ({ value, n: values[at]!, patients: [] })),
      };
    }),
  };
}

/** Complete patients are those who lack nothing: with one incomplete variable its count follows from theirs. */
function shareImputation(imputation: StudyResults['imputation'], least: number): StudyResults['imputation'] {
  if (imputation === null) return null;
  const cohorts = ['training', 'validation'] as const;
  const hide = Object.fromEntries(
    cohorts.map((cohort) => {
      const complete = imputation.complete[cohort];
      const all = imputation.all[cohort];
      const left = [all.n - complete.n, all.events - complete.events];
      return [cohort, left.some((count) => count > 0 && count < least)];
    }),
  ) as Record<(typeof cohorts)[number], boolean>;
  const nothing = { n: Number.NaN, events: Number.NaN };
  return {
    ...imputation,
    variables: imputation.variables.map((variable) => ({
      ...variable,
      ...Object.fromEntries(
        cohorts.map((cohort) => {
          const count = variable[cohort];
          return [cohort, count > 0 && count < least ? Number.NaN : count];
        }),
      ),
    })),
    complete: {
      training: hide.training ? nothing : imputation.complete.training,
      validation: hide.validation ? nothing : imputation.complete.validation,
    },
    models: imputation.models.map((one) => ({
      ...one,
      trained: hide.training && one.method === 'complete cases' ? Number.NaN : one.trained,
      ...(hide.validation && one.method !== 'imputed' ? nothing : {}),
    })),
  };
}
