import {
  backwardAicOfCompleted,
  type CoefficientRow,
  type CompletedModel,
  designMatrix,
  fitFirth,
  fitTerms,
  type PooledCoefficient,
  pooledLikelihoodRatio,
  poolLogistic,
  type RegressionTerm,
} from '@sentinode/statistics';
import type { ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';
import type { FirthRegression } from '../results/further-results.ts';
import type { ClinicalRegression, SelectionResult } from '../results/study-results.ts';
import type { CompletedClinical } from './clinical-imputation.ts';

/** Likelihood-ratio p below which a factor enters the clinical model. */
const ALPHA = 0.05;

export interface ClinicalSelection {
  readonly kept: readonly ClinicalVariable[];
  readonly regression: Omit<ClinicalRegression, 'firth'>;
  /** Whether the outcomes are separated by all candidates, or by those that the AIC left. */
  readonly separated: boolean;
  /** The regression of all candidates, with what pooling says of each coefficient. */
  readonly multivariable: readonly PooledCoefficient[];
  readonly selection: SelectionResult;
  /** Row ids that it saw. */
  readonly rows: readonly string[];
  /** Sentences about separation and aliasing, where they occur. */
  readonly remarks: readonly string[];
}

/** Candidates as terms of a regression; rows complete. */
export function termsOf(
  variables: readonly ClinicalVariable[],
  rows: readonly ClinicalValues[],
): RegressionTerm[] {
  return variables.map((variable): RegressionTerm => {
    const values = rows.map((row) => row[variable.name] ?? null);
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

const rowsOf = (fits: Parameters<typeof poolLogistic>[0]): CoefficientRow[] =>
  poolLogistic(fits).map(({ row }) => row);

/** The model without one of its terms. */
function without({ terms }: CompletedModel, name: string, outcomes: readonly (0 | 1)[]): CompletedModel {
  const reduced = terms.map((own) => own.filter((term) => term.name !== name));
  return { terms: reduced, fits: reduced.map((own) => fitTerms(own, outcomes)) };
}

/**
 * All candidates in one unpenalised logistic regression of the training cohort, backward by AIC with whole factors,
 * then the factors whose likelihood-ratio p in that model is below 0.05, read once. On completed data sets the mean AIC
 * decides, coefficients and tests are pooled.
 * @param completed clinical values of the training rows, one version or one per imputation
 * @param ids row ids, for the record
 */
export function selectClinical(
  variables: readonly ClinicalVariable[],
  completed: CompletedClinical,
  outcomes: readonly (0 | 1)[],
  ids: readonly string[],
): ClinicalSelection {
  const sets = completed.map((rows) => termsOf(variables, rows));
  const full = sets.map((terms) => fitTerms(terms, outcomes));
  const elimination = backwardAicOfCompleted(sets, outcomes);
  const final: CompletedModel = { terms: elimination.kept, fits: elimination.fits };
  const left = elimination.kept[0]!.map(({ name }) => name);
  const factors = left.map((variable) => {
    const { p } = pooledLikelihoodRatio(final, without(final, variable, outcomes), outcomes);
    return { variable, likelihoodRatioP: p ?? 1, kept: p !== null && p < ALPHA };
  });
  const keptNames = factors.filter((factor) => factor.kept).map((factor) => factor.variable);
  const kept = variables.filter((variable) => keptNames.includes(variable.name));
  const m = completed.length;
  const multivariable = poolLogistic(full);
  const aliased = [...new Set(full.flatMap((fit) => fit.aliased))];
  const of = m === 1 ? '' : ` of ${m} completed data sets`;
  const remarks = [
    ...(full.some((fit) => fit.separated)
      ? [
          'The full clinical regression separates the outcomes, so its likelihood has no maximum; its coefficients and intervals have no meaning.',
        ]
      : []),
    ...(aliased.length > 0
      ? [`Aliased in the full clinical regression (a combination of other terms): ${aliased.join(', ')}.`]
      : []),
  ];
  return {
    kept,
    remarks,
    rows: [...ids],
    separated: [...full, ...elimination.fits].some((fit) => fit.separated),
    multivariable,
    regression: {
      n: full[0]!.n,
      events: full[0]!.events,
      imputations: m === 1 ? null : m,
      univariable: variables.map(({ name }, index) => {
        const terms = sets.map((own) => [own[index]!]);
        const model: CompletedModel = { terms, fits: terms.map((own) => fitTerms(own, outcomes)) };
        return {
          variable: name,
          rows: rowsOf(model.fits).slice(1),
          likelihoodRatioP: pooledLikelihoodRatio(model, without(model, name, outcomes), outcomes).p,
        };
      }),
      multivariable: multivariable.map(({ row }) => row),
      trace: elimination.steps.map((step) => ({ aic: step.aic, dropped: step.dropped, reason: step.reason })),
      final: rowsOf(elimination.fits),
      factors,
    },
    selection: {
      steps: [
        {
          step: 'candidates',
          count: variables.length,
          names: variables.map(({ name }) => name),
          note: 'declared clinical variables',
          fittedOn: 'none',
        },
        {
          step: 'backward-aic',
          count: left.length,
          names: left,
          note: m === 1 ? 'whole factors, k = 2' : `whole factors, k = 2, mean AIC${of}`,
          fittedOn: 'training',
        },
        {
          step: 'likelihood-ratio',
          count: kept.length,
          names: keptNames,
          note: `likelihood-ratio p < ${ALPHA} in the model left by the AIC${m === 1 ? '' : `, pooled over ${m} completed data sets`}`,
          fittedOn: 'training',
        },
      ],
      lasso: null,
      explainedVariance: null,
      kept: factors
        .filter((factor) => factor.kept)
        .map(({ variable, likelihoodRatioP }) => ({
          name: variable,
          by: [{ step: 'likelihood-ratio', detail: { p: likelihoodRatioP } }],
        })),
    },
  };
}

/**
 * The same regressions with Firth's penalty, whose estimates are finite where the outcomes are separated. The selection
 * stays that of the unpenalised fits. null where they are not separated and nobody asked.
 */
export function firthRegression(
  { separated, regression }: ClinicalSelection,
  variables: readonly ClinicalVariable[],
  completed: CompletedClinical,
  outcomes: readonly (0 | 1)[],
  when: 'separation' | 'always',
): FirthRegression | null {
  if (!separated && when === 'separation') return null;
  const left = new Set(regression.final.map((row) => row.variable));
  const fit = (used: readonly ClinicalVariable[]) =>
    completed.map((rows) => fitFirth(designMatrix(termsOf(used, rows), rows.length), outcomes));
  const pooled = (fits: ReturnType<typeof fit>): CoefficientRow[] =>
    rowsOf(fits.map(({ rows }) => ({ rows, n: outcomes.length, rank: rows.length, separated: false })));
  const all = fit(variables);
  const pooling = completed.length === 1 ? '' : `; ${completed.length} completed data sets, Rubin's rules`;
  return {
    why: separated ? 'the outcomes are separated' : 'asked for in the study file',
    multivariable: pooled(all),
    final: pooled(fit(variables.filter(({ name }) => left.has(name)))),
    method: `${all[0]!.method}${pooling}`,
  };
}
