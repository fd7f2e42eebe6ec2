import * as Plot from '@observablehq/plot';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { modelName } from '../../text/model-names.ts';
import { significant } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const HEIGHT = 270;

/** Cross-validation error and coefficient path of the LASSO. */
export const lasso = {
  name: 'lasso',
  from: ['/selection/*/lasso'],
  title: 'LASSO: cross-validation and path',
  caption: (results) =>
    `Left: cross-validated error ± standard error by penalty; right: coefficients along the path. Dashed: the penalty chosen. Training cohort, ${sizeOf(results, 'training')}.`,
  draw: (results) => {
    const blocks = Object.entries(results.selection).flatMap(([name, { lasso: found }]) =>
      found === null ? [] : [{ name, found }],
    );
    if (blocks.length === 0) return { missing: 'no LASSO was fitted' };
    const body = blocks.flatMap(({ name, found }, row) => {
      const points = found.alphas.map((alpha, at) => ({
        alpha,
        error: found.meanError[at]!,
        low: found.meanError[at]! - found.standardError[at]!,
        high: found.meanError[at]! + found.standardError[at]!,
      }));
      const paths = found.path.flatMap(({ name: column, values }) =>
        values.map((value, at) => ({ column, alpha: found.alphas[at]!, value })),
      );
      const x = {
        type: 'log',
        label: 'Penalty',
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 4,
        tickFormat: (value: number) => significant(value, 2),
      } as const;
      const chosen = Plot.ruleX([found.alpha], { stroke: faint, strokeDasharray: '4,3' });
      return [
        panel({
          x: 0,
          y: row * HEIGHT,
          width: 360,
          height: HEIGHT,
          title: `${modelName(name)}: cross-validation`,
          options: {
            x,
            marginLeft: 62,
            y: { label: found.measure, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
            marks: [
              Plot.areaY(points, {
                x: 'alpha',
                y1: 'low',
                y2: 'high',
                fill: modelColour(name, row),
                fillOpacity: 0.18,
              }),
              Plot.line(points, { x: 'alpha', y: 'error', stroke: modelColour(name, row), strokeWidth: 1.8 }),
              chosen,
            ],
          },
        }),
        panel({
          x: 360,
          y: row * HEIGHT,
          width: 360,
          height: HEIGHT,
          title: `${modelName(name)}: coefficients`,
          options: {
            marginLeft: 62,
            x,
            y: { label: 'Coefficient', labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
            marks: [
              Plot.ruleY([0], { stroke: '#bbbbbb' }),
              Plot.line(paths, {
                x: 'alpha',
                y: 'value',
                z: 'column',
                stroke: modelColour(name, row),
                strokeOpacity: 0.6,
                strokeWidth: 1.1,
              }),
              chosen,
            ],
          },
        }),
      ];
    });
    return {
      svg: frame(
        results,
        'LASSO cross-validation error and coefficient path',
        { width: 720, height: blocks.length * HEIGHT },
        body.join(''),
      ),
    };
  },
} satisfies Figure;
