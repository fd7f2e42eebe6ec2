import type { Proportion } from '@sentinode/statistics';
import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal, estimate, NONE, significant } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

const rate = ({ value, ci }: Pick<Proportion, 'value' | 'ci'>): string =>
  value === null || ci === null ? NONE : estimate(value, ci);

/** AUC and measures at the locked cut-off of every model in both cohorts. */
export const performance = {
  name: 'performance',
  title: 'Performance of the models',
  note: () =>
    'AUC: DeLong 95 % CI. Rates at the cut-off of the training cohort (positive if probability ≥ cut-off): Wilson 95 % CI; F1: percentile interval of a stratified bootstrap.',
  cells: (results) => ({
    columns: [
      'Model',
      'Cohort',
      'n',
      'Events',
      'AUC',
      'Cut-off',
      'Accuracy',
      'Sensitivity',
      'Specificity',
      'PPV',
      'NPV',
      'F1',
      'Brier',
    ],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).map((cohort) => {
        const { n, events, auc, confusion, calibration } = model[cohort];
        return [
          modelName(model.name),
          cohortName(cohort),
          String(n),
          String(events),
          estimate(auc.auc, auc.ci),
          significant(model.threshold),
          ...[
            confusion.accuracy,
            confusion.sensitivity,
            confusion.specificity,
            confusion.ppv,
            confusion.npv,
            confusion.f1,
          ].map(rate),
          decimal(calibration?.brier),
        ];
      }),
    ),
  }),
} satisfies ReportTable;

/** Counts behind the rates. */
export const confusion = {
  name: 'confusion',
  title: 'Counts at the cut-off',
  note: () => 'TP: event called positive; FN: event called negative; FP and TN likewise.',
  cells: (results) => ({
    columns: ['Model', 'Cohort', 'TP', 'FN', 'FP', 'TN'],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).map((cohort) => {
        const { tp, fn, fp, tn } = model[cohort].confusion;
        return [modelName(model.name), cohortName(cohort), ...[tp, fn, fp, tn].map(String)];
      }),
    ),
  }),
} satisfies ReportTable;
