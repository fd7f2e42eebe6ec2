import { frame } from '../../drawing/frame.ts';
import { ink, modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { modelName } from '../../text/model-names.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 18;
const LEFT = 330;
const HALF = 150;

/** Coefficients of the linear model with the most predictors. */
export const coefficients = {
  name: 'coefficients',
  from: ['/models/*/predictors'],
  title: 'Coefficients of the largest model',
  caption: (results) =>
    `Coefficients of the standardised predictors (log-odds per standard deviation; dummies against the reference level), fitted on the training cohort, ${sizeOf(results, 'training')}.`,
  draw: (results) => {
    const linear = results.models.filter((model) => model.intercept !== null);
    const largest = linear.reduce<(typeof results.models)[number] | null>(
      (most, model) => (most === null || model.predictors.length > most.predictors.length ? model : most),
      null,
    );
    if (largest === null) return { missing: 'no model is linear in its predictors' };
    if (largest.predictors.length === 0) return { missing: 'no model has a predictor' };
    const rows = largest.predictors
      .map((one) => ({ ...one, coefficient: one.coefficient ?? 0 }))
      .sort((a, b) => b.coefficient - a.coefficient);
    const widest = Math.max(...rows.map(({ coefficient }) => Math.abs(coefficient)), 1e-12);
    const zero = LEFT + HALF;
    const parts = [
      text(14, 15, `${modelName(largest.name)} (${rows.length} predictors)`, {
        'font-weight': 'bold',
        'font-size': 11.5,
      }),
    ];
    rows.forEach(({ name, kind, coefficient }, index) => {
      const y = 26 + index * ROW;
      const width = (HALF * Math.abs(coefficient)) / widest;
      const x = coefficient < 0 ? zero - width : zero;
      parts.push(
        text(LEFT - 8, y + 12, shorten(name, LEFT - 30, 9.5), { 'text-anchor': 'end', 'font-size': 9.5 }),
        element('rect', {
          x,
          y: y + 3,
          width: Math.max(0.5, width),
          height: ROW - 7,
          fill: modelColour(kind, 0),
          'fill-opacity': 0.8,
        }),
        text(zero + HALF + 10, y + 12, decimal(coefficient), { 'font-size': 9.5 }),
      );
    });
    const bottom = 26 + rows.length * ROW;
    parts.push(element('path', { d: `M${zero},22V${bottom}`, stroke: ink, 'stroke-width': 0.8 }));
    (['radiomics', 'deep', 'clinical'] as const)
      .filter((kind) => rows.some((row) => row.kind === kind))
      .forEach((kind, index) => {
        parts.push(
          element('rect', {
            x: LEFT + index * 100,
            y: bottom + 8,
            width: 10,
            height: 10,
            fill: modelColour(kind, 0),
            'fill-opacity': 0.8,
          }),
          text(LEFT + 15 + index * 100, bottom + 17, modelName(kind), { 'font-size': 9.5 }),
        );
      });
    return {
      svg: frame(
        results,
        'Coefficients of the largest model',
        { width: 720, height: bottom + 26 },
        parts.join(''),
      ),
    };
  },
} satisfies Figure;
