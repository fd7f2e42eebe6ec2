import * as Plot from '@observablehq/plot';
import { frame } from '../../drawing/frame.ts';
import { faint, modelColour } from '../../drawing/palette.ts';
import { panel } from '../../drawing/panel.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { aucEstimate, aucInterval } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** AUC of every model in both cohorts with its interval, side by side. */
export const auc = {
  name: 'auc',
  from: ['/models/*/*/auc'],
  title: 'AUC of the models',
  caption: (results) =>
    `Area under the ROC curve with DeLong 95 % confidence interval; ${sizes(results)}. Filled: validation; open: training.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const rows = results.models.flatMap((model, index) =>
      (['training', 'validation'] as const).map((cohort) => ({
        label: `${modelName(model.name)}, ${cohortName(cohort).toLowerCase()}`,
        auc: model[cohort].auc.auc,
        low: aucInterval(model[cohort].auc)?.[0] ?? model[cohort].auc.auc,
        high: aucInterval(model[cohort].auc)?.[1] ?? model[cohort].auc.auc,
        printed: aucEstimate(model[cohort].auc),
        colour: modelColour(model.name, index),
        filled: cohort === 'validation',
      })),
    );
    const low = Math.min(0.4, ...rows.map((row) => row.low));
    const height = 70 + 24 * rows.length;
    const body = panel({
      x: 0,
      y: 0,
      width: 720,
      height,
      title: 'AUC (95 % CI)',
      options: {
        marginLeft: 170,
        marginRight: 150,
        x: {
          domain: [Math.floor(low * 10) / 10, 1],
          label: 'AUC',
          labelAnchor: 'center',
          labelArrow: 'none',
          grid: true,
        },
        y: { domain: rows.map((row) => row.label), label: null, tickSize: 0 },
        marks: [
          Plot.ruleX([0.5], { stroke: faint, strokeDasharray: '2,3' }),
          Plot.link(rows, {
            x1: 'low',
            x2: 'high',
            y1: 'label',
            y2: 'label',
            stroke: 'colour',
            strokeWidth: 2,
          }),
          Plot.dot(rows, {
            x: 'auc',
            y: 'label',
            r: 4.5,
            stroke: 'colour',
            fill: (row: (typeof rows)[number]) => (row.filled ? row.colour : '#ffffff'),
            strokeWidth: 1.8,
          }),
          Plot.text(rows, {
            x: 1,
            y: 'label',
            dx: 10,
            textAnchor: 'start',
            text: (row: (typeof rows)[number]) => row.printed,
          }),
        ],
        color: { type: 'identity' },
      },
    });
    return {
      svg: frame(results, 'AUC of the models with confidence intervals', { width: 720, height }, body),
    };
  },
} satisfies Figure;
