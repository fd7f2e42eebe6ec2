import type { Outcomes } from '../checks.ts';
import { backwardAic, fitTerms } from '../regression/backward-aic.ts';
import { designMatrix, type RegressionTerm } from '../regression/design.ts';
import { linearPredictor } from '../regression/likelihood.ts';
import type { ValidatedProcedure } from './optimism.ts';

/** Coefficients by column name (`(Intercept)`, variable, `factor=level`); a column without one counts 0. */
type Coefficients = ReadonlyMap<string, number>;

function rowsOf(terms: readonly RegressionTerm[], rows: Uint32Array): RegressionTerm[] {
  return terms.map((term) =>
    term.kind === 'continuous'
      ? { ...term, values: Float64Array.from(rows, (row) => term.values[row]!) }
      : { ...term, values: Array.from(rows, (row) => term.values[row]!) },
  );
}

/**
 * Logistic regression as a procedure to be validated: of all terms, or with backward elimination by AIC repeated in
 * every resample. A fit that separates is no fit; an aliased column (a level that a resample lacks) counts 0.
 */
export function logisticProcedure(
  terms: readonly RegressionTerm[],
  outcomes: Outcomes,
  options: { readonly backward?: boolean } = {},
): ValidatedProcedure<Coefficients> {
  return {
    fit: (rows) => {
      const drawn = rowsOf(terms, rows);
      const events = Array.from(rows, (row) => outcomes[row]!);
      const fit = options.backward === true ? backwardAic(drawn, events).fit : fitTerms(drawn, events);
      if (fit.separated) return undefined;
      return new Map(fit.rows.map((row) => [row.term, row.coefficient ?? 0]));
    },
    predict: (model, rows) => {
      const columns = designMatrix(rowsOf(terms, rows), rows.length);
      return linearPredictor(
        columns.map((column) => column.values),
        columns.map((column) => model.get(column.term) ?? 0),
        rows.length,
      );
    },
  };
}
