import { frame } from '../../drawing/frame.ts';
import { faint, ink, modelColour } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { smallCellsNote } from '../../tables/small-cells.ts';
import { modelName } from '../../text/model-names.ts';
import { aucEstimate, aucInterval, HIDDEN, NONE, pValue } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const ROW = 16;
const LEFT = 200;
const SPAN = 270;
const TOP = 44;

/** Validation AUC of the last model by subgroup, as a forest. */
export const subgroups = {
  name: 'subgroups',
  from: ['/subgroups'],
  title: 'AUC by subgroup',
  caption: (results) =>
    `AUC of the model ${modelName(results.models.at(-1)?.name ?? '')} with DeLong 95 % confidence interval in subgroups of the validation cohort, ${sizeOf(results, 'validation')}; broken line: all of them. p: Cochran's Q, not corrected. Subgroups with one outcome have no AUC.${smallCellsNote(results)}`,
  draw: (results) => {
    const model = results.models.at(-1);
    const found = results.subgroups.filter((one) => one.model === model?.name && one.cohort === 'validation');
    if (model === undefined || found.length === 0)
      return { missing: 'the study file declares no clinical variable and no cohort.subgroups' };
    const x = (auc: number): number => LEFT + SPAN * auc;
    const parts = [
      text(14, 15, `${modelName(model.name)}, validation cohort`, {
        'font-weight': 'bold',
        'font-size': 11.5,
      }),
      text(LEFT + SPAN + 20, 34, 'events / n', { 'font-size': 9 }),
      text(LEFT + SPAN + 84, 34, 'AUC (95 % CI)', { 'font-size': 9 }),
    ];
    let y = TOP;
    for (const { variable, rows, heterogeneity } of found) {
      const p = heterogeneity === null ? '' : ` (p ${pValue(heterogeneity.p)})`;
      parts.push(
        text(14, y + 11, `${shorten(variable, LEFT - 80, 9.5)}${p}`, {
          'font-size': 9.5,
          'font-weight': 'bold',
        }),
      );
      y += ROW;
      rows.forEach(({ level, n, events, auc }) => {
        const middle = y + 7.5;
        parts.push(text(26, y + 11, shorten(level, LEFT - 50, 9.5), { 'font-size': 9.5 }));
        if (Number.isNaN(n)) parts.push(text(LEFT + SPAN + 20, y + 11, HIDDEN, { 'font-size': 9 }));
        else {
          parts.push(
            text(LEFT + SPAN + 20, y + 11, `${events} / ${n}`, { 'font-size': 9 }),
            text(LEFT + SPAN + 84, y + 11, auc === null ? NONE : aucEstimate(auc, 2), {
              'font-size': 9,
            }),
          );
          const limits = auc === null ? undefined : aucInterval(auc);
          if (limits !== undefined)
            parts.push(
              element('path', {
                d: `M${x(limits[0])},${middle}H${x(limits[1])}`,
                stroke: modelColour(model.name, 0),
                'stroke-width': 1.6,
              }),
            );
          if (auc !== null)
            parts.push(
              element('circle', { cx: x(auc.auc), cy: middle, r: 3.4, fill: modelColour(model.name, 0) }),
            );
        }
        y += ROW;
      });
      y += 4;
    }
    const all = model.validation.auc.auc;
    parts.push(
      element('path', { d: `M${x(0)},${y}H${x(1)}`, stroke: ink, 'stroke-width': 0.8 }),
      ...[0, 0.25, 0.5, 0.75, 1].flatMap((tick) => [
        element('path', { d: `M${x(tick)},${y}v4`, stroke: ink, 'stroke-width': 0.8 }),
        text(x(tick), y + 15, String(tick), { 'text-anchor': 'middle', 'font-size': 9 }),
      ]),
      text(x(0.5), y + 29, 'AUC', { 'text-anchor': 'middle', 'font-size': 9.5 }),
      element('path', {
        d: `M${x(0.5)},${TOP - 6}V${y}`,
        stroke: faint,
        'stroke-width': 0.7,
        'stroke-dasharray': '1,3',
      }),
      element('path', {
        d: `M${x(all)},${TOP - 6}V${y}`,
        stroke: ink,
        'stroke-width': 0.8,
        'stroke-dasharray': '4,3',
      }),
    );
    return {
      svg: frame(
        results,
        'AUC by subgroup, validation cohort',
        { width: 720, height: y + 36 },
        parts.join(''),
      ),
    };
  },
} satisfies Figure;
