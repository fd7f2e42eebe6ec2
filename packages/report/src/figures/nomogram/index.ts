import type { Nomogram } from '@sentinode/statistics';
import type { ModelResult, StudyResults } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { ink } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten, textWidth } from '../../drawing/text-width.ts';
import { modelName } from '../../text/model-names.ts';
import { decimal, significant } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const LEFT = 230;
const RIGHT = 700;
const ROW = 34;
const SMALL = 8.5;

interface Axis {
  readonly label: string;
  readonly most: number;
  /** Levels of a factor rather than numbers. */
  readonly isWords?: boolean;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** The linear model with the most predictors that has a nomogram. */
function largest({ models }: StudyResults): (ModelResult & { readonly nomogram: Nomogram }) | undefined {
  return models
    .flatMap((model) => (model.nomogram === null ? [] : [{ ...model, nomogram: model.nomogram }]))
    .reduce<(ModelResult & { readonly nomogram: Nomogram }) | undefined>(
      (most, model) =>
        most === undefined || model.predictors.length > most.predictors.length ? model : most,
      undefined,
    );
}

function axesOf({ axes, totalPoints, risks }: Nomogram): Axis[] {
  const most = totalPoints[totalPoints.length - 1]!;
  return [
    {
      label: 'Points',
      most: 100,
      ticks: Array.from({ length: 11 }, (_, k) => ({ at: 10 * k, text: String(10 * k) })),
    },
    ...axes.map(({ variable, ticks }) => ({
      label: variable,
      most: 100,
      isWords: ticks.some(({ value }) => typeof value !== 'number'),
      ticks: ticks.map(({ value, points }) => ({
        at: points,
        text: typeof value === 'number' ? significant(value) : value,
      })),
    })),
    {
      label: 'Total points',
      most,
      ticks: totalPoints.map((points) => ({ at: points, text: String(points) })),
    },
    {
      label: 'Probability of the event',
      most,
      ticks: risks.map(({ risk, points }) => ({ at: points, text: String(risk) })),
    },
  ];
}

/** Shorter than this an axis has no room for labels below its ticks. */
const SHORT = 46;
/** Ticks nearer than this are one blot. */
const NEAREST = 3;

/** A line with its ticks; a number that would lie on the one before it is left out, words stand beside the axis then. */
function axis({ label, most, ticks, isWords }: Axis, y: number): string {
  const x = (points: number): number => LEFT + ((RIGHT - LEFT) * points) / most;
  const sorted = [...ticks].sort((a, b) => a.at - b.at);
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  if (first === undefined || last === undefined) return text(14, y + 4, shorten(label, LEFT - 40, 10));
  const places = placed(sorted, x);
  const beside = x(last.at) - x(first.at) < SHORT || (isWords && places.some(({ shown }) => !shown));
  let drawn = Number.NEGATIVE_INFINITY;
  const marks = places.map(({ at, words, shown }) => {
    const near = x(at) - drawn < NEAREST && at !== last.at;
    if (!near) drawn = x(at);
    return (
      (near ? '' : element('path', { d: `M${x(at).toFixed(1)},${y}v4`, stroke: ink, 'stroke-width': 0.8 })) +
      (shown && !beside ? text(x(at), y + 14, words, { 'font-size': SMALL, 'text-anchor': 'middle' }) : '')
    );
  });
  if (beside) {
    const said = isWords
      ? sorted.map(({ at, text: raw }) => `${raw} ${decimal(at, 1)}`).join(', ')
      : `${first.text} to ${last.text}: ${decimal(first.at, 1)} to ${decimal(last.at, 1)} points`;
    const left = x(last.at) + 10;
    marks.push(text(left, y + 4, shorten(said, RIGHT - left, SMALL), { 'font-size': SMALL }));
  }
  return (
    text(14, y + 4, shorten(label, LEFT - 40, 10), { 'font-size': 10 }) +
    element('path', {
      d: `M${x(first.at).toFixed(1)},${y}H${x(last.at).toFixed(1)}`,
      stroke: ink,
      'stroke-width': 0.8,
    }) +
    marks.join('')
  );
}

/** Ticks from left to right, and which labels fit below them. */
function placed(
  sorted: Axis['ticks'],
  x: (points: number) => number,
): { readonly at: number; readonly words: string; readonly shown: boolean }[] {
  let free = Number.NEGATIVE_INFINITY;
  return sorted.map(({ at, text: raw }) => {
    const words = shorten(raw, 110, SMALL);
    const half = textWidth(words, SMALL) / 2;
    const shown = x(at) - half >= free;
    if (shown) free = x(at) + half + 3;
    return { at, words, shown };
  });
}

/** Points of every predictor of the largest linear model. */
export const nomogram = {
  name: 'nomogram',
  from: ['/models/*/nomogram'],
  title: 'Nomogram of the largest linear model',
  caption: (results) =>
    `Each predictor gives points, their total the probability; the longest axis has 100 points. Image features as z-scores, clinical variables in their own unit; where an axis is short, its values and their points stand beside it. Fitted on the training cohort, ${sizeOf(results, 'training')}. All points of all linear models stand in tables/nomogram.csv.`,
  draw: (results) => {
    const model = largest(results);
    if (model === undefined) return { missing: 'no model is linear with a predictor' };
    const axes = axesOf(model.nomogram);
    const title = text(14, 16, `${modelName(model.name)} (${model.predictors.length} predictors)`, {
      'font-weight': 'bold',
      'font-size': 11.5,
    });
    const body = axes.map((one, k) => axis(one, 42 + k * ROW));
    return {
      svg: frame(
        results,
        'Nomogram of the largest linear model',
        { width: 720, height: 42 + axes.length * ROW },
        title + body.join(''),
      ),
    };
  },
} satisfies Figure;
