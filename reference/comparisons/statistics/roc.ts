import { createRandom } from '@sentinode/core';
import {
  auc,
  bootstrapAucDifference,
  delongTest,
  delongUnpaired,
  precisionRecall,
  resampledAuc,
  rocBand,
  rocCurve,
  sensitivityAt,
  summariseDifferences,
  thresholdAt,
  youden,
} from '@sentinode/statistics';
import { readCsv, readJson, reference, shared } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';
import { column } from '../rows.ts';

const pROC = 'pROC 1.18.0 (R 4.2.2)';
const simulated = 'simulated, edge cases among them';

interface Point {
  readonly threshold: number | string;
  readonly sensitivity: number;
  readonly specificity: number;
}
interface RocCase {
  readonly name: string;
  readonly y: (0 | 1)[];
  readonly a: number[];
  readonly b: number[];
  readonly auc: number;
  readonly ci: number[];
  readonly variance: number;
  readonly best: Point[];
  readonly curve: { readonly sensitivity: number[]; readonly specificity: number[] };
  readonly paired: {
    readonly difference: number;
    readonly z: number;
    readonly p: number;
    readonly ci: number[];
  };
  readonly unpaired: { readonly t: number; readonly df: number; readonly p: number };
  readonly at: { readonly target: number; readonly sensitivity: Point; readonly specificity: Point }[];
  readonly grid: number[];
  readonly sensitivity_at: number[];
}
interface BootstrapCase {
  readonly y: (0 | 1)[];
  readonly a: number[];
  readonly b: number[];
  readonly rows: number[][];
  readonly differences: number[];
  readonly statistic: number;
  readonly p: number;
  readonly ci: number[];
  readonly p_percentile: number;
  readonly proc_statistic: number;
  readonly proc_p: number;
}
const answers = () =>
  readJson<{
    cases: RocCase[];
    second: { y: (0 | 1)[]; a: number[] };
    bootstrap: BootstrapCase[];
    band: { specificity: number[]; low: number[]; high: number[] };
  }>(reference('statistics', 'roc.json'));

const aSAH = () => {
  const rows = readCsv(shared('stats', 'roc', 'aSAH.csv'));
  return { rows, outcomes: rows.map((row): 0 | 1 => (row.outcome === 'Poor' ? 1 : 0)) };
};

/** Infinite thresholds of R are "no threshold" here. */
const finite = (threshold: number | string): number | null =>
  typeof threshold === 'number' && Number.isFinite(threshold) ? threshold : null;

function* bootstrapPairs({
  y,
  a,
  b,
  rows,
  differences,
  statistic,
  p,
  ci,
  p_percentile,
}: BootstrapCase): Generator<Pair> {
  const events = y.filter((outcome) => outcome === 1).length;
  const [first, second] = [resampledAuc(a), resampledAuc(b)];
  const ours = Float64Array.from(rows, (row) => {
    const drawn = Uint32Array.from(row);
    return first(drawn, events) - second(drawn, events);
  });
  for (let k = 0; k < ours.length; k++) yield [`resample ${k + 1}`, ours[k]!, differences[k]!];
  const difference = auc(a, y).auc - auc(b, y).auc;
  const summary = summariseDifferences(difference, ours, 'stratified by outcome, paired');
  yield ['D', summary.normal.statistic, statistic];
  yield ['normal p', summary.normal.p, p];
  yield ['percentile low', summary.percentile.ci[0], ci[0]];
  yield ['percentile high', summary.percentile.ci[1], ci[1]];
  yield ['percentile p', summary.percentile.p, p_percentile];
}

export const roc: readonly Comparison[] = [
  {
    statistic: 'AUC, DeLong variance and interval',
    reference: pROC,
    data: 'aSAH',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const { rows, outcomes } = aSAH();
      for (const wanted of readCsv(shared('stats', 'roc', 'expected_auc.csv'))) {
        const result = auc(column(rows, wanted.marker!), outcomes);
        yield [wanted.marker!, result.auc, wanted.auc];
        yield ['variance', result.variance, wanted.var_delong];
        yield ['low', result.ci[0], wanted.ci_low];
        yield ['high', result.ci[1], wanted.ci_high];
      }
    },
  },
  {
    statistic: 'ROC curve, every threshold; Youden cut-off',
    reference: pROC,
    data: 'aSAH',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const { rows, outcomes } = aSAH();
      const all = readCsv(shared('stats', 'roc', 'expected_coords.csv'));
      for (const wanted of readCsv(shared('stats', 'roc', 'expected_auc.csv'))) {
        const scores = column(rows, wanted.marker!);
        const curve = rocCurve(scores, outcomes);
        const points = all.filter((row) => row.marker === wanted.marker).reverse();
        yield [`${wanted.marker} points`, curve.thresholds.length, points.length];
        for (const [k, point] of points.entries()) {
          yield [
            'threshold',
            curve.thresholds[k],
            point.threshold === 'Inf' || point.threshold === '-Inf' ? null : point.threshold,
          ];
          yield ['sensitivity', curve.sensitivity[k], point.sensitivity];
          yield ['specificity', curve.specificity[k], point.specificity];
        }
        const best = youden(scores, outcomes);
        yield ['cut-off', best.threshold, wanted.best_threshold];
        yield ['index', best.index, Number(wanted.best_sens) + Number(wanted.best_spec) - 1];
      }
    },
  },
  {
    statistic: 'DeLong test, paired',
    reference: pROC,
    data: 'aSAH',
    needs: 'stats',
    ...closedForm,
    *pairs() {
      const { rows, outcomes } = aSAH();
      for (const wanted of readCsv(shared('stats', 'roc', 'expected_delong.csv'))) {
        const test = delongTest(column(rows, wanted.a!), column(rows, wanted.b!), outcomes);
        yield [`z ${wanted.a} ${wanted.b}`, test.z, wanted.z];
        yield ['p', test.p, wanted.p];
        yield ['low', test.ci[0], wanted.diff_ci_low];
        yield ['high', test.ci[1], wanted.diff_ci_high];
      }
    },
  },
  {
    statistic: 'AUC, DeLong variance and interval',
    reference: pROC,
    data: simulated,
    ...closedForm,
    *pairs() {
      for (const { name, y, a, ...wanted } of answers().cases) {
        const result = auc(a, y);
        yield [name, result.auc, wanted.auc];
        yield [`${name} variance`, result.variance, wanted.variance];
        yield [`${name} low`, result.ci[0], wanted.ci[0]];
        yield [`${name} high`, result.ci[1], wanted.ci[1]];
      }
    },
  },
  {
    statistic: 'ROC curve; Youden cut-off with all ties',
    reference: pROC,
    data: simulated,
    ...closedForm,
    *pairs() {
      for (const { name, y, a, curve, best } of answers().cases) {
        const ours = rocCurve(a, y);
        const [sensitivity, specificity] = [
          [...curve.sensitivity].reverse(),
          [...curve.specificity].reverse(),
        ];
        yield [`${name} points`, ours.sensitivity.length, sensitivity.length];
        for (const [k, value] of ours.sensitivity.entries()) {
          yield [`${name} sensitivity ${k}`, value, sensitivity[k]];
          yield [`${name} specificity ${k}`, ours.specificity[k], specificity[k]];
        }
        // worse than chance or constant: R finds no finite cut-off
        if (best.length === 0) continue;
        const { tied, threshold, index } = youden(a, y);
        yield [`${name} ties`, tied.length, best.length];
        const sorted = [...best].sort((one, two) => Number(one.threshold) - Number(two.threshold));
        for (const [k, value] of tied.entries())
          yield [`${name} cut-off ${k}`, value, sorted[k]!.threshold as number];
        const chosen = best.reduce((one, two) => (two.sensitivity > one.sensitivity ? two : one));
        yield [`${name} chosen`, threshold, chosen.threshold as number];
        yield [`${name} index`, index, chosen.sensitivity + chosen.specificity - 1];
      }
    },
  },
  {
    statistic: 'DeLong test, paired; unpaired with Welch degrees of freedom',
    reference: pROC,
    data: simulated,
    ...closedForm,
    *pairs() {
      const { cases, second } = answers();
      for (const { name, y, a, b, paired, unpaired } of cases) {
        const test = delongTest(a, b, y);
        yield [
          `${name} difference`,
          Math.abs(test.difference) < 1e-15 ? 0 : test.difference,
          Math.abs(paired.difference) < 1e-15 ? 0 : paired.difference,
        ];
        yield [`${name} z`, test.z, paired.z];
        yield [`${name} p`, test.p, paired.p];
        yield [`${name} low`, test.ci[0], paired.ci[0]];
        yield [`${name} high`, test.ci[1], paired.ci[1]];
        const other = delongUnpaired({ scores: a, outcomes: y }, { scores: second.a, outcomes: second.y });
        yield [`${name} t`, other.t, unpaired.t];
        yield [`${name} df`, other.df, unpaired.df];
        yield [`${name} unpaired p`, other.p, unpaired.p];
      }
    },
  },
  {
    statistic: 'Threshold at a stated sensitivity, specificity',
    reference: pROC,
    data: simulated,
    ...closedForm,
    *pairs() {
      for (const { name, y, a, at } of answers().cases) {
        for (const { target, ...wanted } of at) {
          for (const measure of ['sensitivity', 'specificity'] as const) {
            const ours = thresholdAt(a, y, { measure, value: target }, createRandom(1), 20);
            const label = `${name} ${measure} ${target}`;
            yield [label, ours.threshold, finite(wanted[measure].threshold)];
            yield [label, ours.sensitivity.value, wanted[measure].sensitivity];
            yield [label, ours.specificity.value, wanted[measure].specificity];
          }
        }
      }
    },
  },
  {
    statistic: 'Sensitivity at given specificities',
    reference: pROC,
    data: simulated,
    ...closedForm,
    *pairs() {
      for (const { name, y, a, grid, sensitivity_at } of answers().cases) {
        const at = sensitivityAt(a, y);
        for (const [k, specificity] of grid.entries())
          yield [`${name} ${specificity}`, at(specificity), sensitivity_at[k]];
      }
    },
  },
  {
    statistic: 'Bootstrap AUC difference on given resamples: normal p and percentile',
    reference: pROC,
    data: 'simulated',
    ...closedForm,
    *pairs() {
      for (const one of answers().bootstrap) yield* bootstrapPairs(one);
    },
  },
  {
    statistic: 'Bootstrap AUC difference, D',
    reference: `${pROC}, 20,000 resamples`,
    data: 'simulated',
    allowed: 0.03,
    because: 'other random numbers on both sides: three standard errors of an SD from 20,000',
    *pairs() {
      for (const { y, a, b, proc_statistic } of answers().bootstrap)
        yield [
          'D',
          bootstrapAucDifference(a, b, y, createRandom(18), 20_000).normal.statistic,
          proc_statistic,
        ];
    },
  },
  {
    statistic: 'ROC band',
    reference: `${pROC}, ci.se, 20,000 resamples`,
    data: 'simulated',
    allowed: 0.02,
    absolute: true,
    because: 'other random numbers on both sides, and quantiles of a share of 54 events',
    *pairs() {
      const { cases, band } = answers();
      const { y, a } = cases[0]!;
      const ours = rocBand(a, y, band.specificity, createRandom(18), 5000);
      for (const [k, specificity] of band.specificity.entries()) {
        yield [`low at ${specificity}`, ours.low[k], band.low[k]];
        yield [`high at ${specificity}`, ours.high[k], band.high[k]];
      }
    },
  },
  {
    statistic: 'Precision-recall curve, average precision',
    reference: 'scikit-learn 1.2.1',
    data: 'four models, one with ties',
    ...closedForm,
    *pairs() {
      const rows = readCsv(reference('learning', 'metrics', 'inputs.csv'));
      const outcomes = column(rows, 'y') as (0 | 1)[];
      const wanted = readJson<
        Record<
          string,
          {
            average_precision: number;
            roc_auc: number;
            pr_curve: { precision: number[]; recall: number[]; thresholds: number[] };
          }
        >
      >(reference('learning', 'metrics', 'metrics.json'));
      for (const model of ['logistic', 'svc_platt', 'logistic_rounded_0.1', 'naive_bayes']) {
        const { average_precision, pr_curve, roc_auc } = wanted[model]!;
        const ours = precisionRecall(column(rows, model), outcomes);
        yield [`${model} average precision`, ours.averagePrecision, average_precision];
        yield [`${model} AUC`, auc(column(rows, model), outcomes).auc, roc_auc];
        const k = ours.thresholds.length;
        yield [`${model} thresholds`, k, pr_curve.thresholds.length];
        // scikit-learn: ascending thresholds, and a last point (1, 0) without one
        for (let i = 0; i < k; i++) {
          yield [`${model} threshold ${i}`, ours.thresholds[k - 1 - i], pr_curve.thresholds[i]];
          yield [`${model} precision ${i}`, ours.precision[k - 1 - i], pr_curve.precision[i]];
          yield [`${model} recall ${i}`, ours.recall[k - 1 - i], pr_curve.recall[i]];
        }
      }
    },
  },
];
