import * as Plot from '@observablehq/plot';
import { clipLine } from '../../drawing/clip-line.ts';
import { frame } from '../../drawing/frame.ts';
import { modelLegend } from '../../drawing/legend.ts';
import { modelColour, modelDash } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName } from '../../text/model-names.ts';
import { sizeOf, sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** Below this nothing is drawn: the model does worse than treating everyone. */
const LOWEST = -20;

/** Interventions that each model avoids against intervening in everyone. */
export const interventionsAvoided = {
  name: 'interventions-avoided',
  from: ['/models/*/*/decision/interventionsAvoided'],
  title: 'Net interventions avoided',
  caption: (results) =>
    `Net reduction of interventions per 100 patients against calling everyone positive, by threshold probability: (net benefit of the model − of all) × (1 − threshold) / threshold × 100; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const avoided = results.models.flatMap((model) =>
      [model.training, model.validation].flatMap(({ decision }) =>
        decision.interventionsAvoided.map((value) => value ?? 0),
      ),
    );
    const top = Math.min(100, 10 * Math.ceil(Math.max(10, ...avoided) / 10));
    const legend = modelLegend(results.models.map((model) => model.name));
    const body = (['training', 'validation'] as const).map((cohort, column) =>
      panel({
        x: column * 360,
        y: legend.height,
        width: 360,
        height: 330,
        title: `${cohortName(cohort)} (${sizeOf(results, cohort)})`,
        options: {
          x: {
            domain: [0, 1],
            label: 'Threshold probability',
            labelAnchor: 'center',
            labelArrow: 'none',
            ticks: 6,
          },
          y: {
            domain: [LOWEST, top],
            label: 'Interventions avoided per 100',
            labelAnchor: 'center',
            labelArrow: 'none',
            ticks: 6,
          },
          marks: [
            Plot.ruleY([0], { stroke: '#bbbbbb' }),
            ...results.models.map((model, index) => {
              const { thresholds, interventionsAvoided: values } = model[cohort].decision;
              return Plot.line(
                clipLine(
                  thresholds.map((threshold, k) => [threshold, values[k] ?? Number.NaN] as const),
                  LOWEST,
                ),
                {
                  stroke: modelColour(model.name, index),
                  strokeWidth: 1.8,
                  strokeDasharray: modelDash(model.name),
                },
              );
            }),
            Plot.frame({ stroke: '#bbbbbb' }),
          ],
        },
      }),
    );
    return {
      svg: frame(
        results,
        'Net interventions avoided by the models in both cohorts',
        { width: 720, height: 330 + legend.height },
        legend.svg + body.join(''),
      ),
    };
  },
} satisfies Figure;
