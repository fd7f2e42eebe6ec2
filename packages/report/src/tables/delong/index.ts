import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal, interval, pValue } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Paired DeLong tests between the models. */
export const delong = {
  name: 'delong',
  title: 'Differences in AUC between models',
  note: ({ delong: tests, correction }) =>
    correction === null
      ? `DeLong test for correlated AUCs; p values are not corrected for the ${tests.length} comparisons.`
      : `DeLong test for correlated AUCs. Corrected p: Holm within each cohort, ${tests.filter((test) => test.cohort === 'validation').length} comparisons each.`,
  cells: ({ delong: tests }) =>
    tests.length === 0
      ? { missing: 'the study has one model' }
      : {
          columns: ['Cohort', 'Models', 'Difference', '95 % CI', 'z', 'p', 'Corrected p'],
          rows: tests.map(({ cohort, a, b, difference, ci, z, p, adjusted }) => [
            cohortName(cohort),
            `${modelName(a)} – ${modelName(b)}`,
            decimal(difference),
            interval(ci),
            decimal(z, 2),
            pValue(p),
            pValue(adjusted),
          ]),
        },
} satisfies ReportTable;
