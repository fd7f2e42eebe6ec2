import type { CoefficientRow } from '@sentinode/statistics';
import type { StudyResults } from '@sentinode/study';
import { estimate, NONE, pValue } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

const odds = (row: CoefficientRow | undefined): string =>
  row?.oddsRatio === undefined || row.oddsRatio === null ? NONE : estimate(row.oddsRatio, row.ci, 2);

/** Factors whose likelihood-ratio p in the final regression lets them in. */
function kept({ factors }: NonNullable<StudyResults['clinical']>): string {
  const names = factors.filter((factor) => factor.kept);
  return names.length === 0
    ? 'none'
    : names
        .map(
          ({ variable, likelihoodRatioP }) => `${variable} (likelihood-ratio p ${pValue(likelihoodRatioP)})`,
        )
        .join(', ');
}

/** Univariable, multivariable and final logistic regression of the clinical variables. */
export const clinicalRegression = {
  name: 'clinical-regression',
  from: ['/clinical/univariable', '/clinical/multivariable', '/clinical/final'],
  title: 'Clinical variables: logistic regression',
  note: ({ clinical }) =>
    clinical === null
      ? ''
      : `Odds ratio (${clinical.imputations === null ? 'Wald 95 % CI' : `95 % CI by Rubin's rules, ${clinical.imputations} completed data sets`}), training cohort, ${clinical.n} patients, ${clinical.events} events. Multivariable: all candidates together. Final: after backward elimination by ${clinical.imputations === null ? 'AIC' : 'the mean AIC'}. A dash in the multivariable column marks an aliased term. In the models: ${kept(clinical)}.`,
  cells: ({ clinical }) => {
    if (clinical === null) return { missing: 'the study file declares no clinical variables' };
    const find = (rows: readonly CoefficientRow[], term: string): CoefficientRow | undefined =>
      rows.find((row) => row.term === term);
    return {
      columns: ['Term', 'Univariable OR', 'p', 'Multivariable OR', 'p', 'Final OR', 'p'],
      rows: clinical.univariable.flatMap(({ rows }) =>
        rows
          .filter((row) => row.term !== '(Intercept)')
          .map((row) => {
            const multivariable = find(clinical.multivariable, row.term);
            const final = find(clinical.final, row.term);
            return [
              row.reference === undefined ? row.term : `${row.term} (vs ${row.reference})`,
              odds(row),
              pValue(row.p),
              odds(multivariable),
              pValue(multivariable?.p),
              odds(final),
              pValue(final?.p),
            ];
          }),
      ),
    };
  },
} satisfies ReportTable;

/** The same regressions with Firth's penalty. */
export const firth = {
  name: 'firth',
  from: ['/clinical/firth'],
  title: "Clinical variables: Firth's logistic regression",
  note: ({ clinical }) =>
    clinical === null || clinical.firth === null
      ? ''
      : `Odds ratio with 95 % CI, training cohort, ${clinical.n} patients, ${clinical.events} events; ${clinical.firth.method}. Given because ${clinical.firth.why}. The selection of the variables stays that of the unpenalised regression.`,
  cells: ({ clinical }) => {
    if (clinical === null) return { missing: 'the study file declares no clinical variables' };
    const { firth: found } = clinical;
    if (found === null)
      return { missing: 'the outcomes are not separated and statistics.firth is not always' };
    return {
      columns: ['Term', 'Multivariable OR', 'p', 'Final OR', 'p'],
      rows: found.multivariable
        .filter((row) => row.term !== '(Intercept)')
        .map((row) => {
          const final = found.final.find((one) => one.term === row.term);
          return [
            row.reference === undefined ? row.term : `${row.term} (vs ${row.reference})`,
            odds(row),
            pValue(row.p),
            odds(final),
            pValue(final?.p),
          ];
        }),
    };
  },
} satisfies ReportTable;
