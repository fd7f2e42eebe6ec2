import * as Plot from '@observablehq/plot';
import type { Cohort, StudyResults } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour, modelDash } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { type Figure, sizeOf, sizes } from '../figure.ts';

function marks(results: StudyResults, cohort: Cohort, top: number): Plot.Markish[] {
  const { models } = results;
  const reference = models[0]![cohort].decision;
  const low = -0.12;
  const line = (values: readonly number[]): [number, number][] =>
    values
      .map((value, at): [number, number] => [reference.thresholds[at]!, value])
      .filter(([, value]) => value >= low);
  const key = (index: number): number => top * (0.96 - 0.07 * index);
  return [
    Plot.line(line(reference.none), { stroke: '#000000', strokeWidth: 1 }),
    Plot.line(line(reference.all), { stroke: faint, strokeWidth: 1.4 }),
    ...models.flatMap((model, index) => {
      const stroke = modelColour(model.name, index);
      return [
        Plot.line(line(model[cohort].decision.model), {
          stroke,
          strokeWidth: 1.8,
          strokeDasharray: modelDash(model.name),
        }),
        Plot.line(
          [
            [0.68, key(index)],
            [0.75, key(index)],
          ],
          { stroke, strokeWidth: 2, strokeDasharray: modelDash(model.name) },
        ),
        Plot.text([[0.77, key(index)]], {
          text: [modelName(model.name)],
          textAnchor: 'start',
          fontSize: 9.5,
        }),
      ];
    }),
    ...[
      ['all positive', faint],
      ['all negative', '#000000'],
    ].flatMap(([label, stroke], index) => [
      Plot.line(
        [
          [0.68, key(models.length + index)],
          [0.75, key(models.length + index)],
        ],
        { stroke: stroke!, strokeWidth: 1.4 },
      ),
      Plot.text([[0.77, key(models.length + index)]], { text: [label!], textAnchor: 'start', fontSize: 9.5 }),
    ]),
    Plot.frame({ stroke: '#bbbbbb' }),
  ];
}

/** Net benefit of acting on each model, against acting on all and on none. */
export const decisionCurve = {
  name: 'decision-curve',
  title: 'Decision curves',
  caption: (results) =>
    `Net benefit by threshold probability of each model, of calling everyone positive and of calling no one positive; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const body = (['training', 'validation'] as const).map((cohort, index) => {
      const { decision } = results.models[0]![cohort];
      const top = Math.max(0.1, (decision.events / decision.n) * 1.12);
      return panel({
        x: index * 360,
        y: 0,
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
            domain: [-0.12, top],
            label: 'Net benefit',
            labelAnchor: 'center',
            labelArrow: 'none',
            ticks: 6,
          },
          marks: marks(results, cohort, top),
        },
      });
    });
    return {
      svg: frame(
        results,
        'Decision curves of the models in both cohorts',
        { width: 720, height: 330 },
        body.join(''),
      ),
    };
  },
} satisfies Figure;
