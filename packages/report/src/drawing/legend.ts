import { modelName } from '../text/model-names.ts';
import { modelColour, modelDash } from './palette.ts';
import { element, text } from './svg.ts';
import { textWidth } from './text-width.ts';

/** A line of the legend: name, colour, dash pattern. */
export type LegendKey = readonly [name: string, colour: string, dash: string];

/** Lines of the models, and of what stands beside them, in one row. */
export function modelLegend(
  models: readonly string[],
  further: readonly LegendKey[] = [],
): { readonly svg: string; readonly height: number } {
  const keys = [
    ...models.map((name, index): LegendKey => [modelName(name), modelColour(name, index), modelDash(name)]),
    ...further,
  ];
  let x = 48;
  const parts = keys.map(([name, colour, dash]) => {
    const at = x;
    x += 40 + textWidth(name, 10);
    return (
      element('path', { d: `M${at},12h20`, stroke: colour, 'stroke-width': 2, 'stroke-dasharray': dash }) +
      text(at + 25, 15.5, name, { 'font-size': 10 })
    );
  });
  return { svg: parts.join(''), height: 24 };
}
