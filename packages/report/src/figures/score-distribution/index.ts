import * as Plot from '@observablehq/plot';
import { frame } from '../../drawing/frame.ts';
import { ink, outcomeColours } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { singlePatients } from '../../tables/small-cells.ts';
import { modelName } from '../../text/model-names.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const HEIGHT = 200;

/** Predicted probabilities by outcome, with the locked cut-off. */
export const scoreDistribution = {
  name: 'score-distribution',
  from: ['/models/*/*/predictions', '/models/*/threshold'],
  title: 'Predicted probabilities by outcome',
  caption: (results) =>
    `Predicted probability of ${results.study.outcome} = ${results.study.positive}, one mark per patient (upper row: event, lower row: no event), and the cut-off of the training cohort; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const single = singlePatients(results);
    if (single !== undefined) return single;
    const body = results.models.map((model, index) => {
      const x = (index % 2) * 360;
      const y = Math.floor(index / 2) * HEIGHT;
      const rows = (['training', 'validation'] as const).flatMap((cohort) =>
        model[cohort].predictions.map(({ probability, outcome }) => ({
          probability,
          row: `${cohort === 'training' ? 'train' : 'valid'}, ${outcome === 1 ? 'event' : 'none'}`,
          colour: outcomeColours[outcome],
        })),
      );
      return panel({
        x,
        y,
        width: 360,
        height: HEIGHT,
        title: modelName(model.name),
        options: {
          marginLeft: 84,
          x: { domain: [0, 1], label: 'Predicted probability', labelAnchor: 'center', labelArrow: 'none' },
          y: {
            domain: ['train, event', 'train, none', 'valid, event', 'valid, none'],
            label: null,
            tickSize: 0,
            padding: 0.25,
          },
          color: { type: 'identity' },
          marks: [
            Plot.tickX(rows, {
              x: 'probability',
              y: 'row',
              stroke: 'colour',
              strokeOpacity: 0.65,
              strokeWidth: 1.2,
            }),
            Plot.ruleX([model.threshold], { stroke: ink, strokeDasharray: '4,3' }),
          ],
        },
      });
    });
    const height = HEIGHT * Math.ceil(results.models.length / 2);
    return {
      svg: frame(results, 'Predicted probabilities by outcome', { width: 720, height }, body.join('')),
    };
  },
} satisfies Figure;
