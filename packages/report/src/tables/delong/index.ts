import type { Cohort, StudyResults } from '@sentinode/study';
import { comparisonFamily } from '../../text/comparison-family.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal, estimate, interval, pValue } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

const ONE_MODEL = { missing: 'the study has one model' } as const;

/** Paired DeLong tests between the models. */
export const delong = {
  name: 'delong',
  from: ['/delong'],
  title: 'Differences in AUC between models',
  note: (results) => `DeLong test for correlated AUCs; ${sizes(results)}. ${comparisonFamily(results)}`,
  cells: ({ delong: tests }) =>
    tests.length === 0
      ? ONE_MODEL
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

/** The same tests as a matrix: AUCs on the diagonal, differences above it, p values below. */
export const delongMatrix = {
  name: 'delong-matrix',
  from: ['/delong', '/models/*/*/auc'],
  title: 'DeLong tests of every pair of models',
  note: (results) =>
    `Diagonal: AUC (95 % CI). Above: AUC of the row minus that of the column (95 % CI). Below: ${results.correction === null ? 'p' : 'corrected p'} of the same pair. DeLong test for correlated AUCs; ${sizes(results)}. ${comparisonFamily(results)}`,
  cells: (results) =>
    results.delong.length === 0
      ? ONE_MODEL
      : {
          columns: ['Cohort', 'Model', ...results.models.map(({ name }) => modelName(name))],
          rows: (['training', 'validation'] as const).flatMap((cohort) =>
            results.models.map((model, row) => [
              cohortName(cohort),
              modelName(model.name),
              ...results.models.map((_, column) => matrixCell(results, cohort, row, column)),
            ]),
          ),
        },
} satisfies ReportTable;

function matrixCell(results: StudyResults, cohort: Cohort, row: number, column: number): string {
  const [a, b] = [results.models[Math.min(row, column)]!, results.models[Math.max(row, column)]!];
  if (row === column) return aucEstimate(a[cohort].auc);
  const test = results.delong.find((one) => one.cohort === cohort && one.a === a.name && one.b === b.name)!;
  return row < column ? estimate(test.difference, test.ci) : pValue(test.adjusted ?? test.p);
}
