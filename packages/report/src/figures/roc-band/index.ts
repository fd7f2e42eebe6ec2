import * as Plot from '@observablehq/plot';
import { modelGrid } from '../../drawing/model-grid.ts';
import { faint } from '../../drawing/palette.ts';
import { aucEstimate } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** ROC curve of every model with its band. */
export const rocBand = {
  name: 'roc-band',
  from: ['/models/*/*/rocBand', '/models/*/*/roc', '/models/*/*/auc'],
  title: 'ROC curves with confidence band',
  caption: (results) =>
    `Pointwise 95 % band of sensitivity at given specificity: ${results.models[0]?.training.rocBand.method ?? 'none'}. AUC with DeLong 95 % confidence interval; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const svg = modelGrid(results, 'ROC curves with confidence band', (model, cohort, colour) => {
      const { roc, rocBand: band, auc } = model[cohort];
      const area = band.specificity.map((specificity, k) => ({
        x: 1 - specificity,
        low: band.low[k]!,
        high: band.high[k]!,
      }));
      return {
        x: '1 − specificity',
        y: 'Sensitivity',
        domain: [0, 1],
        marks: [
          Plot.areaY(area, { x: 'x', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.18 }),
          Plot.line(
            [
              [0, 0],
              [1, 1],
            ],
            { stroke: faint, strokeDasharray: '2,3' },
          ),
          Plot.line(
            roc.sensitivity.map((sensitivity, k): [number, number] => [1 - roc.specificity[k]!, sensitivity]),
            { stroke: colour, strokeWidth: 1.8, curve: 'linear' },
          ),
          Plot.text([[0.97, 0.06]], { text: [`AUC ${aucEstimate(auc, 2)}`], textAnchor: 'end' }),
          Plot.frame({ stroke: '#bbbbbb' }),
        ],
      };
    });
    return { svg };
  },
} satisfies Figure;
