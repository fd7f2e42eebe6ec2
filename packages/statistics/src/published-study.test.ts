import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readCsv, reference } from '../../../reference/locator.ts';
import { confusionRates } from './classification/confusion.ts';
import { chiSquare, eventsPerVariable, fitTerms, type RegressionTerm, tTwoSided } from './index.ts';

const paper = (name: string) => readCsv(reference('paper', name));
/** As the paper prints: 0.0005022 (PR) is 0.001, what rounds to 0.000 is <0.001. */
const printedP = (p: number): string => (p.toFixed(3) === '0.000' ? '<0.001' : p.toFixed(3));

/** A variable as counts by level, back as one row per patient. */
function patients(rows: readonly Record<string, string>[], yes: string, no: string) {
  const values: string[] = [];
  const outcomes: (0 | 1)[] = [];
  for (const row of rows) {
    for (const [column, outcome] of [
      [yes, 1],
      [no, 0],
    ] as const) {
      for (let k = 0; k < Number(row[column]); k++) {
        values.push(row.level!);
        outcomes.push(outcome);
      }
    }
  }
  return { values, outcomes };
}

describe('the published study, from its counts', () => {
  const counts = paper('table2_counts.csv');
  const univariable = (variable: string) => {
    const rows = counts.filter((row) => row.variable === variable);
    const { values, outcomes } = patients(rows, 'apcr', 'non_apcr');
    const levels = rows.map((row) => row.level!);
    const term: RegressionTerm = { name: variable, kind: 'factor', levels, reference: levels[0]!, values };
    return fitTerms([term], outcomes);
  };

  it('gives every printed digit of the univariable rows of Table 2 but age', () => {
    const rows = paper('table2.csv').filter(
      (row) => row.analysis === 'univariable' && row.variable !== 'age',
    );
    expect(rows.length).toBe(10);
    for (const printed of rows) {
      const fit = univariable(printed.variable!);
      expect([fit.n, fit.events]).toEqual([177, 96]);
      const row = fit.rows.find((one) => one.level === printed.level)!;
      expect(
        [row.oddsRatio!, ...row.ci!].map((value) => value.toFixed(3)).concat(printedP(row.p!)),
        `${printed.variable} ${printed.level}`,
      ).toEqual([printed.odds_ratio, printed.ci_low, printed.ci_high, printed.p]);
    }
  });

  it('gives the AICs that R gives for these counts', () => {
    const wanted = {
      ER: 232.817,
      PR: 241.963,
      HER2: 216.895,
      Ki67: 247.945,
      menopause: 247.464,
      cT: 231.286,
    };
    for (const [variable, aic] of Object.entries(wanted))
      expect(univariable(variable).aic).toBeCloseTo(aic, 3);
  });

  it('gives every rate of Table 3', () => {
    const rows = paper('table3.csv');
    expect(rows).toHaveLength(8);
    for (const row of rows) {
      const [tp, fp, fn, tn] = [row.tp, row.fp, row.fn, row.tn].map(Number) as [
        number,
        number,
        number,
        number,
      ];
      const rates = confusionRates({ tp, fp, fn, tn }, createRandom(1));
      // half a unit of the last printed digit; 33 of 48 = 68.75 was printed 68.7
      for (const name of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const)
        expect(Math.abs(100 * rates[name].value! - Number(row[name])), `${row.model} ${name}`).toBeLessThan(
          0.0501,
        );
      expect(Math.abs(rates.f1.value! - Number(row.f1))).toBeLessThan(0.000501);
    }
  });

  it('gives the p values of Table 1, and shows the one that its counts contradict', () => {
    const rows = paper('table1.csv');
    const variables = [...new Set(rows.map((row) => row.variable!))].filter(
      (name) => name !== 'n' && !name.startsWith('age'),
    );
    expect(variables).toHaveLength(7);
    const contradicted: string[] = [];
    for (const variable of variables) {
      const own = rows.filter((row) => row.variable === variable);
      const p = chiSquare(own.map((row) => [Number(row.non_apcr), Number(row.apcr)]))!.p;
      const printed = own.find((row) => row.printed_p !== '')!.printed_p!;
      if (printedP(p) !== printed)
        contradicted.push(`${variable}: printed ${printed}, computed ${printedP(p)}`);
    }
    expect(contradicted).toEqual(['menopause: printed 0.425, computed 0.583']);
    // where the printed number comes from: the training patients' logistic regression
    expect(printedP(univariable('menopause').rows[1]!.p!)).toBe('0.425');
  });

  it('gives the p of age from the printed means and standard deviations', () => {
    const at = (variable: string) => paper('table1.csv').find((row) => row.variable === variable)!;
    const [n0, n1] = [Number(at('n').non_apcr), Number(at('n').apcr)];
    const [s0, s1] = [Number(at('age_sd').non_apcr), Number(at('age_sd').apcr)];
    const pooled = ((n0 - 1) * s0 * s0 + (n1 - 1) * s1 * s1) / (n0 + n1 - 2);
    const difference = Number(at('age_mean').apcr) - Number(at('age_mean').non_apcr);
    const p = tTwoSided(difference / Math.sqrt(pooled * (1 / n0 + 1 / n1)), n0 + n1 - 2);
    expect(p.toFixed(3)).toBe(at('age_mean').printed_p);
  });

  it('counts events per variable with the rarer outcome', () => {
    expect(eventsPerVariable(96, 177, 22).epv.toFixed(1)).toBe('3.7');
  });
});
