import { frame } from '../../drawing/frame.ts';
import { faint, ink, modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { modelName } from '../../text/model-names.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 17;
const LEFT = 340;
const SPAN = 300;
/** Predictors shown of each model, those that are kept most often. */
const MOST = 12;

/** How often resampling keeps a predictor. */
export const stability = {
  name: 'stability',
  from: ['/resampling/stability'],
  title: 'How often resampling keeps a predictor',
  caption: (results) =>
    `Share of ${results.resampling?.stability[0]?.resamples ?? 0} outer folds and bootstraps of the training cohort (${sizeOf(results, 'training')}) whose own selection keeps the predictor, the ${MOST} most frequent of each model; filled: in the final model. Principal components of two resamples are different directions and are not shown.`,
  draw: (results) => {
    if (results.resampling === null)
      return { missing: `the profile ${results.study.profile} does not resample the whole pipeline` };
    const shown = results.resampling.stability.filter(({ predictors }) => predictors.length > 0);
    if (shown.length === 0) return { missing: 'no resample keeps a radiomic or clinical predictor' };
    const parts: string[] = [];
    let y = 4;
    shown.forEach(({ model, predictors }, at) => {
      const colour = modelColour(model, at);
      parts.push(text(14, y + 13, modelName(model), { 'font-weight': 'bold', 'font-size': 11.5 }));
      y += 20;
      for (const { name, share, kept } of predictors.slice(0, MOST)) {
        parts.push(
          text(LEFT - 8, y + 12, shorten(name, LEFT - 30, 9.5), { 'text-anchor': 'end', 'font-size': 9.5 }),
          element('rect', {
            x: LEFT,
            y: y + 3,
            width: Math.max(0.5, SPAN * share),
            height: ROW - 6,
            fill: kept ? colour : '#ffffff',
            stroke: colour,
            'stroke-width': 1,
          }),
          text(LEFT + SPAN * share + 6, y + 12, `${decimal(100 * share, 0)} %`, {
            'font-size': 9,
            fill: ink,
          }),
        );
        y += ROW;
      }
      y += 8;
    });
    parts.push(element('path', { d: `M${LEFT},6V${y}`, stroke: faint, 'stroke-width': 0.8 }));
    return {
      svg: frame(
        results,
        'How often resampling keeps a predictor',
        { width: 720, height: y + 6 },
        parts.join(''),
      ),
    };
  },
} satisfies Figure;
