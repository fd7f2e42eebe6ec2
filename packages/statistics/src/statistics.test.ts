import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readCsv, readJson, reference, shared } from '../../../reference/locator.ts';
import {
  auc,
  backwardAic,
  baselineTable,
  benjaminiHochberg,
  bonferroni,
  calibration,
  chiSquare,
  confusionAt,
  decisionCurve,
  delongTest,
  designMatrix,
  dropOne,
  fisherExact,
  fitLogistic,
  fitTerms,
  holm,
  hosmerLemeshow,
  icc,
  mannWhitney,
  mcnemar,
  type RegressionTerm,
  rocCurve,
  shapiroWilk,
  spearman,
  studentT,
  welchT,
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

describe.skipIf(!hasShared('stats'))('against R on real data', () => {
  it('ROC of aSAH: AUC, DeLong variance and interval, Youden, curve', () => {
    const rows = readCsv(shared('stats', 'roc', 'aSAH.csv'));
    const outcomes = rows.map((row): 0 | 1 => (row.outcome === 'Poor' ? 1 : 0));
    for (const wanted of readCsv(shared('stats', 'roc', 'expected_auc.csv'))) {
      const scores = column(rows, wanted.marker!);
      const result = auc(scores, outcomes);
      expectClose(result.auc, wanted.auc!, tolerance.closed, wanted.marker);
      expectClose(result.variance, wanted.var_delong!, tolerance.closed);
      expectClose(result.ci[0], wanted.ci_low!, tolerance.closed);
      expectClose(result.ci[1], wanted.ci_high!, tolerance.closed);
      const best = youden(scores, outcomes);
      if (wanted.n_best === '1')
        expectClose(best.threshold, wanted.best_threshold!, tolerance.closed, wanted.marker);
      const at = confusionAt(scores, outcomes, best.threshold, createRandom(1));
      if (wanted.n_best === '1') expectClose(at.sensitivity.value, wanted.best_sens!, tolerance.closed);
      const curve = rocCurve(scores, outcomes);
      const points = readCsv(shared('stats', 'roc', 'expected_coords.csv')).filter(
        (row) => row.marker === wanted.marker,
      );
      expect(curve.thresholds.length).toBe(points.length);
      points.reverse().forEach((point, k) => {
        expectClose(curve.sensitivity[k], point.sensitivity!, tolerance.closed);
        expectClose(curve.specificity[k], point.specificity!, tolerance.closed);
      });
    }
    for (const wanted of readCsv(shared('stats', 'roc', 'expected_delong.csv'))) {
      const test = delongTest(column(rows, wanted.a!), column(rows, wanted.b!), outcomes);
      expectClose(test.z, wanted.z!, tolerance.closed);
      expectClose(test.p, wanted.p!, tolerance.closed);
      expectClose(test.ci[0], wanted.diff_ci_low!, tolerance.closed);
    }
  });

  it('univariate tests of WDBC: t, Mann-Whitney, Shapiro, Spearman, adjustments', () => {
    const rows = readCsv(shared('stats', 'lasso', 'wdbc.csv'));
    const target = Object.keys(rows[0]!).at(-1)!;
    const expected = readCsv(shared('stats', 'tests', 'expected_wdbc_univariate.csv'));
    const uncorrected: number[] = [];
    for (const wanted of expected) {
      const values = column(rows, wanted.feature!);
      const benign = values.filter((_, i) => rows[i]![target] === '1');
      const malignant = values.filter((_, i) => rows[i]![target] !== '1');
      const [a, b] =
        Number(wanted.welch_t) < 0 === (welchT(benign, malignant)?.t ?? 0) < 0
          ? [benign, malignant]
          : [malignant, benign];
      expectClose(welchT(a, b)?.t, wanted.welch_t!, tolerance.closed, wanted.feature);
      expectClose(welchT(a, b)?.p, wanted.welch_p!, tolerance.closed, wanted.feature);
      expectClose(studentT(a, b)?.p, wanted.student_p!, tolerance.closed, wanted.feature);
      expectClose(mannWhitney(a, b).u, wanted.mwu_W!, tolerance.closed, wanted.feature);
      expectClose(mannWhitney(a, b).p, wanted.mwu_p_cc!, tolerance.closed, wanted.feature);
      const p = mannWhitney(a, b, { continuity: false }).p;
      expectClose(p, wanted.mwu_p_nocc!, tolerance.closed, wanted.feature);
      uncorrected.push(p);
      expectClose(shapiroWilk(values)?.w, wanted.shapiro_W_all!, tolerance.closed, wanted.feature);
      expectClose(
        spearman(values, column(rows, 'mean_radius'))?.rho,
        wanted.spearman_vs_mean_radius!,
        tolerance.closed,
        wanted.feature,
      );
    }
    benjaminiHochberg(uncorrected).forEach((p, i) =>
      expectClose(p, expected[i]!.bh_of_mwu_nocc!, tolerance.closed),
    );
    bonferroni(uncorrected).forEach((p, i) =>
      expectClose(p, expected[i]!.bonf_of_mwu_nocc!, tolerance.closed),
    );
    holm(uncorrected).forEach((p, i) => expectClose(p, expected[i]!.holm_of_mwu_nocc!, tolerance.closed));
  });

  it('contingency tables of birthwt, McNemar', () => {
    const rows = readCsv(shared('stats', 'logistic', 'birthwt.csv'));
    for (const wanted of readCsv(shared('stats', 'tests', 'expected_birthwt_contingency.csv'))) {
      const levels = [...new Set(rows.map((row) => row[wanted.variable!]!))].sort();
      const counts = levels.map((level) =>
        ['0', '1'].map(
          (low) => rows.filter((row) => row[wanted.variable!] === level && row.low === low).length,
        ),
      );
      const test = chiSquare(counts);
      expectClose(test?.statistic, wanted.chi2!, tolerance.closed, wanted.variable);
      expectClose(test?.p, wanted.p!, tolerance.closed, wanted.variable);
      if (wanted.chi2_yates !== '' && wanted.chi2_yates !== 'NA' && levels.length === 2)
        expectClose(chiSquare(counts, { yates: true })?.p, wanted.p_yates!, tolerance.closed);
      expectClose(fisherExact(counts), wanted.fisher_p!, tolerance.fisher, wanted.variable);
    }
    const approval = Object.fromEntries(
      readCsv(shared('stats', 'tests', 'expected_mcnemar_approval.csv')).map((row) => [
        row.quantity!,
        row.value!,
      ]),
    );
    expectClose(mcnemar(86, 150).statistic, approval.mcnemar_chi2_cc!, tolerance.closed);
    expectClose(mcnemar(86, 150).p, approval.p!, tolerance.closed);
    expectClose(mcnemar(86, 150, { continuity: false }).p, approval.p_nocc!, tolerance.closed);
  });

  it('ICC of Shrout & Fleiss in all six forms', () => {
    const shrout = readCsv(shared('stats', 'icc', 'shrout_fleiss_1979.csv'));
    const readers = Object.keys(shrout[0]!).filter((name) => /^J\d$/.test(name));
    const ratings = readers.map((reader) => column(shrout, reader));
    const expected = readCsv(shared('stats', 'icc', 'expected_icc.csv'));
    const forms = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'];
    const results = icc(ratings);
    expected.forEach((wanted, index) => {
      const result = results.find((entry) => entry.form === forms[index]);
      expectClose(result?.value, wanted.ICC!, tolerance.closed, wanted.type);
      expectClose(result?.f, wanted.F!, tolerance.closed);
      expectClose(result?.p, wanted.p!, tolerance.closed);
      expectClose(result?.ci?.[0], wanted['lower.bound']!, tolerance.iterative, wanted.type);
      expectClose(result?.ci?.[1], wanted['upper.bound']!, tolerance.iterative, wanted.type);
    });
  });

  it('logistic regression of birthwt, Hosmer-Lemeshow', () => {
    const rows = readCsv(shared('stats', 'logistic', 'birthwt.csv'));
    const outcomes = binary(column(rows, 'low'));
    const expected = readCsv(shared('stats', 'logistic', 'expected_birthwt_glm.csv'));
    const terms = expected.slice(1).map((wanted): { name: string; values: number[] } => {
      const race = /^factor\(race\)(\d)$/.exec(wanted.term!);
      return {
        name: wanted.term!,
        values:
          race === null ? column(rows, wanted.term!) : rows.map((row) => (row.race === race[1] ? 1 : 0)),
      };
    });
    const fit = fitLogistic(
      designMatrix(
        terms.map((term): RegressionTerm => ({ ...term, kind: 'continuous' })),
        rows.length,
      ),
      outcomes,
    );
    expected.forEach((wanted, index) => {
      const row = fit.rows[index]!;
      expectClose(row.coefficient, wanted.estimate!, tolerance.iterative, wanted.term);
      expectClose(row.se, wanted.se!, 1e-7, wanted.term); // glm's errors lag one iteration
      expectClose(row.oddsRatio, wanted.or!, tolerance.iterative, wanted.term);
    });
    const summary = Object.fromEntries(
      readCsv(shared('stats', 'logistic', 'expected_birthwt_summary.csv')).map((row) => [
        row.quantity!,
        row.value!,
      ]),
    );
    expectClose(fit.deviance, summary.residual_deviance!, tolerance.iterative);
    expectClose(fit.aic, summary.AIC!, tolerance.iterative);
    const probabilities = fit.linearPredictor.map((eta) => 1 / (1 + Math.exp(-eta)));
    const test = hosmerLemeshow(probabilities, outcomes);
    expectClose(test?.statistic, summary.hosmer_lemeshow_g10_chi2!, tolerance.iterative);
    expectClose(test?.p, summary.hosmer_lemeshow_g10_p_df8!, tolerance.iterative);
  });

  it('calibration of val.prob', () => {
    const rows = readCsv(shared('stats', 'calibration', 'df_binary_miscalibrated.csv'));
    const expected = Object.fromEntries(
      readCsv(shared('stats', 'calibration', 'expected_val_prob_miscalibrated.csv')).map((row) => [
        row.quantity!,
        row.value!,
      ]),
    );
    const result = calibration(column(rows, 'p'), binary(column(rows, 'y')));
    expectClose(result.slope.value, expected.Slope!, tolerance.calibration);
    expectClose(result.intercept.value, expected.Intercept!, tolerance.calibration);
    expectClose(result.brier, expected.Brier!, tolerance.closed);
    expectClose(result.eMax, expected.Emax!, tolerance.calibration);
    expectClose(result.e90, expected.E90!, tolerance.calibration);
    expectClose(result.eAvg, expected.Eavg!, tolerance.calibration);
  });

  it('decision curve of dcurves', () => {
    const rows = readCsv(shared('stats', 'dca', 'df_binary.csv'));
    const outcomes = rows.map((row): 0 | 1 => (row.cancer === 'TRUE' ? 1 : 0));
    // at 0 dcurves uses a threshold just above it, so that a risk of exactly 0 is not treated; ours is the plain rule
    const expected = readCsv(shared('stats', 'dca', 'r_case1_results.csv')).filter(
      (row) => row.variable === 'famhistory' && Number(row.threshold) > 0 && Number(row.threshold) < 1,
    );
    const scores = column(rows, 'famhistory');
    const curve = decisionCurve(
      scores,
      outcomes,
      expected.map((row) => Number(row.threshold)),
    );
    expected.forEach((wanted, k) =>
      expect(Math.abs(curve.model[k]! - Number(wanted.net_benefit))).toBeLessThan(1e-12),
    );
  });
});

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
