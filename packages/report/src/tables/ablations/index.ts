import { modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal, interval, pValue } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

/** What carries the signal: models with less in them against the whole model. */
export const ablations = {
  name: 'ablations',
  from: ['/resampling/ablations'],
  title: 'What carries the signal',
  note: (results) =>
    results.resampling === null
      ? ''
      : `${sizeOf(results, 'training')}; outer folds of the nested cross-validation (${results.resampling.outer}), everything fitted anew in each. AUC of pooled out-of-fold probabilities with DeLong 95 % CI; difference: ablation minus whole model on the same patients, paired DeLong 95 % CI, p uncorrected.`,
  cells: ({ resampling }) =>
    resampling === null || resampling.ablations.length === 0
      ? { missing: 'see "Ablations" under what is not computed' }
      : {
          columns: ['Whole model', 'With less', 'AUC', 'Difference', '95 % CI', 'p'],
          rows: resampling.ablations.map((one) => [
            modelName(one.reference),
            one.what,
            aucEstimate(one.auc),
            decimal(one.difference),
            interval(one.ci),
            pValue(one.p),
          ]),
        },
} satisfies ReportTable;
