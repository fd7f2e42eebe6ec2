import * as Plot from '@observablehq/plot';
import type { Cohort, ModelResult } from '@sentinode/study';
import { modelGrid } from '../../drawing/model-grid.ts';
import { ink, outcomeColours } from '../../drawing/palette.ts';
import { singlePatients } from '../../tables/small-cells.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

/** Patients from the lowest to the highest probability, as bars from the cut-off. */
function bars(model: ModelResult, cohort: Cohort): Plot.Markish[] {
  const { threshold } = model;
  const sorted = [...model[cohort].predictions].sort(
    (a, b) => a.probability - b.probability || a.outcome - b.outcome,
  );
  const rows = sorted.map(({ probability, outcome }, index) => ({
    left: index / sorted.length,
    right: (index + 1) / sorted.length,
    low: Math.min(probability, threshold) - threshold,
    high: Math.max(probability, threshold) - threshold,
    colour: outcomeColours[outcome],
  }));
  return [
    Plot.rect(rows, { x1: 'left', x2: 'right', y1: 'low', y2: 'high', fill: 'colour', inset: 0.15 }),
    Plot.ruleY([0], { stroke: ink, strokeWidth: 0.9 }),
    Plot.frame({ stroke: '#bbbbbb' }),
  ];
}

/** Waterfall of the predictions of every model in both cohorts. */
export const waterfall = {
  name: 'waterfall',
  from: ['/models/*/*/predictions', '/models/*/threshold'],
  title: 'Waterfall of predictions',
  caption: (results) =>
    `Predicted probability minus the cut-off of the model, one bar per patient from the lowest to the highest; orange: ${results.study.outcome} = ${results.study.positive}, blue: not. Bars above zero are called positive; ${sizes(results)}.`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const single = singlePatients(results);
    if (single !== undefined) return single;
    return {
      svg: modelGrid(results, 'Waterfall of predictions by model and cohort', (model, cohort) => ({
        x: 'Share of patients, by rank',
        y: 'Probability − cut-off',
        domain: [-Math.max(0.05, model.threshold), Math.max(0.05, 1 - model.threshold)],
        marks: bars(model, cohort),
      })),
    };
  },
} satisfies Figure;
