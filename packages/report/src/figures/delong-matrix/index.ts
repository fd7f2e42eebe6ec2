import type { Cohort, StudyResults } from '@sentinode/study';
import { frame } from '../../drawing/frame.ts';
import { faint, ink } from '../../drawing/palette.ts';
import { element, text } from '../../drawing/svg.ts';
import { shorten } from '../../drawing/text-width.ts';
import { comparisonFamily } from '../../text/comparison-family.ts';
import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal, hasWidth, interval, pValue } from '../../text/numbers.ts';
import { sizeOf, sizes } from '../../text/sizes.ts';
import type { Figure } from '../figure.ts';

const LEFT = 110;
const TOP = 44;
const ROW = 40;
const WIDTH = 720;
const GAP = 20;
const SIZE = 9.5;

/** Blue, the lighter the larger p: told apart in grey as well. */
const shades = [
  [0.001, '#2c7fb8'],
  [0.01, '#7fb8da'],
  [0.05, '#c6dff0'],
] as const;
const shadeOf = (p: number): string => shades.find(([limit]) => p < limit)?.[1] ?? '#ffffff';

interface Cell {
  readonly lines: readonly [string, string?];
  readonly fill: string;
  readonly bold?: boolean;
}

function cellOf(results: StudyResults, cohort: Cohort, row: number, column: number): Cell {
  const [a, b] = [results.models[Math.min(row, column)]!, results.models[Math.max(row, column)]!];
  if (row === column) {
    const { auc, ci, variance } = a[cohort].auc;
    const known = variance !== null && hasWidth(ci);
    return { lines: [decimal(auc), known ? interval(ci) : 'not estimable'], fill: '#eeeeee', bold: true };
  }
  const test = results.delong.find((one) => one.cohort === cohort && one.a === a.name && one.b === b.name)!;
  const p = test.adjusted ?? test.p;
  return row < column
    ? { lines: [decimal(test.difference), interval(test.ci)], fill: '#ffffff' }
    : { lines: [pValue(p)], fill: shadeOf(p) };
}

function matrix(results: StudyResults, cohort: Cohort, y: number): string {
  const width = (WIDTH - LEFT - 14) / results.models.length;
  const parts = [
    text(14, y + 15, `${cohortName(cohort)} (${sizeOf(results, cohort)})`, {
      'font-weight': 'bold',
      'font-size': 11.5,
    }),
    ...results.models.map(({ name }, column) =>
      text(LEFT + (column + 0.5) * width, y + TOP - 8, shorten(modelName(name), width - 6, SIZE), {
        'text-anchor': 'middle',
        'font-size': SIZE,
      }),
    ),
  ];
  results.models.forEach(({ name }, row) => {
    const top = y + TOP + row * ROW;
    parts.push(
      text(LEFT - 8, top + ROW / 2 + 4, shorten(modelName(name), LEFT - 22, SIZE), {
        'text-anchor': 'end',
        'font-size': SIZE,
      }),
    );
    results.models.forEach((_, column) => {
      const { lines, fill, bold } = cellOf(results, cohort, row, column);
      const x = LEFT + column * width;
      parts.push(
        element('rect', { x, y: top, width, height: ROW, fill, stroke: faint, 'stroke-width': 0.6 }),
        ...lines.flatMap((line, at) =>
          line === undefined
            ? []
            : [
                text(
                  x + width / 2,
                  top + (lines.length === 1 ? 24 : 17 + 14 * at),
                  shorten(line, width - 4, SIZE),
                  {
                    'text-anchor': 'middle',
                    'font-size': SIZE,
                    fill: fill === shades[0][1] ? '#ffffff' : ink,
                    ...(bold === true && at === 0 ? { 'font-weight': 'bold' } : {}),
                  },
                ),
              ],
        ),
      );
    });
  });
  return parts.join('');
}

/** Every pair of models in both cohorts. */
export const delongMatrix = {
  name: 'delong-matrix',
  from: ['/delong', '/models/*/*/auc'],
  title: 'DeLong tests of every pair of models',
  caption: (results) =>
    `Diagonal: AUC with 95 % confidence interval. Above: AUC of the row minus that of the column with its interval. Below: ${results.correction === null ? 'p' : 'corrected p'}, shaded below 0.05, 0.01 and 0.001. DeLong test for correlated AUCs; ${sizes(results)}. ${comparisonFamily(results)}`,
  draw: (results) => {
    if (results.delong.length === 0) return { missing: 'the study has one model' };
    const block = TOP + ROW * results.models.length + GAP;
    const body = (['training', 'validation'] as const).map((cohort, at) =>
      matrix(results, cohort, at * block),
    );
    const size = { width: WIDTH, height: 2 * block - GAP + 8 };
    return {
      svg: frame(results, 'DeLong tests of every pair of models in both cohorts', size, body.join('')),
    };
  },
} satisfies Figure;
