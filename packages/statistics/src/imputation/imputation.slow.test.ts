import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readCsv, readJson, reference, shared } from '../../../../reference/locator.ts';
import { fitTerms } from '../regression/backward-aic.ts';
import { chainedEquations } from './chained-equations.ts';
import type { ContinuousMethod } from './equation.ts';
import type { ImputedVariable } from './variables.ts';

/** What mice 3.15.0 gave over many imputations of birthwt with blanked cells (`reference/generate/imputation.R`). */
interface Whole {
  readonly holes: Record<'lwt' | 'smoke' | 'race', number[]>;
  readonly runs: readonly {
    readonly method: 'pmm' | 'norm';
    readonly outcome: boolean;
    readonly M: number;
    readonly quantities: string[];
    readonly mean: number[];
    readonly sd: number[];
  }[];
}

const IMPUTATIONS = 200;
/** Standard errors of the difference of two Monte Carlo means (or spreads) that are allowed; some 80 are compared. */
const ERRORS = 4;

describe.skipIf(!hasShared('stats'))('imputations of birthwt beside mice', () => {
  const { whole } = readJson<{ whole: Whole }>(reference('statistics', 'imputation.json'));
  const rows = hasShared('stats') ? readCsv(shared('stats', 'logistic', 'birthwt.csv')) : [];
  const column = (name: string): number[] => rows.map((row) => Number(row[name]));
  const low = column('low') as (0 | 1)[];
  const holed = (name: 'lwt' | 'smoke' | 'race', values: number[]): Float64Array => {
    const own = Float64Array.from(values);
    for (const row of whole.holes[name]) own[row] = Number.NaN;
    return own;
  };
  const variables: ImputedVariable[] = [
    { name: 'age', kind: 'continuous', values: Float64Array.from(column('age')) },
    { name: 'lwt', kind: 'continuous', values: holed('lwt', column('lwt')) },
    {
      name: 'race',
      kind: 'factor',
      levels: ['1', '2', '3'],
      values: holed(
        'race',
        column('race').map((race) => race - 1),
      ),
    },
    { name: 'smoke', kind: 'factor', levels: ['0', '1'], values: holed('smoke', column('smoke')) },
  ];

  it.each(whole.runs.map((run) => [run.method, run.outcome ? 'with' : 'without', run] as const))(
    '%s, %s the outcome: means and spreads agree within Monte Carlo error',
    (method, _, run) => {
      const continuous: ContinuousMethod = method === 'pmm' ? 'pmm' : 'linear';
      const settings = { imputations: IMPUTATIONS, iterations: 5, donors: 5, continuous };
      const { completed } = chainedEquations(variables, run.outcome ? low : null, settings, createRandom(2));
      const each = completed.map((set) => {
        const at = (k: number, name: 'lwt' | 'smoke' | 'race'): number[] =>
          whole.holes[name].map((row) => set[k]![row]!);
        const share = (values: number[], level: number): number =>
          values.filter((value) => value === level).length / values.length;
        const fit = fitTerms(
          [
            { name: 'age', kind: 'continuous', values: set[0]! },
            { name: 'lwt', kind: 'continuous', values: set[1]! },
            {
              name: 'race',
              kind: 'factor',
              levels: ['0', '1', '2'],
              reference: '0',
              values: Array.from(set[2]!, String),
            },
            { name: 'smoke', kind: 'continuous', values: set[3]! },
          ],
          low,
        );
        return [
          mean(at(1, 'lwt')),
          sd(at(1, 'lwt')),
          share(at(3, 'smoke'), 1),
          share(at(2, 'race'), 1),
          share(at(2, 'race'), 2),
          ...fit.coefficients,
        ];
      });
      run.quantities.forEach((quantity, q) => {
        const own = each.map((values) => values[q]!);
        const error = Math.sqrt(sd(own) ** 2 / IMPUTATIONS + run.sd[q]! ** 2 / run.M);
        expect(Math.abs(mean(own) - run.mean[q]!) / error, `mean of ${quantity}`).toBeLessThan(ERRORS);
        // polyreg of mice does not draw its coefficients, so its shares of race vary a little less than ours
        if (quantity.startsWith('race')) return;
        const spread = Math.sqrt(1 / (2 * IMPUTATIONS) + 1 / (2 * run.M));
        expect(Math.abs(Math.log(sd(own) / run.sd[q]!)) / spread, `spread of ${quantity}`).toBeLessThan(
          ERRORS,
        );
      });
    },
  );
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
};
