import type { Proportion } from '@sentinode/statistics';
import { cohortName, modelName } from '../../text/model-names.ts';
import { aucEstimate, count, estimate, NONE, significant } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

const rate = ({ value, ci }: Pick<Proportion, 'value' | 'ci'>): string =>
  value === null || ci === null ? NONE : estimate(value, ci);

/** AUC and measures at the locked cut-off of every model in both cohorts. */
export const performance = {
  name: 'performance',
  from: ['/models/*/threshold', '/models/*/*/auc', '/models/*/*/confusion'],
  title: 'Performance of the models',
  note: (results) =>
    `${sizes(results)}. AUC: DeLong 95 % CI. Rates at the cut-off of the training cohort (positive if probability ≥ cut-off): Wilson 95 % CI; F1: percentile interval of a stratified bootstrap.${smallCellsNote(results)}`,
  cells: (results) => ({
    columns: [
      'Model',
      'Cohort',
      'AUC',
      'Cut-off',
      'Accuracy',
      'Sensitivity',
      'Specificity',
      'PPV',
      'NPV',
      'F1',
    ],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).map((cohort) => {
        const { auc, confusion } = model[cohort];
        return [
          modelName(model.name),
          cohortName(cohort),
          aucEstimate(auc),
          significant(model.threshold),
          ...[
            confusion.accuracy,
            confusion.sensitivity,
            confusion.specificity,
            confusion.ppv,
            confusion.npv,
            confusion.f1,
          ].map(rate),
        ];
      }),
    ),
  }),
} satisfies ReportTable;

/** Counts behind the rates. */
export const confusion = {
  name: 'confusion',
  from: ['/models/*/*/confusion'],
  title: 'Counts at the cut-off',
  note: (results) =>
    `TP: event called positive; FN: event called negative; FP and TN likewise.${smallCellsNote(results)}`,
  cells: (results) => ({
    columns: ['Model', 'Cohort', 'TP', 'FN', 'FP', 'TN'],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).map((cohort) => {
        const { tp, fn, fp, tn } = model[cohort].confusion;
        return [modelName(model.name), cohortName(cohort), ...[tp, fn, fp, tn].map(count)];
      }),
    ),
  }),
} satisfies ReportTable;
