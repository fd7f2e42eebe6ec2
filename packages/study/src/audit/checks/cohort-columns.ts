import { areaUnderCurve, mannWhitney } from '@sentinode/statistics';
import type { AuditCheck, AuditFinding } from '../audit.ts';
import { valuesFor } from '../columns.ts';

const NEAR = 0.99;
const CHANCE = 1e-6;

/** Columns whose values tell the cohorts apart: scaled, filled in or measured apart. */
export const cohortColumns: AuditCheck = {
  name: 'cohort-columns',
  looksFor: 'columns whose values differ between the cohorts as no random split makes them differ',
  check: ({ tables, patients }) =>
    [...tables].flatMap(([name, table]): AuditFinding[] => {
      const found = table.names.filter((_, index) => {
        const rows = valuesFor(table, table.columns[index]!, patients);
        const cohorts = rows.map((row): 0 | 1 => (row.patient.cohort === 'validation' ? 1 : 0));
        const held = cohorts.filter((cohort) => cohort === 1).length;
        if (held < 5 || cohorts.length - held < 5) return false;
        const values = rows.map((row) => row.value);
        // a column that is constant in a cohort teaches nothing: it leaves before anything is fitted
        const distinct = (cohort: 0 | 1): number =>
          new Set(values.filter((_value, row) => cohorts[row] === cohort)).size;
        if (Math.min(distinct(0), distinct(1)) < 3) return false;
        const raw = areaUnderCurve(values, cohorts);
        if (Math.max(raw, 1 - raw) < NEAR) return false;
        const { p } = mannWhitney(
          values.filter((_value, row) => cohorts[row] === 1),
          values.filter((_value, row) => cohorts[row] === 0),
        );
        return p * table.columns.length < CHANCE;
      });
      if (found.length === 0) return [];
      return [
        {
          code: 'column-is-cohort',
          severity: 'warning',
          where: `table ${name}`,
          rows: [],
          message: `${found.length} columns of ${name} tell training and validation patients apart, the first being ${found[0]}.`,
          matters:
            'The cohorts were measured, scaled or filled in apart, or the split follows the column; a model fitted on one does not mean the same in the other.',
        },
      ];
    }),
};
