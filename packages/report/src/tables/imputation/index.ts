import type { CoefficientRow } from '@sentinode/statistics';
import type { StudyResults } from '@sentinode/study';
import { count, decimal, estimate, NONE, pValue } from '../../text/numbers.ts';
import type { ReportTable, Tabled } from '../report-table.ts';

type Imputation = NonNullable<StudyResults['imputation']>;

const none: Tabled = {
  missing: 'patients who lack a clinical variable are left out (missing: complete-case)',
};
const share = (value: number | null): string => (value === null ? NONE : decimal(value, 3));

function settings({ imputations, iterations, donors, continuous }: Imputation): string {
  return `Multiple imputation by chained equations: ${imputations} completed data sets, ${iterations} rounds, continuous variables by ${continuous === 'pmm' ? `predictive mean matching (${donors} donors)` : 'linear regression'}, factors by logistic regression; fitted on training patients only, anew in every resample.`;
}

/** Missing clinical cells, and how each variable is imputed. */
export const missingValues = {
  name: 'missing-values',
  from: ['/imputation/variables'],
  title: 'Missing clinical values',
  note: ({ imputation }) =>
    imputation === null
      ? ''
      : `${settings(imputation)} Complete patients: ${count(imputation.complete.training.n)} of ${imputation.all.training.n} in training, ${count(imputation.complete.validation.n)} of ${imputation.all.validation.n} in validation. The outcome of validation patients enters no imputation.`,
  cells: ({ imputation }) =>
    imputation === null
      ? none
      : {
          columns: ['Variable', 'Imputed by', 'Missing in training', 'Missing in validation'],
          rows: imputation.variables.map(({ name, method, training, validation }) => [
            name,
            method,
            count(training),
            count(validation),
          ]),
        },
} satisfies ReportTable;

const odds = (row: CoefficientRow | null): string =>
  row === null || row.oddsRatio === null ? NONE : estimate(row.oddsRatio, row.ci, 2);

/** The regression of all clinical candidates: complete cases beside imputed values. */
export const imputationCoefficients = {
  name: 'imputation-coefficients',
  from: ['/imputation/coefficients'],
  title: 'Clinical regression: complete cases and imputed values',
  note: ({ imputation }) =>
    imputation === null
      ? ''
      : `Odds ratio (95 % CI), all candidates together, training cohort. Complete cases: ${count(imputation.complete.training.n)} patients, ${count(imputation.complete.training.events)} events, Wald. Imputed: ${imputation.all.training.n} patients, ${imputation.all.training.events} events, m = ${imputation.imputations}, Rubin's rules with the degrees of freedom of Barnard and Rubin; the imputation models contain the outcome. FMI: fraction of missing information.`,
  cells: ({ imputation }) => {
    if (imputation === null) return none;
    if (imputation.coefficients.length === 0) return { missing: 'no clinical value is missing' };
    return {
      columns: ['Term', 'Complete cases OR', 'p', 'Imputed OR', 'p', 'FMI', 'df'],
      rows: imputation.coefficients
        .filter(({ term }) => term !== '(Intercept)')
        .map(({ term, reference, complete, imputed, fmi, df }) => [
          reference === null ? term : `${term} (vs ${reference})`,
          odds(complete),
          pValue(complete?.p),
          odds(imputed),
          pValue(imputed.p),
          share(fmi),
          df === null ? NONE : decimal(df, 1),
        ]),
    };
  },
} satisfies ReportTable;

/** Validation AUC of the models with clinical variables, by both methods. */
export const imputationAuc = {
  name: 'imputation-auc',
  from: ['/imputation/models'],
  title: 'Validation AUC: complete cases and imputed values',
  note: () =>
    "Same classifier. Imputed values come from the imputation without outcome that is locked in the model. Intervals on the logit scale with DeLong's variance; elsewhere in the report they are symmetric. With m > 1 the AUC is pooled over m completed validation cohorts by Rubin's rules, so it can differ a little from that of the mean probabilities; FMI is of this AUC.",
  cells: ({ imputation }) => {
    if (imputation === null) return none;
    if (imputation.models.length === 0)
      return { missing: 'no clinical value is missing, or no model could be scored both ways' };
    return {
      columns: ['Model', 'Classifier', 'Method', 'Trained on', 'Validated on', 'Events', 'm', 'AUC', 'FMI'],
      rows: imputation.models.map(({ model, classifier, method, trained, n, events, m, auc, ci, fmi }) => [
        model,
        classifier,
        method,
        count(trained),
        count(n),
        count(events),
        String(m),
        estimate(auc, ci),
        share(fmi),
      ]),
    };
  },
} satisfies ReportTable;
