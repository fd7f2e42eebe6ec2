import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readCsv, readJson, reference } from '../../../reference/locator.ts';
import {
  auc,
  backwardAic,
  baselineTable,
  calibration,
  confusionAt,
  delongTest,
  dropOne,
  fitTerms,
  type RegressionTerm,
  shapiroWilk,
  youden,
} from './index.ts';

/** Relative differences allowed to R; each with its reason. */
const tolerance = {
  closed: 1e-9, // closed forms: rounding only
  iterative: 1e-8, // glm tables, whose own epsilon is 1e-10
  shapiro: 1e-6, // polynomial approximation of the p value; SOURCE.md
  fisher: 1e-7, // R's network algorithm; SOURCE.md
  calibration: 1e-6, // SOURCE.md
};

function expectClose(
  actual: number | null | undefined,
  expected: number | string,
  allowed: number,
  what = '',
): void {
  const wanted = Number(expected);
  expect(actual, what).not.toBeNull();
  expect(actual, what).toBeDefined();
  const difference = Math.abs((actual as number) - wanted) / Math.max(Math.abs(wanted), 1e-300);
  expect(
    Math.abs((actual as number) - wanted) < 1e-15 || difference <= allowed,
    `${what}: ${actual} against ${wanted}, relative ${difference}`,
  ).toBe(true);
}

const column = (rows: readonly Record<string, string>[], name: string): number[] =>
  rows.map((row) => Number(row[name]));
const binary = (values: readonly number[]): (0 | 1)[] => values.map((value) => (value === 1 ? 1 : 0));

describe('against R on the reference study', () => {
  const folder = (name: string) => reference('reference-study', name);
  const clinical = readCsv(folder('clinical.csv'));
  const config = readJson<{ variables: Record<string, 'continuous' | string[]> }>(folder('config.json'));
  const terms = (
    rows: readonly Record<string, string>[],
    names = Object.keys(config.variables),
  ): RegressionTerm[] =>
    names.map((name) => {
      const kind = config.variables[name]!;
      return kind === 'continuous'
        ? { name, kind: 'continuous', values: column(rows, name) }
        : { name, kind: 'factor', levels: kind, reference: kind[0]!, values: rows.map((row) => row[name]!) };
    });
  const training = clinical.filter((row) => row.cohort === 'training');
  const outcomesOf = (rows: readonly Record<string, string>[]): (0 | 1)[] => binary(column(rows, 'apcr'));

  it('regression tables, aliased term, backward AIC, likelihood-ratio tests', () => {
    const outcomes = outcomesOf(training);
    const full = fitTerms(terms(training), outcomes);
    readCsv(folder('expected/clinical_full.csv')).forEach((wanted, index) => {
      const row = full.rows[index]!;
      if (wanted.coefficient === '') expect(row.coefficient).toBeNull();
      else {
        expect(Math.abs(row.coefficient! - Number(wanted.coefficient))).toBeLessThan(
          tolerance.iterative * Math.max(1, Math.abs(Number(wanted.coefficient))),
        );
        expectClose(row.se, wanted.se!, tolerance.iterative, row.term);
        expectClose(row.p, wanted.wald_p!, tolerance.iterative * 10, row.term);
      }
    });
    expect(full.aliased).toEqual(['subtype=HER2+']);
    const elimination = backwardAic(terms(training), outcomes);
    const trace = readCsv(folder('expected/clinical_aic_trace.csv')).filter(
      (row) => row.chosen === 'yes' && row.removed !== '',
    );
    expect(elimination.steps.map((step) => step.dropped).filter((term) => term !== null)).toEqual(
      trace.map((row) => row.removed),
    );
    const factors = readCsv(folder('expected/clinical_factors.csv'));
    const tests = dropOne(elimination.kept, outcomes, elimination.fit);
    expect(tests.map((test) => test.term)).toEqual(factors.map((row) => row.variable));
    tests.forEach((test, index) =>
      expectClose(test.p, factors[index]!.lr_p!, tolerance.iterative, test.term),
    );
    for (const wanted of readCsv(folder('expected/clinical_univariable_lr.csv'))) {
      const [test] = dropOne(terms(training, [wanted.variable!]), outcomes);
      expectClose(test?.p, wanted.lr_p!, tolerance.iterative, wanted.variable);
    }
  });

  it('Table 1 in all patients and in each cohort', () => {
    const tests = readCsv(folder('expected/table1_tests.csv'));
    const cells = readCsv(folder('expected/table1_cells.csv'));
    for (const cohort of ['all', 'training', 'validation']) {
      const rows = cohort === 'all' ? clinical : clinical.filter((row) => row.cohort === cohort);
      const table = baselineTable(
        Object.entries(config.variables).map(([name, kind]) =>
          kind === 'continuous'
            ? { name, kind, values: column(rows, name) }
            : { name, kind: 'categorical', levels: kind, values: rows.map((row) => row[name]!) },
        ),
        outcomesOf(rows),
        ['no', 'yes'],
      );
      const names: Record<string, string> = {
        't-test': 'Student t',
        'mann-whitney': 'Mann-Whitney',
        'chi-square': 'chi-square',
        fisher: 'Fisher exact',
      };
      for (const row of table) {
        const wanted = tests.find((test) => test.cohort === cohort && test.variable === row.variable)!;
        expect(row.test, `${cohort} ${row.variable}`).toBe(names[wanted.test!]);
        expectClose(
          row.p,
          wanted.p!,
          wanted.test === 'fisher' ? tolerance.fisher : tolerance.closed,
          `${cohort} ${row.variable}`,
        );
        if (wanted.statistic !== '')
          expectClose(row.statistic, wanted.statistic!, tolerance.closed, `${cohort} ${row.variable}`);
        for (const cell of cells.filter(
          (entry) => entry.cohort === cohort && entry.variable === row.variable,
        )) {
          const group = Number(cell.outcome);
          if (row.kind === 'continuous') {
            for (const key of ['mean', 'sd', 'median', 'q1', 'q3'] as const)
              expectClose(row.groups[group]![key], cell[key]!, tolerance.closed, key);
          } else {
            expect(row.levels.find((level) => level.level === cell.level)?.counts[group]).toBe(
              Number(cell.n),
            );
          }
        }
      }
      const age = rows.map((row) => Number(row.age));
      const outcomes = outcomesOf(rows);
      const wanted = tests.find((test) => test.cohort === cohort && test.variable === 'age')!;
      expectClose(
        shapiroWilk(age.filter((_, i) => outcomes[i] === 0))?.p,
        wanted.shapiro_p_negative!,
        tolerance.shapiro,
      );
      expectClose(
        shapiroWilk(age.filter((_, i) => outcomes[i] === 1))?.p,
        wanted.shapiro_p_positive!,
        tolerance.shapiro,
      );
    }
  });

  it('metrics, DeLong tests, calibration and decision curves of the predictions', () => {
    const predictions = readCsv(folder('expected/predictions.csv'));
    const outcome = new Map(
      clinical.map((row) => [row.patient_id!, row.apcr === '1' ? (1 as const) : (0 as const)]),
    );
    const metrics = readJson<
      Record<
        string,
        Record<
          string,
          {
            auc: number;
            threshold: number;
            f1: number;
            sensitivity: { value: number; ci: number[] };
            tp: number;
          }
        >
      >
    >(folder('expected/metrics.json'));
    const of = (model: string, cohort: string) => {
      const rows = predictions.filter((row) => row.model === model && row.cohort === cohort);
      return {
        scores: column(rows, 'probability'),
        outcomes: rows.map((row) => outcome.get(row.patient ?? row.patient_id!)!),
      };
    };
    for (const wanted of readCsv(folder('expected/calibration.csv'))) {
      const { scores, outcomes } = of(wanted.model!, wanted.cohort!);
      const result = calibration(scores, outcomes);
      expectClose(result.slope.value, wanted.slope!, tolerance.calibration);
      expectClose(result.slope.ci[0], wanted.slope_low!, tolerance.calibration);
      expectClose(result.intercept.value, wanted.intercept!, tolerance.calibration);
      expectClose(result.inTheLarge.ci[1], wanted.in_the_large_high!, tolerance.calibration);
      expectClose(
        result.eMax,
        wanted.val_prob_emax!,
        tolerance.calibration,
        `emax ${wanted.model} ${wanted.cohort}`,
      );
      expectClose(result.eAvg, wanted.val_prob_eavg!, tolerance.calibration);
      expectClose(result.e90, wanted.val_prob_e90!, tolerance.calibration);
    }
    for (const wanted of readCsv(folder('expected/delong.csv'))) {
      const a = of(wanted.a!, wanted.cohort!);
      const test = delongTest(a.scores, of(wanted.b!, wanted.cohort!).scores, a.outcomes);
      expectClose(test.z, wanted.z!, tolerance.closed);
      expectClose(test.p, wanted.p!, tolerance.closed);
    }
    for (const [model, cohorts] of Object.entries(metrics)) {
      const chosen = youden(of(model, 'training').scores, of(model, 'training').outcomes);
      for (const [cohort, wanted] of Object.entries(cohorts)) {
        const { scores, outcomes } = of(model, cohort);
        expectClose(chosen.threshold, wanted.threshold, tolerance.closed);
        const at = confusionAt(scores, outcomes, chosen.threshold, createRandom(1));
        expect(at.tp).toBe(wanted.tp);
        expectClose(at.f1.value, wanted.f1, tolerance.closed);
        expectClose(at.sensitivity.ci?.[0], wanted.sensitivity.ci[0]!, tolerance.closed);
        expectClose(auc(scores, outcomes).auc, wanted.auc, tolerance.closed);
      }
    }
  });
});
