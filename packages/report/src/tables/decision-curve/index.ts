import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Net benefit at every threshold. */
export const decisionCurve = {
  name: 'decision-curve',
  title: 'Net benefit by threshold probability',
  note: () => 'Net benefit = true positives / n − false positives / n × threshold / (1 − threshold).',
  onlyInFile: true,
  cells: (results) => ({
    columns: ['Model', 'Cohort', 'Threshold', 'Net benefit', 'All positive', 'All negative'],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).flatMap((cohort) => {
        const { thresholds, model: benefit, all, none } = model[cohort].decision;
        return thresholds.map((threshold, at) => [
          modelName(model.name),
          cohortName(cohort),
          decimal(threshold, 2),
          decimal(benefit[at], 5),
          decimal(all[at], 5),
          decimal(none[at], 5),
        ]);
      }),
    ),
  }),
} satisfies ReportTable;
