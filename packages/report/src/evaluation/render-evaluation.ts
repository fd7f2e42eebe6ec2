import * as Plot from '@observablehq/plot';
import type { ScoreEvaluation, TableEvaluation } from '@sentinode/study';
import { clipLine } from '../drawing/clip-line.ts';
import { frame } from '../drawing/frame.ts';
import { faint, modelColour } from '../drawing/palette.ts';
import { panel } from '../drawing/panel.ts';
import type { RenderedFile } from '../render-all.ts';
import { estimate } from '../text/numbers.ts';

const SIDE = 330;
const WIDTH = 350;
const diagonal = Plot.line(
  [
    [0, 0],
    [1, 1],
  ],
  { stroke: faint, strokeDasharray: '2,3' },
);
const box = Plot.frame({ stroke: '#bbbbbb' });
const axis = (label: string) => ({ label, labelAnchor: 'center', labelArrow: 'none', ticks: 6 }) as const;
type Points = [number, number][];
type Draw = (
  score: ScoreEvaluation,
  colour: string,
) => { marks: Plot.Markish[]; y: readonly [number, number] } | null;

function roc({ roc: curve, rocBand, auc, ci }: ScoreEvaluation, colour: string) {
  const band = rocBand.specificity.map((specificity, k) => ({
    x: 1 - specificity,
    low: rocBand.low[k]!,
    high: rocBand.high[k]!,
  }));
  const points: Points = curve.sensitivity.map((sensitivity, k) => [1 - curve.specificity[k]!, sensitivity]);
  return {
    y: [0, 1] as const,
    marks: [
      Plot.areaY(band, { x: 'x', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.15 }),
      diagonal,
      Plot.line(points, { stroke: colour, strokeWidth: 1.8, curve: 'linear' }),
      Plot.text([[0.97, 0.06]], { text: [`AUC ${estimate(auc, ci, 2)}`], textAnchor: 'end' }),
      box,
    ],
  };
}

const precisionRecall: Draw = ({ precisionRecall: found }, colour) => ({
  y: [0, 1],
  marks: [
    Plot.ruleY([found.chance], { stroke: faint, strokeDasharray: '2,3' }),
    Plot.line(
      found.recall.map((recall, k): [number, number] => [recall, found.precision[k]!]),
      { stroke: colour, strokeWidth: 1.8, curve: 'linear' },
    ),
    Plot.text([[0.03, 0.06]], {
      text: [`average precision ${found.averagePrecision.toFixed(3)}`],
      textAnchor: 'start',
    }),
    box,
  ],
});

const calibration: Draw = ({ calibration: found }, colour) => {
  if (found === null) return null;
  const groups = found.deciles.flatMap(({ predicted, observed }) =>
    observed.value === null || observed.ci === null
      ? []
      : [{ predicted, observed: observed.value, low: observed.ci[0], high: observed.ci[1] }],
  );
  return {
    y: [0, 1],
    marks: [
      diagonal,
      Plot.link(groups, { x1: 'predicted', x2: 'predicted', y1: 'low', y2: 'high', stroke: faint }),
      Plot.dot(groups, { x: 'predicted', y: 'observed', r: 3, fill: faint }),
      Plot.line(
        found.curve.predicted.map((predicted, k): [number, number] => [predicted, found.curve.observed[k]!]),
        { stroke: colour, strokeWidth: 2 },
      ),
      Plot.text([[0.03, 0.97]], {
        text: [
          `slope ${estimate(found.slope.value, found.slope.ci, 2)}\nin the large ${estimate(found.inTheLarge.value, found.inTheLarge.ci, 2)}`,
        ],
        textAnchor: 'start',
        lineAnchor: 'top',
        fontSize: 9,
      }),
      box,
    ],
  };
};

const decisionCurve: Draw = ({ probability }, colour) => {
  if (probability === null) return null;
  const { decisionCurve: curve, decisionBand: band } = probability;
  const low = -0.1;
  const line = (values: readonly number[]): Points =>
    clipLine(
      values.map((value, k) => [curve.thresholds[k]!, value] as const),
      low,
    );
  const area = curve.thresholds.map((threshold, k) => ({
    threshold,
    low: Math.max(low, band.low[k]!),
    high: Math.max(low, band.high[k]!),
  }));
  return {
    y: [low, Math.max(0.1, 1.15 * curve.prevalence)],
    marks: [
      Plot.areaY(area, { x: 'threshold', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.15 }),
      Plot.line(line(curve.none), { stroke: '#000000' }),
      Plot.line(line(curve.all), { stroke: faint, strokeWidth: 1.4 }),
      Plot.line(line(curve.model), { stroke: colour, strokeWidth: 1.8 }),
      box,
    ],
  };
};

const kinds: readonly { name: string; title: string; x: string; y: string; draw: Draw }[] = [
  { name: 'roc', title: 'ROC curves with 95 % band', x: '1 − specificity', y: 'Sensitivity', draw: roc },
  {
    name: 'precision-recall',
    title: 'Precision-recall curves',
    x: 'Recall',
    y: 'Precision',
    draw: precisionRecall,
  },
  {
    name: 'calibration',
    title: 'Calibration: lowess curve, tenths with Wilson interval',
    x: 'Predicted probability',
    y: 'Observed',
    draw: calibration,
  },
  {
    name: 'decision-curve',
    title: 'Decision curves with 95 % band; grey: all positive, black: none',
    x: 'Threshold probability',
    y: 'Net benefit',
    draw: decisionCurve,
  },
];

/** Figures of an evaluation, a panel per score; a kind that no score can have is left out. */
export function renderEvaluation(result: TableEvaluation): RenderedFile[] {
  const scores = Object.entries(result.scores);
  return kinds.flatMap(({ name, title, x, y, draw }): RenderedFile[] => {
    const drawn = scores.flatMap(([score, evaluation], index) => {
      const found = draw(evaluation, modelColour(score, index));
      return found === null ? [] : [{ score, ...found }];
    });
    if (drawn.length === 0) return [];
    const columns = Math.min(2, drawn.length);
    const panels = drawn.map(({ score, marks, y: domain }, k) =>
      panel({
        x: (k % columns) * WIDTH,
        y: Math.floor(k / columns) * (SIDE + 12),
        width: WIDTH,
        height: SIDE,
        title: `${score} (n = ${result.n}, ${result.events} events)`,
        options: { x: { domain: [0, 1], ...axis(x) }, y: { domain: [...domain], ...axis(y) }, marks },
      }),
    );
    const size = { width: columns * WIDTH, height: Math.ceil(drawn.length / columns) * (SIDE + 12) };
    const svg = frame({ notice: result.notice, study: { banners: [] } }, title, size, panels.join(''));
    return [{ path: `${name}.svg`, content: `${svg}\n` }];
  });
}
