import type { AgreementSummary, ReaderMasks, StudyResults } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { ink, modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { decimal } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 18;
const LEFT = 150;
const WIDTH = 300;
const x = (value: number): number => LEFT + WIDTH * Math.max(0, Math.min(1, value));

/** Agreement of the readers by feature class, sequence and visit. */
export const agreement = {
  name: 'agreement',
  from: ['/agreement/groups', '/readerMasks/groups'],
  title: 'Agreement of the readers',
  caption: (results) => [featureCaption(results), maskCaption(results)].filter((one) => one !== '').join(' '),
  draw: (results) => {
    const { agreement: found, readerMasks: masks } = results;
    if (found === null && masks === null)
      return { missing: 'neither features nor masks of two readers were given' };
    const features = found === null ? { body: '', height: 0 } : featureBars(found);
    const overlap = masks === null ? { body: '', height: 0 } : maskBars(masks, features.height);
    const size = { width: 720, height: features.height + overlap.height + 4 };
    return { svg: frame(results, 'Agreement of the readers', size, features.body + overlap.body) };
  },
} satisfies Figure;

function featureCaption(results: StudyResults): string {
  const { agreement: found } = results;
  return found === null
    ? ''
    : `Median intraclass correlation ${found.form} of the radiomic features between the readers, and how many reach ${decimal(found.minimum, 2)} (broken line); training cohort, ${sizeOf(results, 'training')}.`;
}

const maskCaption = ({ readerMasks: masks }: StudyResults): string =>
  masks === null
    ? ''
    : `Dice of both readers' masks: median (bar) and quartiles (line), ${masks.patients} training patients.`;

function heading(y: number, ...[title, ...columns]: readonly [string, string, string]): string {
  return [
    text(14, y + 14, title, { 'font-weight': 'bold', 'font-size': 11.5 }),
    ...columns.map((column, at) => text(LEFT + WIDTH + 20 + 60 * at, y + 14, column, { 'font-size': 9.5 })),
  ].join('');
}

/** A bar from 0 to a value between 0 and 1, with what stands beside it. */
function bar(y: number, name: string, value: number | null, ...beside: readonly [string, string]): string {
  const place = { y: y + 3, height: ROW - 7 };
  return [
    text(LEFT - 8, y + 12, shorten(name, LEFT - 20, 11), { 'text-anchor': 'end' }),
    element('rect', { x: LEFT, width: WIDTH, fill: '#eeeeee', ...place }),
    ...(value === null
      ? []
      : [
          element('rect', {
            x: LEFT,
            width: x(value) - LEFT,
            fill: modelColour('radiomics', 0),
            'fill-opacity': 0.8,
            ...place,
          }),
        ]),
    ...beside.map((words, at) => text(LEFT + WIDTH + 20 + 60 * at, y + 12, words, { 'font-size': 9.5 })),
  ].join('');
}

function featureBars({ groups, minimum }: AgreementSummary): { body: string; height: number } {
  const parts: string[] = [];
  let y = 4;
  for (const by of ['class', 'sequence', 'visit'] as const) {
    const own = groups.filter((group) => group.by === by);
    if (own.length === 0) continue;
    parts.push(heading(y, `By ${by}`, 'median', 'kept of columns'));
    y += 20;
    for (const { name, columns, median, kept } of own) {
      const share = `${kept} of ${columns} (${decimal((100 * kept) / columns, 1)} %)`;
      parts.push(bar(y, name, median, decimal(median), share));
      y += ROW;
    }
    y += 8;
  }
  parts.push(
    element('path', { d: `M${x(minimum)},20V${y - 8}`, stroke: '#222222', 'stroke-dasharray': '4,3' }),
  );
  return { body: parts.join(''), height: y };
}

function maskBars({ groups }: ReaderMasks, top: number): { body: string; height: number } {
  const own = groups.filter(({ by }) => by === 'visit and sequence');
  const parts = [heading(top, 'Dice of masks', 'median', '[quartiles], images')];
  own.forEach(({ name, images, dice: { median, q1, q3 } }, at) => {
    const y = top + 20 + at * ROW;
    parts.push(
      bar(y, name, median, decimal(median), `[${decimal(q1)}–${decimal(q3)}], ${images}`),
      element('path', { d: `M${x(q1)},${y + 8.5}H${x(q3)}`, stroke: ink, 'stroke-width': 1.4 }),
    );
  });
  return { body: parts.join(''), height: 24 + own.length * ROW };
}
