import type { Outcomes } from '../checks.ts';
import { chiSquareUpper } from '../distributions/index.ts';
import { designMatrix, type RegressionTerm } from './design.ts';
import { fitLogistic, type LogisticFit } from './logistic.ts';

/** The model without one term. */
export interface DroppedTerm {
  readonly term: string;
  /** Coefficients that go with it; 0 when the term is aliased with the others. */
  readonly df: number;
  readonly deviance: number;
  readonly aic: number;
  readonly likelihoodRatio: number;
  /** null when df is 0. */
  readonly p: number | null;
}

/** Fits a model of terms. */
export function fitTerms(terms: readonly RegressionTerm[], outcomes: Outcomes): LogisticFit {
  return fitLogistic(designMatrix(terms, outcomes.length), outcomes);
}

/** Each term dropped as a whole from the model of all (R `drop1(test = "LRT")`). */
export function dropOne(
  terms: readonly RegressionTerm[],
  outcomes: Outcomes,
  full = fitTerms(terms, outcomes),
): DroppedTerm[] {
  return terms.map((term, index) => {
    const fit = fitTerms(
      terms.filter((_, other) => other !== index),
      outcomes,
    );
    const { statistic, df, p } = likelihoodRatioTest(full, fit);
    return { term: term.name, df, deviance: fit.deviance, aic: fit.aic, likelihoodRatio: statistic, p };
  });
}

/** Comparison of nested models by the likelihood-ratio test. */
export function likelihoodRatioTest(
  full: Pick<LogisticFit, 'deviance' | 'rank'>,
  reduced: Pick<LogisticFit, 'deviance' | 'rank'>,
): { statistic: number; df: number; p: number | null } {
  const statistic = Math.max(0, reduced.deviance - full.deviance);
  const df = full.rank - reduced.rank;
  return { statistic, df, p: df > 0 ? chiSquareUpper(statistic, df) : null };
}

/** One step of the elimination: what was looked at, and what left. */
export interface EliminationStep {
  readonly aic: number;
  readonly candidates: readonly DroppedTerm[];
  /** null at the end. */
  readonly dropped: string | null;
  readonly reason: 'aliased' | 'lowest AIC' | 'no removal lowers the AIC';
}

export interface BackwardAic {
  readonly kept: readonly RegressionTerm[];
  readonly fit: LogisticFit;
  readonly steps: readonly EliminationStep[];
}

/**
 * Backward elimination by AIC (R `step(direction = "backward")`): a factor leaves as a whole; a term that is aliased
 * with the others (df 0) leaves first, the last such one in order; the model of the intercept alone is possible.
 */
export function backwardAic(terms: readonly RegressionTerm[], outcomes: Outcomes): BackwardAic {
  const { kept, fits, steps } = backwardAicOfCompleted([terms], outcomes);
  return { kept: kept[0]!, fit: fits[0]!, steps };
}

/** Backward elimination on completed data sets: one path for all. */
export interface BackwardAicOfCompleted {
  /** Terms that are left and their fit, by data set. */
  readonly kept: readonly (readonly RegressionTerm[])[];
  readonly fits: readonly LogisticFit[];
  readonly steps: readonly EliminationStep[];
}

/**
 * {@link backwardAic} of several completed versions of the same terms: the mean AIC over the data sets decides, so that
 * all of them keep the same terms. In the steps deviances, AIC and likelihood ratios are means, and p is null.
 */
export function backwardAicOfCompleted(
  terms: readonly (readonly RegressionTerm[])[],
  outcomes: Outcomes,
): BackwardAicOfCompleted {
  let kept = terms.map((own) => [...own]);
  const steps: EliminationStep[] = [];
  for (;;) {
    const fits = kept.map((own) => fitTerms(own, outcomes));
    const candidates = meanDropped(kept.map((own, set) => dropOne(own, outcomes, fits[set])));
    const aic = meanOf(fits.map((fit) => fit.aic));
    const aliased = candidates.findLast((candidate) => candidate.df === 0);
    const best = candidates.reduce<DroppedTerm | undefined>(
      (lowest, candidate) => (lowest === undefined || candidate.aic < lowest.aic ? candidate : lowest),
      undefined,
    );
    const leaving = aliased ?? (best !== undefined && best.aic < aic ? best : undefined);
    steps.push({
      aic,
      candidates,
      dropped: leaving?.term ?? null,
      reason:
        aliased !== undefined
          ? 'aliased'
          : leaving !== undefined
            ? 'lowest AIC'
            : 'no removal lowers the AIC',
    });
    if (leaving === undefined) return { kept, fits, steps };
    kept = kept.map((own) => own.filter((term) => term.name !== leaving.term));
  }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Means over data sets; a term counts as aliased where it is in one of them. */
function meanDropped(sets: readonly (readonly DroppedTerm[])[]): readonly DroppedTerm[] {
  if (sets.length === 1) return sets[0]!;
  return sets[0]!.map(({ term }, index) => {
    const own = sets.map((set) => set[index]!);
    return {
      term,
      df: Math.min(...own.map(({ df }) => df)),
      deviance: meanOf(own.map(({ deviance }) => deviance)),
      aic: meanOf(own.map(({ aic }) => aic)),
      likelihoodRatio: meanOf(own.map(({ likelihoodRatio }) => likelihoodRatio)),
      p: null,
    };
  });
}
