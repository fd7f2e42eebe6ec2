import * as Plot from '@observablehq/plot';
import type { Cohort, ModelResult } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { estimate } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const SIDE = 290;

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
  const curve = found.curve.predicted.map((predicted, at): [number, number] => [
    predicted,
    found.curve.observed[at]!,
  ]);
  const groups = found.deciles.flatMap(({ predicted, observed }) =>
    observed.value === null || observed.ci === null
      ? []
      : [{ predicted, observed: observed.value, low: observed.ci[0], high: observed.ci[1] }],
  );
  const risks = model[cohort].predictions.map(({ probability, outcome }) => ({
    probability,
    end: outcome === 1 ? 0.045 : -0.045,
  }));
  return [
    diagonal,
    Plot.link(groups, { x1: 'predicted', x2: 'predicted', y1: 'low', y2: 'high', stroke: faint }),
    Plot.dot(groups, { x: 'predicted', y: 'observed', r: 3, fill: faint }),
    Plot.line(curve, { stroke: colour, strokeWidth: 2 }),
    Plot.link(risks, {
      x1: 'probability',
      x2: 'probability',
      y1: -0.08,
      y2: (risk: (typeof risks)[number]) => -0.08 + risk.end,
      stroke: colour,
      strokeOpacity: 0.7,
    }),
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
  title: 'Calibration',
  caption: (results) =>
    `Observed against predicted probability: lowess curve, groups of tenths with Wilson 95 % interval (grey), and the distribution of predictions below (upwards: event, downwards: none). Slope and intercept of the logistic recalibration with 95 % confidence interval; ${sizes(results)}.`,
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
              domain: [-0.13, 1.14],
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
