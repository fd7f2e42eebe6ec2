import * as Plot from '@observablehq/plot';
import type { Cohort, StudyResults } from '@sentinode/study';
import { clipLine } from '../../drawing/clip-line.ts';
import { frame } from '../../drawing/frame.ts';
import { modelLegend } from '../../drawing/legend.ts';
import { faint, modelColour, modelDash } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName } from '../../text/model-names.ts';
import { sizeOf, sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** Below this net benefit nothing is drawn. */
const LOWEST = -0.12;

function marks(results: StudyResults, cohort: Cohort): Plot.Markish[] {
  const { models } = results;
  const reference = models[0]![cohort].decision;
  const line = (values: readonly number[]): [number, number][] =>
    clipLine(
      values.map((value, at) => [reference.thresholds[at]!, value] as const),
      LOWEST,
    );
  return [
    Plot.line(line(reference.none), { stroke: '#000000', strokeWidth: 1 }),
    Plot.line(line(reference.all), { stroke: faint, strokeWidth: 1.4 }),
    ...models.map((model, index) =>
      Plot.line(line(model[cohort].decision.model), {
        stroke: modelColour(model.name, index),
        strokeWidth: 1.8,
        strokeDasharray: modelDash(model.name),
      }),
    ),
    Plot.frame({ stroke: '#bbbbbb' }),
  ];
}

/** Net benefit of acting on each model, against acting on all and on none. */
export const decisionCurve = {
  name: 'decision-curve',
  from: ['/models/*/*/decision'],
  title: 'Decision curves',
  caption: (results) =>
    `Net benefit by threshold probability of each model, of calling everyone positive and of calling no one positive; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const legend = modelLegend(
      results.models.map((model) => model.name),
      [
        ['all positive', faint, 'none'],
        ['all negative', '#000000', 'none'],
      ],
    );
    const body = (['training', 'validation'] as const).map((cohort, index) => {
      const { decision } = results.models[0]![cohort];
      const top = Math.max(0.1, (decision.events / decision.n) * 1.12);
      return panel({
        x: index * 360,
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
            label: 'Net benefit',
            labelAnchor: 'center',
            labelArrow: 'none',
            ticks: 6,
          },
          marks: marks(results, cohort),
        },
      });
    });
    return {
      svg: frame(
        results,
        'Decision curves of the models in both cohorts',
        { width: 720, height: 330 + legend.height },
        legend.svg + body.join(''),
      ),
    };
  },
} satisfies Figure;
