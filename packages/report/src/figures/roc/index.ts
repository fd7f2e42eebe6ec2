import * as Plot from '@observablehq/plot';
import type { Cohort, StudyResults } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour, modelDash } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { aucEstimate } from '../../text/numbers.ts';
import { sizeOf, sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

function marks(results: StudyResults, cohort: Cohort): Plot.Markish[] {
  const { models } = results;
  return [
    Plot.line(
      [
        [0, 0],
        [1, 1],
      ],
      { stroke: faint, strokeDasharray: '2,3' },
    ),
    ...models.flatMap((model, index) => {
      const { roc, auc } = model[cohort];
      const stroke = modelColour(model.name, index);
      const points = roc.sensitivity.map((sensitivity, at): [number, number] => [
        1 - roc.specificity[at]!,
        sensitivity,
      ]);
      const y = 0.05 + 0.065 * (models.length - 1 - index);
      return [
        Plot.line(points, {
          stroke,
          strokeWidth: 1.8,
          strokeDasharray: modelDash(model.name),
          curve: 'linear',
        }),
        Plot.line(
          [
            [0.36, y],
            [0.43, y],
          ],
          { stroke, strokeWidth: 2, strokeDasharray: modelDash(model.name) },
        ),
        Plot.text([[0.45, y]], {
          text: [`${modelName(model.name)} ${aucEstimate(auc, 2)}`],
          textAnchor: 'start',
          fontSize: 9.5,
        }),
      ];
    }),
    Plot.frame({ stroke: '#bbbbbb' }),
  ];
}

/** ROC curves of every model in both cohorts. */
export const roc = {
  name: 'roc',
  from: ['/models/*/*/roc', '/models/*/*/auc'],
  title: 'ROC curves',
  caption: (results) =>
    `Receiver operating characteristic of each model; ${sizes(results)}. AUC with DeLong 95 % confidence interval.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const cohorts = ['training', 'validation'] as const;
    const body = cohorts.map((cohort, index) =>
      panel({
        x: index * 360,
        y: 0,
        width: 360,
        height: 372,
        title: `${cohortName(cohort)} (${sizeOf(results, cohort)})`,
        options: {
          x: {
            domain: [0, 1],
            label: '1 − specificity',
            labelAnchor: 'center',
            labelArrow: 'none',
            ticks: 6,
          },
          y: { domain: [0, 1], label: 'Sensitivity', labelAnchor: 'center', labelArrow: 'none', ticks: 6 },
          marks: marks(results, cohort),
        },
      }),
    );
    return {
      svg: frame(
        results,
        'ROC curves of the models in both cohorts',
        { width: 720, height: 372 },
        body.join(''),
      ),
    };
  },
} satisfies Figure;
