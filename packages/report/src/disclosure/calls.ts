import type { ClassifierResult, CohortEvaluation } from '@sentinode/study';

type Confusion = CohortEvaluation['confusion'];

const none = { value: null, ci: null, count: Number.NaN, of: Number.NaN };

/** Whether a count gives away a small one: itself, or the rest of its total. */
const isSmall = (count: number, of: number, least: number): boolean =>
  [count, of - count].some((one) => one > 0 && one < least);

/**
 * Calls of one model in one cohort. The sizes of both outcomes are printed, so that one count of a row of the matrix gives
 * the other, and a rate gives its counts: they are hidden together.
 */
export function shareCalls(evaluation: CohortEvaluation, least: number): CohortEvaluation {
  const { confusion, atPrevalence, calibration } = evaluation;
  const { tp, fn, fp, tn } = confusion;
  const events = isSmall(tp, tp + fn, least);
  const others = isSmall(tn, tn + fp, least);
  const hide = (when: boolean, count: number): number => (when ? Number.NaN : count);
  const both = events || others;
  const rates: Pick<Confusion, 'accuracy' | 'ppv' | 'npv' | 'f1'> = both
    ? { accuracy: none, ppv: none, npv: none, f1: { ...confusion.f1, value: null, ci: null } }
    : confusion;
  return {
    ...evaluation,
    confusion: {
      ...confusion,
      ...rates,
      tp: hide(events, tp),
      fn: hide(events, fn),
      fp: hide(others, fp),
      tn: hide(others, tn),
      sensitivity: events ? none : confusion.sensitivity,
      specificity: others ? none : confusion.specificity,
    },
    atPrevalence: both
      ? atPrevalence.map((at) => ({
          ...at,
          ppv: { ...at.ppv, value: null, ci: null },
          npv: { ...at.npv, value: null, ci: null },
          netBenefit: null,
        }))
      : atPrevalence,
    calibration:
      calibration === null ? null : { ...calibration, deciles: shareGroups(calibration.deciles, least) },
    // Single patients are not shared, and what is drawn of them is not drawn.
    predictions: [],
  };
}

type Groups = NonNullable<CohortEvaluation['calibration']>['deciles'];

function shareGroups(groups: Groups, least: number): Groups {
  const small = groups.map(({ n, events }) => isSmall(events, n, least) || n < least);
  const shown = small.flatMap((is, at) => (is ? [] : [at]));
  // The sum of all is printed: one hidden group alone would follow from the others.
  if (small.filter(Boolean).length === 1 && shown.length > 0)
    small[shown.reduce((best, at) => (groups[at]!.events < groups[best]!.events ? at : best))] = true;
  return groups.map((group, at) =>
    small[at] ? { ...group, n: Number.NaN, events: Number.NaN, observed: none } : group,
  );
}

/** Rates of a classifier whose counts, or the rest of their total, are small. */
export function shareClassifier(one: ClassifierResult, least: number): ClassifierResult {
  const { events, n } = one.validation;
  const small = (rate: number | null, of: number): boolean =>
    rate !== null && isSmall(Math.round(rate * of), of, least);
  return {
    ...one,
    sensitivity: small(one.sensitivity, events) ? null : one.sensitivity,
    specificity: small(one.specificity, n - events) ? null : one.specificity,
  };
}

/** A rate whose counts, or the rest of their total, are small. */
export function shareRate<T extends typeof none | Confusion['sensitivity']>(
  rate: T,
  least: number,
): T | typeof none {
  return isSmall(rate.count, rate.of, least) ? none : rate;
}
