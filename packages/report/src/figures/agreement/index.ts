import { frame } from '../../drawing/frame.ts';
import { modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 18;
const LEFT = 150;
const WIDTH = 300;

/** Agreement of the readers by feature class, sequence and visit. */
export const agreement = {
  name: 'agreement',
  title: 'Agreement of the readers',
  caption: (results) =>
    `Median intraclass correlation ${results.agreement?.form ?? ''} of the radiomic features between the readers, and how many reach ${decimal(results.agreement?.minimum, 2)}; training cohort, ${sizeOf(results, 'training')}.`,
  draw: (results) => {
    const { agreement: found } = results;
    if (found === null) return { missing: 'features of two readers were not given' };
    const parts: string[] = [];
    let y = 4;
    for (const by of ['class', 'sequence', 'visit'] as const) {
      const groups = found.groups.filter((group) => group.by === by);
      if (groups.length === 0) continue;
      parts.push(
        text(14, y + 14, `By ${by}`, { 'font-weight': 'bold', 'font-size': 11.5 }),
        text(LEFT + WIDTH + 20, y + 14, 'median', { 'font-size': 9.5 }),
        text(LEFT + WIDTH + 80, y + 14, 'kept of columns', { 'font-size': 9.5 }),
      );
      y += 20;
      for (const { name, columns, median, kept } of groups) {
        parts.push(
          text(LEFT - 8, y + 12, name, { 'text-anchor': 'end' }),
          element('rect', { x: LEFT, y: y + 3, width: WIDTH, height: ROW - 7, fill: '#eeeeee' }),
        );
        if (median !== null)
          parts.push(
            element('rect', {
              x: LEFT,
              y: y + 3,
              width: WIDTH * Math.max(0, Math.min(1, median)),
              height: ROW - 7,
              fill: modelColour('radiomics', 0),
              'fill-opacity': 0.8,
            }),
          );
        parts.push(
          text(LEFT + WIDTH + 20, y + 12, decimal(median), { 'font-size': 9.5 }),
          text(LEFT + WIDTH + 80, y + 12, `${kept} of ${columns} (${decimal((100 * kept) / columns, 1)} %)`, {
            'font-size': 9.5,
          }),
        );
        y += ROW;
      }
      y += 8;
    }
    const line = LEFT + WIDTH * found.minimum;
    parts.push(element('path', { d: `M${line},20V${y - 8}`, stroke: '#222222', 'stroke-dasharray': '4,3' }));
    return { svg: frame(results, 'Agreement of the readers', { width: 720, height: y }, parts.join('')) };
  },
} satisfies Figure;
