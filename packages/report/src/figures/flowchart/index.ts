import type { FlowStep } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { ink } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { wrap } from '../../drawing/text-width.ts';
import { smallCellsNote } from '../../tables/small-cells.ts';
import { count } from '../../text/numbers.ts';
import type { Figure } from '../figure.ts';

const LINE = 15;
const SIZE = 10.5;
const MAIN = { x: 16, width: 240 };
const SIDE = { x: 300, width: 404 };
const GAP = 22;

interface Block {
  readonly markup: string;
  readonly height: number;
}

function box(x: number, y: number, width: number, lines: readonly string[], fill = '#ffffff'): Block {
  const height = lines.length * LINE + 12;
  const markup = [
    element('rect', { x, y, width, height, rx: 3, fill, stroke: ink, 'stroke-width': 1 }),
    ...lines.map((line, index) => text(x + 8, y + 16 + index * LINE, line, { 'font-size': SIZE })),
  ].join('');
  return { markup, height };
}

function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const horizontal = y1 === y2;
  const head = horizontal ? `M${x2},${y2}l-6,-3.5v7z` : `M${x2},${y2}l-3.5,-6h7z`;
  return (
    element('path', { d: `M${x1},${y1}L${x2},${y2}`, stroke: ink, fill: 'none' }) +
    element('path', { d: head, fill: ink })
  );
}

const counts = ({ n, events }: { n: number; events: number | null }): string =>
  events === null || (Number.isNaN(n) && Number.isNaN(events))
    ? `n = ${count(n)}`
    : `n = ${count(n)}, ${count(events)} ${events === 1 ? 'event' : 'events'}`;

function chart(flow: readonly FlowStep[]): { body: string; height: number } {
  const parts: string[] = [];
  const column = flow.filter(({ label }) => !label.endsWith('cohort'));
  const cohorts = flow.filter(({ label }) => label.endsWith('cohort'));
  let y = 6;
  let previousBottom: number | null = null;
  const centre = MAIN.x + MAIN.width / 2;
  for (const step of column) {
    if (step.excluded.length > 0) {
      const left = step.excluded.reduce((sum, reason) => sum + reason.n, 0);
      const lines = [
        `Excluded (n = ${count(left)})`,
        ...step.excluded.flatMap((reason) =>
          wrap(`${reason.reason}: ${counts(reason)}`, SIDE.width - 28, SIZE).map((line, index) =>
            index === 0 ? `· ${line}` : `  ${line}`,
          ),
        ),
      ];
      const side = box(SIDE.x, y, SIDE.width, lines, '#f6f6f6');
      parts.push(side.markup, arrow(centre, y + side.height / 2, SIDE.x, y + side.height / 2));
      y += side.height + GAP / 2;
    }
    const lines = wrap(`${step.label} (${counts(step)})`, MAIN.width - 16, SIZE);
    if (previousBottom !== null) y = Math.max(y, previousBottom + GAP);
    const main = box(MAIN.x, y, MAIN.width, lines);
    if (previousBottom !== null) parts.push(arrow(centre, previousBottom, centre, y));
    parts.push(main.markup);
    previousBottom = y + main.height;
    y = previousBottom + GAP / 2;
  }
  const top = (previousBottom ?? 0) + 36;
  const middle = top - 18;
  let height = top;
  cohorts.forEach((step, index) => {
    const x = MAIN.x + index * (MAIN.width + 30);
    const lines = wrap(`${step.label} (${counts(step)})`, MAIN.width - 16, SIZE);
    const cell = box(x, top, MAIN.width, lines);
    const target = x + MAIN.width / 2;
    parts.push(
      element('path', {
        d: `M${centre},${previousBottom ?? 0}V${middle}H${target}`,
        stroke: ink,
        fill: 'none',
      }),
      arrow(target, middle, target, top),
      cell.markup,
    );
    height = Math.max(height, top + cell.height);
  });
  return { body: parts.join(''), height: height + 8 };
}

/** Who was screened, who left and why, who is in which cohort. */
export const flowchart = {
  name: 'flowchart',
  from: ['/flow'],
  title: 'Flowchart of patients',
  caption: (results) =>
    `Patients from screening (n = ${count(results.flow[0]?.n ?? 0)}) to the two cohorts. Events: ${results.study.outcome} = ${results.study.positive}, counted where the outcome is known.${smallCellsNote(results)}`,
  draw: (results) => {
    const { body, height } = chart(results.flow);
    return { svg: frame(results, 'Flowchart of patients', { width: 720, height }, body) };
  },
} satisfies Figure;
