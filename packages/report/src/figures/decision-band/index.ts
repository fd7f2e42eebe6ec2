import * as Plot from '@observablehq/plot';
import { clipLine } from '../../drawing/clip-line.ts';
import { modelGrid } from '../../drawing/model-grid.ts';
import { faint } from '../../drawing/palette.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** Below this net benefit nothing is drawn. */
const LOWEST = -0.12;

/** Decision curve of every model with its band. */
export const decisionBand = {
  name: 'decision-band',
  from: ['/models/*/*/decision', '/models/*/*/decisionBand'],
  title: 'Decision curves with confidence band',
  caption: (results) =>
    `Net benefit by threshold probability with 95 % band: ${results.models[0]?.training.decisionBand.method ?? 'none'}. Grey: everyone positive; black: no one; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const svg = modelGrid(results, 'Decision curves with confidence band', (model, cohort, colour) => {
      const { decision, decisionBand: band } = model[cohort];
      const { thresholds } = decision;
      const line = (values: readonly number[]): [number, number][] =>
        clipLine(
          values.map((value, k) => [thresholds[k]!, value] as const),
          LOWEST,
        );
      const area = thresholds.map((threshold, k) => ({
        threshold,
        low: Math.max(LOWEST, band.low[k]!),
        high: Math.max(LOWEST, band.high[k]!),
      }));
      return {
        x: 'Threshold probability',
        y: 'Net benefit',
        domain: [
          LOWEST,
          Math.max(0.1, (1.15 * decision.events) / decision.n, ...area.map(({ high }) => high)),
        ],
        marks: [
          Plot.areaY(area, { x: 'threshold', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.18 }),
          Plot.line(line(decision.none), { stroke: '#000000', strokeWidth: 1 }),
          Plot.line(line(decision.all), { stroke: faint, strokeWidth: 1.4 }),
          Plot.line(line(decision.model), { stroke: colour, strokeWidth: 1.8 }),
          Plot.frame({ stroke: '#bbbbbb' }),
        ],
      };
    });
    return { svg };
  },
} satisfies Figure;
