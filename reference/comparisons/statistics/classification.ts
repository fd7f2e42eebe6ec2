import { createRandom } from '@sentinode/core';
import {
  brier,
  confusionAt,
  confusionSummaries,
  logLoss,
  mcnemar,
  mcnemarExact,
  wilsonInterval,
} from '@sentinode/statistics';
import { readCsv, readJson, reference, shared } from '../../locator.ts';
import { type Comparison, closedForm } from '../comparison.ts';
import { column, quantities } from '../rows.ts';

type Rates = Record<
  | 'tp'
  | 'fp'
  | 'fn'
  | 'tn'
  | 'sensitivity'
  | 'specificity'
  | 'ppv'
  | 'npv'
  | 'accuracy'
  | 'balanced_accuracy'
  | 'f1'
  | 'mcc'
  | 'kappa',
  number
>;
interface ModelMetrics {
  readonly brier: number;
  readonly log_loss_eps_1e15: number;
  readonly log_loss_eps_auto: number;
  readonly 'threshold_0.3': Rates;
  readonly 'threshold_0.5': Rates;
  readonly 'threshold_0.6': Rates;
}
interface FixedTable {
  readonly table: [[number, number], [number, number]];
  readonly exact: number;
  readonly chi2: number;
  readonly chi2_corrected: number;
}
const models = ['logistic', 'svc_platt', 'logistic_rounded_0.1', 'naive_bayes'] as const;
const metrics = () =>
  readJson<
    Record<(typeof models)[number], ModelMetrics> & {
      wilson_edge_cases: { x: number; n: number; ci95: number[]; ci90: number[] }[];
      mcnemar_fixed: FixedTable[];
    }
  >(reference('learning', 'metrics', 'metrics.json'));
const inputs = () => readCsv(reference('learning', 'metrics', 'inputs.csv'));
const counts = () =>
  readJson<{
    mcnemar: {
      b: number;
      c: number;
      corrected: number;
      p_corrected: number;
      plain: number;
      p_plain: number;
      exact: number;
    }[];
    wilson: { x: number; n: number; ci: number[]; ci90: number[] }[];
  }>(reference('statistics', 'counts.json'));
const scikit = 'scikit-learn 1.2.1';
const R = 'R 4.2.2';

export const classification: readonly Comparison[] = [
  {
    statistic: 'Brier score, log loss (both eps)',
    reference: scikit,
    data: 'four models',
    ...closedForm,
    *pairs() {
      const rows = inputs();
      const outcomes = column(rows, 'y') as (0 | 1)[];
      for (const model of models) {
        const wanted = metrics()[model];
        const probabilities = column(rows, model);
        yield [`${model} Brier`, brier(probabilities, outcomes), wanted.brier];
        yield [`${model} log loss`, logLoss(probabilities, outcomes), wanted.log_loss_eps_auto];
        yield [`${model} log loss, 1e-15`, logLoss(probabilities, outcomes, 1e-15), wanted.log_loss_eps_1e15];
      }
    },
  },
  {
    statistic: 'Confusion counts and rates, F1, MCC, kappa, balanced accuracy',
    reference: scikit,
    data: 'four models at three thresholds',
    ...closedForm,
    *pairs() {
      const rows = inputs();
      const outcomes = column(rows, 'y') as (0 | 1)[];
      for (const model of models) {
        for (const threshold of [0.3, 0.5, 0.6] as const) {
          const wanted = metrics()[model][`threshold_${threshold}`];
          const ours = confusionAt(column(rows, model), outcomes, threshold, createRandom(1));
          for (const name of ['tp', 'fp', 'fn', 'tn'] as const)
            yield [`${model} ${threshold} ${name}`, ours[name], wanted[name]];
          for (const name of ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy', 'f1'] as const)
            yield [`${model} ${threshold} ${name}`, ours[name].value, wanted[name]];
          const { mcc, kappa, balancedAccuracy } = confusionSummaries(ours);
          yield [`${model} ${threshold} MCC`, mcc, wanted.mcc];
          yield [`${model} ${threshold} kappa`, kappa, wanted.kappa];
          yield [`${model} ${threshold} balanced accuracy`, balancedAccuracy, wanted.balanced_accuracy];
        }
      }
    },
  },
  {
    statistic: 'Wilson interval',
    reference: `${R} prop.test, statsmodels 0.15.0`,
    data: 'counts, edge cases among them',
    ...closedForm,
    *pairs() {
      for (const { x, n, ci, ci90 } of counts().wilson) {
        for (const [side, end] of [
          [0, 'low'],
          [1, 'high'],
        ] as const) {
          yield [`${x}/${n} ${end}`, wilsonInterval(x, n)[side], ci[side]];
          yield [`${x}/${n} 90 % ${end}`, wilsonInterval(x, n, 0.9)[side], ci90[side]];
        }
      }
      for (const { x, n, ci95, ci90 } of metrics().wilson_edge_cases) {
        for (const side of [0, 1] as const) {
          yield [`${x}/${n}`, wilsonInterval(x, n)[side], ci95[side]];
          yield [`${x}/${n} 90 %`, wilsonInterval(x, n, 0.9)[side], ci90[side]];
        }
      }
    },
  },
  {
    statistic: 'McNemar: exact, corrected, uncorrected',
    reference: `${R} mcnemar.test, binom.test; statsmodels 0.15.0`,
    data: 'discordant counts',
    ...closedForm,
    *pairs() {
      for (const { b, c, ...wanted } of counts().mcnemar) {
        yield [`${b} ${c} exact`, mcnemarExact(b, c), wanted.exact];
        yield [`${b} ${c} corrected`, mcnemar(b, c).statistic, wanted.corrected];
        yield [`${b} ${c} corrected p`, mcnemar(b, c).p, wanted.p_corrected];
        yield [`${b} ${c} plain`, mcnemar(b, c, { continuity: false }).statistic, wanted.plain];
        yield [`${b} ${c} plain p`, mcnemar(b, c, { continuity: false }).p, wanted.p_plain];
      }
      for (const { table, exact, chi2, chi2_corrected } of metrics().mcnemar_fixed) {
        const [b, c] = [table[0][1], table[1][0]];
        yield [`${b} ${c} exact`, mcnemarExact(b, c), exact];
        yield [`${b} ${c} corrected p`, mcnemar(b, c).p, chi2_corrected];
        yield [`${b} ${c} plain p`, mcnemar(b, c, { continuity: false }).p, chi2];
      }
    },
  },
  {
    statistic: 'McNemar',
    reference: R,
    data: 'approval ratings',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const wanted = quantities(readCsv(shared('stats', 'tests', 'expected_mcnemar_approval.csv')));
      yield ['corrected', mcnemar(86, 150).statistic, wanted.mcnemar_chi2_cc];
      yield ['corrected p', mcnemar(86, 150).p, wanted.p];
      yield ['plain', mcnemar(86, 150, { continuity: false }).statistic, wanted.mcnemar_chi2_nocc];
      yield ['plain p', mcnemar(86, 150, { continuity: false }).p, wanted.p_nocc];
    },
  },
];
