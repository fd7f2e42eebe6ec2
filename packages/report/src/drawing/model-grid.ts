import type * as Plot from '@observablehq/plot';
import type { Cohort, ModelResult, StudyResults } from '@sentinode/study';
import { cohortName, modelName } from '../text/model-names.ts';
import { frame } from './frame.ts';
import { modelColour } from './palette.ts';
import { panel } from './panel.ts';

const SIDE = 280;

/** What one panel of a grid shows. */
export interface GridPanel {
  readonly x: string;
  readonly y: string;
  readonly domain: readonly [number, number];
  readonly marks: Plot.Markish[];
}

/** A panel per model (rows) and cohort (columns). */
export function modelGrid(
  results: StudyResults,
  label: string,
  draw: (model: ModelResult, cohort: Cohort, colour: string) => GridPanel,
): string {
  const body = results.models.flatMap((model, row) =>
    (['training', 'validation'] as const).map((cohort, column) => {
      const { x, y, domain, marks } = draw(model, cohort, modelColour(model.name, row));
      const axis = { labelAnchor: 'center', labelArrow: 'none', ticks: 6 } as const;
      return panel({
        x: column * 360,
        y: row * (SIDE + 12),
        width: 350,
        height: SIDE,
        title: `${modelName(model.name)}, ${cohortName(cohort).toLowerCase()}`,
        options: {
          x: { domain: [0, 1], label: x, ...axis },
          y: { domain: [...domain], label: y, ...axis },
          marks,
        },
      });
    }),
  );
  const size = { width: 720, height: results.models.length * (SIDE + 12) };
  return frame(results, label, size, body.join(''));
}
