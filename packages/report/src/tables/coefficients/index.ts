import { modelName } from '../../text/model-names.ts';
import { significant } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Intercept and coefficients of every model. */
export const coefficients = {
  name: 'coefficients',
  from: ['/models/*/intercept', '/models/*/predictors'],
  title: 'Coefficients of the models',
  note: () =>
    'Per standard deviation of a standardised predictor, or against the reference level of a factor. All digits stand in the locked models.',
  onlyInFile: true,
  cells: (results) => ({
    columns: ['Model', 'Predictor', 'Kind', 'Coefficient'],
    rows: results.models.flatMap((model) => [
      [modelName(model.name), '(Intercept)', '', significant(model.intercept, 8)],
      ...model.predictors.map(({ name, kind, coefficient }) => [
        modelName(model.name),
        name,
        kind,
        significant(coefficient, 8),
      ]),
    ]),
  }),
} satisfies ReportTable;
