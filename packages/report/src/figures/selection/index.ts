import { frame } from '../../drawing/frame.ts';
import { modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { modelName } from '../../text/model-names.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 20;
const LEFT = 150;
const WIDTH = 440;

/** How many columns are left after each step of the selection. */
export const selection = {
  name: 'selection',
  from: ['/selection/*/steps'],
  title: 'Columns left after each selection step',
  caption: (results) =>
    `Number of columns after each step, bars on a logarithmic scale; every step fitted on the training cohort (${sizeOf(results, 'training')}).`,
  draw: (results) => {
    const blocks = Object.entries(results.selection);
    if (blocks.length === 0) return { missing: 'the study selects no features' };
    const parts: string[] = [];
    let y = 4;
    blocks.forEach(([block, { steps }], index) => {
      const largest = Math.max(2, ...steps.map(({ count }) => count));
      parts.push(text(14, y + 14, modelName(block), { 'font-weight': 'bold', 'font-size': 11.5 }));
      y += 22;
      for (const { step, count } of steps) {
        // logarithmic by powers of two, so that no elementary function decides about bytes
        const share = count === 0 ? 0 : position(count) / position(largest);
        parts.push(
          text(LEFT - 8, y + 13, step, { 'text-anchor': 'end' }),
          element('rect', {
            x: LEFT,
            y: y + 2,
            width: Math.max(1, WIDTH * share),
            height: ROW - 6,
            fill: modelColour(block, index),
            'fill-opacity': 0.75,
          }),
          text(LEFT + Math.max(1, WIDTH * share) + 6, y + 13, count.toLocaleString('en')),
        );
        y += ROW;
      }
      y += 8;
    });
    return {
      svg: frame(
        results,
        'Columns left after each selection step',
        { width: 720, height: y },
        parts.join(''),
      ),
    };
  },
} satisfies Figure;

/** log2(count) + 1 by linear interpolation between powers of two. */
function position(count: number): number {
  const exponent = 31 - Math.clz32(count);
  return exponent + (count - 2 ** exponent) / 2 ** exponent + 1;
}
