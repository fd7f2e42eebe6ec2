import { areaUnderCurve, mannWhitney } from '@sentinode/statistics';
import type { AuditCheck, AuditFinding } from '../audit.ts';
import { valuesFor } from '../columns.ts';

/** A column this good alone is more likely the outcome than a predictor. */
const NEAR = 0.99;
/** With so many columns the best of pure noise would not come so far. */
const CHANCE = 1e-6;
/** A column of two values that agrees with the outcome in so many patients is a copy of it with errors. */
const AGREES = 0.95;

/** Columns that equal, or nearly equal, the outcome. */
export const outcomeColumns: AuditCheck = {
  name: 'outcome-columns',
  looksFor: 'columns that equal or nearly equal the outcome',
  check: ({ tables, patients }) =>
    [...tables].flatMap(([name, table]) =>
      table.names.flatMap((column, index): AuditFinding[] => {
        const rows = valuesFor(table, table.columns[index]!, patients);
        const outcomes = rows.map((row) => row.patient.outcome);
        const events = outcomes.filter((outcome) => outcome === 1).length;
        if (rows.length < 10 || events < 3 || rows.length - events < 3) return [];
        const values = rows.map((row) => row.value);
        const raw = areaUnderCurve(values, outcomes);
        const area = Math.max(raw, 1 - raw);
        const two = new Set(values).size === 2;
        if (area < (two ? AGREES : NEAR)) return [];
        const { p } = mannWhitney(
          values.filter((_, row) => outcomes[row] === 1),
          values.filter((_, row) => outcomes[row] === 0),
        );
        if (p * table.columns.length > CHANCE) return [];
        return [
          {
            code: 'column-is-outcome',
            severity: 'leak',
            where: `table ${name}, column ${column}`,
            rows: [],
            message: `${column} ${area === 1 ? 'tells the outcomes apart without an error' : `alone has an AUC of ${area.toFixed(3)}`} in ${rows.length} patients: it is the outcome, or was measured after it.`,
            matters: 'A model that takes it predicts what is known already; leave the column out.',
          },
        ];
      }),
    ),
};
