import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Net benefit at every threshold. */
export const decisionCurve = {
  name: 'decision-curve',
  from: ['/models/*/*/decision', '/models/*/*/decisionBand'],
  title: 'Net benefit by threshold probability',
  note: ({ models }) =>
    `Net benefit = true positives / n − false positives / n × threshold / (1 − threshold). 95 % band and gain over the better of all and none: ${models[0]?.training.decisionBand.method ?? 'none'}. Avoided: net interventions avoided per 100 patients against all positive.`,
  onlyInFile: true,
  cells: (results) => ({
    columns: [
      'Model',
      'Cohort',
      'Threshold',
      'Net benefit',
      'Low',
      'High',
      'All positive',
      'All negative',
      'Gain low',
      'Gain high',
      'Avoided',
    ],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).flatMap((cohort) => {
        const { thresholds, model: benefit, all, none, interventionsAvoided } = model[cohort].decision;
        const { low, high, gain } = model[cohort].decisionBand;
        return thresholds.map((threshold, at) => [
          modelName(model.name),
          cohortName(cohort),
          decimal(threshold, 2),
          ...[benefit, low, high, all, none, gain.low, gain.high].map((values) => decimal(values[at], 5)),
          decimal(interventionsAvoided[at], 2),
        ]);
      }),
    ),
  }),
} satisfies ReportTable;
