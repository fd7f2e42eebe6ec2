import type { Outcomes } from '../checks.ts';
import { backwardAic, fitTerms } from '../regression/backward-aic.ts';
import { designMatrix, type RegressionTerm } from '../regression/design.ts';
import { linearPredictor } from '../regression/likelihood.ts';
import { stoppedNewton } from '../regression/stopped-newton.ts';
import type { Stopping } from './indices.ts';
import type { ValidatedProcedure } from './optimism.ts';

/** Coefficients by column name (`(Intercept)`, variable, `factor=level`); a column without one counts 0. */
interface Coefficients {
  readonly of: ReadonlyMap<string, number>;
  readonly separated: boolean;
}

function rowsOf(terms: readonly RegressionTerm[], rows: Uint32Array): RegressionTerm[] {
  return terms.map((term) =>
    term.kind === 'continuous'
      ? { ...term, values: Float64Array.from(rows, (row) => term.values[row]!) }
      : { ...term, values: Array.from(rows, (row) => term.values[row]!) },
  );
}

/**
 * Logistic regression as a procedure to be validated: of all terms, or with backward elimination by AIC repeated in
 * every resample (`stopping` as for `optimismBootstrap`). An aliased column (a level that a resample lacks) counts 0. Where a resample separates the outcomes,
 * the coefficients at which rms stops take the place of infinite ones, and the result counts such resamples.
 */
export function logisticProcedure(
  terms: readonly RegressionTerm[],
  outcomes: Outcomes,
  options: { readonly backward?: boolean; readonly stopping?: Stopping } = {},
): ValidatedProcedure<Coefficients> {
  return {
    fit: (rows) => {
      const drawn = rowsOf(terms, rows);
      const events = Array.from(rows, (row) => outcomes[row]!);
      const { kept, fit } =
        options.backward === true
          ? backwardAic(drawn, events)
          : { kept: drawn, fit: fitTerms(drawn, events) };
      const original = rows.every((row, i) => row === i);
      if (!fit.separated && (options.stopping !== 'rms' || original))
        return { of: new Map(fit.rows.map((row) => [row.term, row.coefficient ?? 0])), separated: false };
      const columns = designMatrix(kept, rows.length).filter(({ term }) => !fit.aliased.includes(term));
      const stopped = stoppedNewton(
        columns.map((column) => column.values),
        events,
      );
      return stopped === undefined
        ? undefined
        : { of: new Map(columns.map((column, j) => [column.term, stopped[j]!])), separated: fit.separated };
    },
    predict: ({ of }, rows) => {
      const columns = designMatrix(rowsOf(terms, rows), rows.length);
      return linearPredictor(
        columns.map((column) => column.values),
        columns.map((column) => of.get(column.term) ?? 0),
        rows.length,
      );
    },
    remark: ({ separated }) =>
      separated ? 'separated outcomes: coefficients stopped where rms stops' : undefined,
  };
}
