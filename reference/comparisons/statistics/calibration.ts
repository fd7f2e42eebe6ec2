import {
  brier,
  calibration,
  decisionCurve,
  fitTerms,
  hosmerLemeshow,
  reclassification,
  spiegelhalter,
} from '@sentinode/statistics';
import { readCsv, shared } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';
import { binary, column, quantities } from '../rows.ts';
import { simulatedModels } from './simulated-models.ts';

const iterative = {
  allowed: 1e-6,
  because: "slope and intercept of the tool's fit stop at 1e-8 of the deviance",
} as const;
/** Half width of a 95 % normal interval in standard errors. */
const Z = 1.959963984540054;

function* valProb(
  name: string,
  p: number[],
  y: (0 | 1)[],
  wanted: Record<string, number | string | null>,
): Generator<Pair> {
  const ours = calibration(p, y);
  yield [`${name} slope`, ours.slope.value, wanted.Slope];
  yield [`${name} intercept`, ours.intercept.value, wanted.Intercept];
  yield [`${name} Brier`, ours.brier, wanted.Brier];
  yield [`${name} Emax`, ours.eMax, wanted.Emax];
  yield [`${name} E90`, ours.e90, wanted.E90];
  yield [`${name} Eavg`, ours.eAvg, wanted.Eavg];
  const test = spiegelhalter(p, y);
  yield [`${name} Spiegelhalter z`, test?.z, wanted['S:z']];
  yield [`${name} Spiegelhalter p`, test?.p, wanted['S:p']];
}

export const calibrationAndUse: readonly Comparison[] = [
  {
    statistic: 'Calibration slope, intercept, Brier, Emax, E90, Eavg, Spiegelhalter',
    reference: 'rms 6.5-0 val.prob (R 4.2.2)',
    data: 'two models on new simulated patients',
    ...iterative,
    *pairs() {
      for (const [k, { external }] of simulatedModels().models.entries())
        yield* valProb(`model ${k + 1}`, external.p, external.y, external.val_prob);
    },
  },
  {
    statistic: 'Calibration slope, intercept, Brier, Emax, E90, Eavg, Spiegelhalter',
    reference: 'rms 6.5-0 val.prob (R 4.2.2)',
    data: 'probabilities of 0 and 1 among twelve; five distinct probabilities',
    allowed: 1e-4,
    because: 'lrm.fit stops when the deviance changes by less than 0.025, which shows with few patients',
    *pairs() {
      for (const [k, { p, y, val_prob }] of simulatedModels().calibration.entries())
        yield* valProb(`case ${k + 1}`, p, y, val_prob);
    },
  },
  {
    statistic: 'Calibration slope, intercept, Brier, Emax, E90, Eavg, Spiegelhalter',
    reference: 'rms 6.5-0 val.prob (R 4.2.2)',
    data: 'df_binary, distorted',
    needs: 'stats',
    ...iterative,
    *pairs() {
      const rows = readCsv(shared('stats', 'calibration', 'df_binary_miscalibrated.csv'));
      const wanted = quantities(
        readCsv(shared('stats', 'calibration', 'expected_val_prob_miscalibrated.csv')),
      );
      yield* valProb('distorted', column(rows, 'p'), binary(column(rows, 'y')), wanted);
    },
  },
  {
    statistic: 'Intervals of slope, intercept and calibration in the large',
    reference: 'R 4.2.2 glm',
    data: 'two models on new simulated patients',
    ...iterative,
    *pairs() {
      for (const [k, { external }] of simulatedModels().models.entries()) {
        const ours = calibration(external.p, external.y);
        for (const [name, estimate, { value, se }] of [
          ['slope', ours.slope, external.slope],
          ['intercept', ours.intercept, external.intercept],
          ['in the large', ours.inTheLarge, external.in_the_large],
        ] as const) {
          yield [`model ${k + 1} ${name}`, estimate.value, value];
          yield [`model ${k + 1} ${name} low`, estimate.ci[0], value - Z * se];
          yield [`model ${k + 1} ${name} high`, estimate.ci[1], value + Z * se];
        }
      }
    },
  },
  {
    statistic: 'Hosmer-Lemeshow',
    reference: 'R 4.2.2, quantile groups (type 7)',
    data: 'two simulated cohorts',
    ...closedForm,
    *pairs() {
      for (const [k, { data, hosmer, improve }] of simulatedModels().models.entries()) {
        const test = hosmerLemeshow(improve.after, data.y);
        yield [`cohort ${k + 1}`, test?.statistic, hosmer.statistic];
        yield [`cohort ${k + 1} p`, test?.p, hosmer.p];
      }
    },
  },
  {
    statistic: 'Hosmer-Lemeshow, Brier',
    reference: 'R 4.2.2',
    data: 'birthwt',
    needs: 'stats',
    ...iterative,
    *pairs() {
      const rows = readCsv(shared('stats', 'logistic', 'expected_birthwt_fitted.csv'));
      const wanted = quantities(readCsv(shared('stats', 'logistic', 'expected_birthwt_summary.csv')));
      const [p, y] = [column(rows, 'p'), binary(column(rows, 'low'))];
      yield ['statistic', hosmerLemeshow(p, y)?.statistic, wanted.hosmer_lemeshow_g10_chi2];
      yield ['p', hosmerLemeshow(p, y)?.p, wanted.hosmer_lemeshow_g10_p_df8];
      yield ['Brier', brier(p, y), wanted.brier];
    },
  },
  {
    statistic: 'Continuous NRI with its parts, IDI: value, error, z',
    reference: 'Hmisc 4.8-0 improveProb (R 4.2.2)',
    data: 'nested models of two simulated cohorts',
    ...closedForm,
    *pairs() {
      for (const [k, { data, improve }] of simulatedModels().models.entries()) {
        const ours = reclassification(improve.before, improve.after, data.y);
        const name = `cohort ${k + 1}`;
        yield [`${name} NRI`, ours.nri.value, improve.nri];
        yield [`${name} NRI SE`, ours.nri.se, improve['se.nri']];
        yield [`${name} NRI z`, ours.nri.z, improve['z.nri']];
        yield [`${name} NRI of events`, ours.nriEvents.value, improve['nri.ev']];
        yield [`${name} NRI of events SE`, ours.nriEvents.se, improve['se.nri.ev']];
        yield [`${name} NRI of others`, ours.nriNonEvents.value, improve['nri.ne']];
        yield [`${name} NRI of others SE`, ours.nriNonEvents.se, improve['se.nri.ne']];
        yield [`${name} IDI`, ours.idi.value, improve.idi];
        yield [`${name} IDI SE`, ours.idi.se, improve['se.idi']];
        yield [`${name} IDI z`, ours.idi.z, improve['z.idi']];
      }
    },
  },
  {
    statistic: 'Continuous NRI, IDI',
    reference: 'Hmisc 4.8-0 improveProb (R 4.2.2)',
    data: 'two models of df_binary',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const rows = readCsv(shared('stats', 'calibration', 'df_binary_two_models.csv'));
      const wanted = quantities(readCsv(shared('stats', 'calibration', 'expected_nri_idi.csv')));
      const ours = reclassification(column(rows, 'p_base'), column(rows, 'p_new'), binary(column(rows, 'y')));
      yield ['NRI', ours.nri.value, wanted.nri];
      yield ['NRI SE', ours.nri.se, wanted['se.nri']];
      yield ['NRI z', ours.nri.z, wanted['z.nri']];
      yield ['IDI', ours.idi.value, wanted.idi];
      yield ['IDI SE', ours.idi.se, wanted['se.idi']];
      yield ['IDI z', ours.idi.z, wanted['z.idi']];
      yield ['NRI of events', ours.nriEvents.value, wanted['nri.ev']];
    },
  },
  {
    statistic: 'Decision curve: net benefit of model, all, none; interventions avoided',
    reference: 'dcurves (R)',
    data: 'df_binary: a yes/no predictor, a marker (harm subtracted), age',
    needs: 'stats',
    allowed: 1e-9,
    absolute: true,
    because: 'risks of marker and age come from a fit on both sides; net benefit crosses 0',
    *pairs() {
      const rows = readCsv(shared('stats', 'dca', 'df_binary.csv'));
      const outcomes = rows.map((row): 0 | 1 => (row.cancer === 'TRUE' ? 1 : 0));
      const risks = (name: string): number[] => {
        const fit = fitTerms([{ name, kind: 'continuous', values: column(rows, name) }], outcomes);
        return Array.from(fit.linearPredictor, (eta) => 1 / (1 + Math.exp(-eta)));
      };
      const cases = [
        ['r_case1_results.csv', 'famhistory', column(rows, 'famhistory')],
        ['r_case3_results.csv', 'marker', risks('marker')],
        ['r_simple_binary_dca_result_df.csv', 'age', risks('age')],
      ] as const;
      for (const [file, variable, probabilities] of cases) {
        // at 0 dcurves uses a threshold just above it, so that a risk of exactly 0 is not treated; ours is the plain rule
        const all = readCsv(shared('stats', 'dca', file)).filter(
          (row) => Number(row.threshold) > 0 && Number(row.threshold) < 1,
        );
        const expected = all.filter((row) => row.variable === variable);
        const thresholds = expected.map((row) => Number(row.threshold));
        const curve = decisionCurve(probabilities, outcomes, thresholds);
        for (const [k, wanted] of expected.entries()) {
          const at = `${variable} at ${wanted.threshold}`;
          const harm = Number(wanted.harm ?? 0);
          yield [at, curve.model[k]! - harm, wanted.net_benefit];
          const treatAll = all.find((row) => row.variable === 'all' && row.threshold === wanted.threshold);
          yield [`all at ${wanted.threshold}`, curve.all[k], treatAll?.net_benefit];
          if (wanted.net_intervention_avoided !== undefined) {
            const t = Number(wanted.threshold);
            yield [
              `${at} avoided`,
              curve.interventionsAvoided[k]! / 100 - (harm * (1 - t)) / t,
              wanted.net_intervention_avoided,
            ];
          }
        }
      }
    },
  },
];
