import { frame } from '../../drawing/frame.ts';
import { faint, ink, outcomeColours } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { smallCellsNote } from '../../tables/small-cells.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { count, decimal } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const CELL = { width: 104, height: 46 };
const BLOCK = { width: 360, height: 150 };

/** Four counts of one model in one cohort, each with its share of the patients of that outcome. */
function matrix(title: string, counts: readonly (readonly [number, number])[], x: number, y: number): string {
  const left = x + 110;
  const top = y + 40;
  const parts = [
    text(x + 14, y + 15, shorten(title, BLOCK.width - 30, 11.5), {
      'font-weight': 'bold',
      'font-size': 11.5,
    }),
    ...['called positive', 'called negative'].map((head, column) =>
      text(left + (column + 0.5) * CELL.width, top - 7, head, { 'text-anchor': 'middle', 'font-size': 9.5 }),
    ),
  ];
  counts.forEach((row, index) => {
    const total = row[0] + row[1];
    parts.push(
      text(left - 8, top + (index + 0.5) * CELL.height + 4, index === 0 ? 'event' : 'no event', {
        'text-anchor': 'end',
        'font-size': 9.5,
      }),
    );
    row.forEach((n, column) => {
      const share = total > 0 ? n / total : 0;
      const cx = left + (column + 0.5) * CELL.width;
      const cy = top + (index + 0.5) * CELL.height;
      parts.push(
        element('rect', {
          x: left + column * CELL.width,
          y: top + index * CELL.height,
          width: CELL.width,
          height: CELL.height,
          fill: index === column ? outcomeColours[0] : outcomeColours[1],
          'fill-opacity': 0.08 + 0.5 * share,
          stroke: faint,
          'stroke-width': 0.6,
        }),
        text(cx, cy, count(n), {
          'text-anchor': 'middle',
          'font-size': 13,
          'font-weight': 'bold',
          fill: ink,
        }),
        text(cx, cy + 14, !(total > 0) ? '–' : `${decimal(100 * share, 1)} %`, {
          'text-anchor': 'middle',
          'font-size': 9.5,
          fill: ink,
        }),
      );
    });
  });
  return parts.join('');
}

/** Confusion matrices of every model in both cohorts. */
export const confusionMatrices = {
  name: 'confusion-matrices',
  from: ['/models/*/*/confusion'],
  title: 'Confusion matrices',
  caption: (results) =>
    `Patients by outcome (rows) and call at the cut-off of the training cohort (columns), with the share of their row; blue: right, orange: wrong; ${sizes(results)}.${smallCellsNote(results)}`,
  draw: (results) => {
    if (results.models.length === 0) return { missing: 'the study has no model' };
    const body = results.models.flatMap((model, row) =>
      (['training', 'validation'] as const).map((cohort, column) => {
        const { tp, fn, fp, tn } = model[cohort].confusion;
        return matrix(
          `${modelName(model.name)}, ${cohortName(cohort).toLowerCase()}`,
          [
            [tp, fn],
            [fp, tn],
          ],
          column * BLOCK.width,
          row * BLOCK.height,
        );
      }),
    );
    const size = { width: 720, height: BLOCK.height * results.models.length };
    return { svg: frame(results, 'Confusion matrices by model and cohort', size, body.join('')) };
  },
} satisfies Figure;
