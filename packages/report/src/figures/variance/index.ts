import * as Plot from '@observablehq/plot';
import { frame } from '../../drawing/frame.ts';
import { modelColour } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** Share of the variance of the deep features that the principal components carry. */
export const variance = {
  name: 'variance',
  from: ['/selection/*/explainedVariance'],
  title: 'Variance of the deep features by component',
  caption: (results) =>
    `Cumulative share of variance of the principal components of the deep features, training cohort, ${sizeOf(results, 'training')}.`,
  draw: (results) => {
    const shares = results.selection.deep?.explainedVariance ?? null;
    if (shares === null) return { missing: 'no principal components were fitted' };
    let sum = 0;
    const points = shares.map((share, index) => {
      sum += share;
      return { component: index + 1, cumulative: Math.min(1, sum) };
    });
    const body = panel({
      x: 0,
      y: 0,
      width: 720,
      height: 260,
      title: `${shares.length} components carry ${decimal(100 * Math.min(1, sum), 1)} % of the variance`,
      options: {
        x: { label: 'Component', labelAnchor: 'center', labelArrow: 'none' },
        y: {
          domain: [0, 1],
          label: 'Cumulative share',
          labelAnchor: 'center',
          labelArrow: 'none',
          ticks: 6,
          grid: true,
        },
        marks: [
          Plot.line(points, {
            x: 'component',
            y: 'cumulative',
            stroke: modelColour('deep', 0),
            strokeWidth: 2,
          }),
        ],
      },
    });
    return {
      svg: frame(
        results,
        'Cumulative variance of the principal components',
        { width: 720, height: 260 },
        body,
      ),
    };
  },
} satisfies Figure;
