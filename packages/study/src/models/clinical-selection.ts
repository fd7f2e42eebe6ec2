import {
  backwardAic,
  designMatrix,
  dropOne,
  fitFirth,
  fitTerms,
  type RegressionTerm,
} from '@sentinode/statistics';
import { type ClinicalData, type ClinicalVariable, valuesOf } from '../cohort/clinical-data.ts';
import type { FirthRegression } from '../results/further-results.ts';
import type { ClinicalRegression, SelectionResult } from '../results/study-results.ts';

/** Likelihood-ratio p below which a factor enters the clinical model. */
const ALPHA = 0.05;

export interface ClinicalSelection {
  readonly kept: readonly ClinicalVariable[];
  readonly regression: Omit<ClinicalRegression, 'firth'>;
  /** Whether the outcomes are separated by all candidates, or by those that the AIC left. */
  readonly separated: boolean;
  readonly selection: SelectionResult;
  /** Row ids that it saw. */
  readonly rows: readonly string[];
  /** Sentences about separation and aliasing, where they occur. */
  readonly remarks: readonly string[];
}

function termsOf(data: ClinicalData, training: readonly string[]): RegressionTerm[] {
  return data.variables.map((variable): RegressionTerm => {
    const values = valuesOf(data, training, variable.name);
    return variable.kind === 'continuous'
      ? { name: variable.name, kind: 'continuous', values: values.map(Number) }
      : {
          name: variable.name,
          kind: 'factor',
          levels: variable.levels,
          reference: variable.reference,
          values: values.map(String),
        };
  });
}

/**
 * All candidates in one unpenalised logistic regression of the training cohort, backward by AIC with whole factors,
 * then the factors whose likelihood-ratio p in that model is below 0.05, read once.
 */
export function selectClinical(
  data: ClinicalData,
  training: readonly string[],
  outcomes: readonly (0 | 1)[],
): ClinicalSelection {
  const terms = termsOf(data, training);
  const full = fitTerms(terms, outcomes);
  const elimination = backwardAic(terms, outcomes);
  const tests = dropOne(elimination.kept, outcomes, elimination.fit);
  const factors = tests.map((test) => ({
    variable: test.term,
    likelihoodRatioP: test.p ?? 1,
    kept: test.p !== null && test.p < ALPHA,
  }));
  const keptNames = factors.filter((factor) => factor.kept).map((factor) => factor.variable);
  const kept = data.variables.filter((variable) => keptNames.includes(variable.name));
  const names = (list: readonly { name: string }[]): string[] => list.map((entry) => entry.name);
  const remarks = [
    ...(full.separated
      ? [
          'The full clinical regression separates the outcomes, so its likelihood has no maximum; its coefficients and intervals have no meaning.',
        ]
      : []),
    ...(full.aliased.length > 0
      ? [
          `Aliased in the full clinical regression (a combination of other terms): ${full.aliased.join(', ')}.`,
        ]
      : []),
  ];
  return {
    kept,
    remarks,
    rows: [...training],
    separated: full.separated || elimination.fit.separated,
    regression: {
      n: full.n,
      events: full.events,
      univariable: terms.map((term) => {
        const fit = fitTerms([term], outcomes);
        return {
          variable: term.name,
          rows: fit.rows.slice(1),
          likelihoodRatioP: dropOne([term], outcomes, fit)[0]?.p ?? null,
        };
      }),
      multivariable: full.rows,
      trace: elimination.steps.map((step) => ({ aic: step.aic, dropped: step.dropped, reason: step.reason })),
      final: elimination.fit.rows,
      factors,
    },
    selection: {
      steps: [
        {
          step: 'candidates',
          count: terms.length,
          names: names(terms),
          note: 'declared clinical variables',
          fittedOn: 'none',
        },
        {
          step: 'backward-aic',
          count: elimination.kept.length,
          names: names(elimination.kept),
          note: 'whole factors, k = 2',
          fittedOn: 'training',
        },
        {
          step: 'likelihood-ratio',
          count: kept.length,
          names: keptNames,
          note: `likelihood-ratio p < ${ALPHA} in the model left by the AIC`,
          fittedOn: 'training',
        },
      ],
      lasso: null,
      explainedVariance: null,
    },
  };
}

/**
 * The same regressions with Firth's penalty, whose estimates are finite where the outcomes are separated. The selection
 * stays that of the unpenalised fits. null where they are not separated and nobody asked.
 */
export function firthRegression(
  { separated, regression }: ClinicalSelection,
  data: ClinicalData,
  training: readonly string[],
  outcomes: readonly (0 | 1)[],
  when: 'separation' | 'always',
): FirthRegression | null {
  if (!separated && when === 'separation') return null;
  const terms = termsOf(data, training);
  const left = new Set(regression.final.map((row) => row.variable));
  const fit = (used: readonly RegressionTerm[]) => fitFirth(designMatrix(used, training.length), outcomes);
  const all = fit(terms);
  return {
    why: separated ? 'the outcomes are separated' : 'asked for in the study file',
    multivariable: all.rows,
    final: fit(terms.filter((term) => left.has(term.name))).rows,
    method: all.method,
  };
}
