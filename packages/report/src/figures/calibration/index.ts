import * as Plot from '@observablehq/plot';
import type { Cohort, ModelResult } from '@sentinode/study';
import { leastPrinted } from '../../disclosure/for-sharing.ts';
import { clipLine } from '../../drawing/clip-line.ts';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { estimate } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const SIDE = 290;
/** Where the curve is drawn: lowess leaves the range of probabilities where there are few patients. */
const CURVE = [-0.02, 1.04] as const;
/** Line of the histogram, the height of its tallest bar, and how many bars there are. */
const BASE = -0.12;
const TALLEST = 0.08;
const BINS = 50;

/** Patients by predicted probability: with the event upwards, without it downwards. */
function histogram(predictions: ModelResult['training']['predictions']): {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}[] {
  const counts = ([1, 0] as const).map((outcome) => {
    const bins = new Array<number>(BINS).fill(0);
    for (const one of predictions)
      if (one.outcome === outcome) bins[Math.min(BINS - 1, Math.floor(one.probability * BINS))]!++;
    return bins;
  });
  const most = Math.max(1, ...counts.flat());
  return counts.flatMap((bins, side) =>
    bins.flatMap((count, bin) =>
      count === 0
        ? []
        : [
            {
              from: bin / BINS,
              to: (bin + 1) / BINS,
              end: BASE + ((side === 0 ? 1 : -1) * TALLEST * count) / most,
            },
          ],
    ),
  );
}

function marks(model: ModelResult, cohort: Cohort, index: number): Plot.Markish[] {
  const found = model[cohort].calibration;
  const colour = modelColour(model.name, index);
  const diagonal = Plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    { stroke: faint, strokeDasharray: '2,3' },
  );
  if (found === null) return [diagonal, Plot.text([[0.5, 0.5]], { text: ['not computed'], fill: faint })];
  const curve = clipLine(
    found.curve.predicted.map((predicted, at) => [predicted, found.curve.observed[at]!] as const),
    CURVE[0],
    CURVE[1],
  );
  const groups = found.deciles.flatMap(({ predicted, observed }) =>
    observed.value === null || observed.ci === null
      ? []
      : [{ predicted, observed: observed.value, low: observed.ci[0], high: observed.ci[1] }],
  );
  const bars = histogram(model[cohort].predictions);
  return [
    diagonal,
    Plot.link(groups, { x1: 'predicted', x2: 'predicted', y1: 'low', y2: 'high', stroke: faint }),
    Plot.dot(groups, { x: 'predicted', y: 'observed', r: 3, fill: faint }),
    Plot.line(curve, { stroke: colour, strokeWidth: 2 }),
    Plot.rect(bars, { x1: 'from', x2: 'to', y1: BASE, y2: 'end', fill: colour, fillOpacity: 0.75 }),
    Plot.ruleY([BASE], { stroke: faint, strokeWidth: 0.6 }),
    Plot.text([[0.02, 1.12]], {
      text: [
        `slope ${estimate(found.slope.value, found.slope.ci, 2)}\nintercept ${estimate(found.intercept.value, found.intercept.ci, 2)}`,
      ],
      textAnchor: 'start',
      lineAnchor: 'top',
      fontSize: 9,
    }),
    Plot.frame({ stroke: '#bbbbbb' }),
  ];
}

/** Observed against predicted probability, smoothed and by decile. */
export const calibration = {
  name: 'calibration',
  from: ['/models/*/*/calibration', '/models/*/*/predictions'],
  title: 'Calibration',
  caption: (results) =>
    `Observed against predicted probability: lowess curve, groups of tenths with Wilson 95 % interval (grey), and below ${leastPrinted(results) === 0 ? 'the histogram of predictions (upwards: event, downwards: none)' : 'no histogram, since the report is to be shared'}. Slope and intercept of the logistic recalibration with 95 % confidence interval; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const body = results.models.flatMap((model, row) =>
      (['training', 'validation'] as const).map((cohort, column) =>
        panel({
          x: column * 360,
          y: row * (SIDE + 12),
          width: 350,
          height: SIDE,
          title: `${modelName(model.name)}, ${cohortName(cohort).toLowerCase()}`,
          options: {
            x: { domain: [0, 1], label: 'Predicted probability', labelAnchor: 'center', labelArrow: 'none' },
            y: {
              domain: [-0.21, 1.14],
              label: 'Observed',
              labelAnchor: 'center',
              labelArrow: 'none',
              ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
            },
            marks: marks(model, cohort, row),
          },
        }),
      ),
    );
    return {
      svg: frame(
        results,
        'Calibration of the models in both cohorts',
        { width: 720, height: results.models.length * (SIDE + 12) },
        body.join(''),
      ),
    };
  },
} satisfies Figure;
