import { frame } from '../../drawing/frame.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const LEFT = 290;
const GRID = 400;

/** Blue to white to vermillion. */
function colour(rho: number): string {
  const end = rho < 0 ? [0, 114, 178] : [213, 94, 0];
  const mix = end.map((value) => Math.round(255 + (value - 255) * Math.min(1, Math.abs(rho))));
  return `rgb(${mix.join(',')})`;
}

/** Spearman correlation of the kept predictors. */
export const correlation = {
  name: 'correlation',
  from: ['/correlation'],
  title: 'Correlation of the kept predictors',
  caption: (results) =>
    `Spearman rank correlation of the predictors of the largest model, training cohort, ${sizeOf(results, 'training')}.`,
  draw: (results) => {
    const { correlation: found } = results;
    if (found === null) return { missing: 'fewer than two predictors were kept' };
    const { names, rho } = found;
    const cell = Math.min(34, GRID / names.length);
    const parts: string[] = [];
    names.forEach((name, row) => {
      const y = 8 + row * cell;
      parts.push(
        text(LEFT - 8, y + cell / 2 + 3.5, `${shorten(name, LEFT - 60, 9)}  ${row + 1}`, {
          'text-anchor': 'end',
          'font-size': 9,
        }),
      );
      rho[row]!.forEach((value, column) => {
        const x = LEFT + column * cell;
        parts.push(
          element('rect', {
            x,
            y,
            width: cell - 1,
            height: cell - 1,
            fill: value === null ? '#dddddd' : colour(value),
          }),
        );
        if (cell >= 22)
          parts.push(
            text(x + cell / 2, y + cell / 2 + 3, decimal(value, 2).replace('0.', '.'), {
              'text-anchor': 'middle',
              'font-size': cell >= 30 ? 8.5 : 7,
              fill: value !== null && Math.abs(value) > 0.7 ? '#ffffff' : '#222222',
            }),
          );
      });
    });
    const bottom = 8 + names.length * cell;
    names.forEach((_, column) => {
      parts.push(
        text(LEFT + (column + 0.5) * cell, bottom + 12, String(column + 1), {
          'text-anchor': 'middle',
          'font-size': 9,
        }),
      );
    });
    for (let step = 0; step <= 20; step++) {
      const value = step / 10 - 1;
      parts.push(
        element('rect', { x: LEFT + step * 10, y: bottom + 24, width: 10, height: 9, fill: colour(value) }),
      );
    }
    parts.push(
      text(LEFT - 8, bottom + 32, '−1', { 'text-anchor': 'end', 'font-size': 9 }),
      text(LEFT + 218, bottom + 32, '1', { 'font-size': 9 }),
    );
    return {
      svg: frame(
        results,
        'Spearman correlation of the kept predictors',
        { width: 720, height: bottom + 42 },
        parts.join(''),
      ),
    };
  },
} satisfies Figure;
