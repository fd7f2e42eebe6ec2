import type { StudyResults } from '@sentinode/study';
import { modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal, NONE } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

const absent = (results: StudyResults): string =>
  `the profile ${results.study.profile} does not resample the whole pipeline`;

/** Nested cross-validation of every model. */
export const nested = {
  name: 'nested-cross-validation',
  from: ['/resampling/nested'],
  title: 'Nested cross-validation on training patients',
  note: (results) =>
    results.resampling === null
      ? ''
      : `${sizeOf(results, 'training')}. Outer: ${results.resampling.outer}; inner: ${results.resampling.innerFolds} folds. Selection, tuning and choice of the classifier are made anew in each outer fold. Pooled: out-of-fold probabilities of the first repeat, DeLong 95 % CI.`,
  cells: (results) =>
    results.resampling === null
      ? { missing: absent(results) }
      : {
          columns: ['Model', 'Mean AUC of outer folds', 'SD', 'Folds', 'Pooled AUC', 'Chosen classifiers'],
          rows: results.resampling.nested.map((one) => [
            modelName(one.model),
            decimal(one.mean),
            decimal(one.sd),
            String(one.folds.filter((value) => value !== null).length),
            aucEstimate(one.pooled),
            one.choices.map(({ classifier, count }) => `${classifier} ${count}`).join(', '),
          ]),
        },
} satisfies ReportTable;

/** Optimism of every model by bootstrap. */
export const optimism = {
  name: 'optimism',
  from: ['/optimism', '/resampling/optimism'],
  title: 'Optimism by bootstrap',
  note: (results) =>
    `Harrell: apparent performance minus the mean over bootstraps of (performance on the resample minus performance on the original patients); patients (persons) are drawn with replacement; ${sizeOf(results, 'training')}. Whole pipeline: selection, tuning and choice are made anew in each bootstrap. Partial: only the classifier is fitted anew, its predictors and settings are fixed, so that the optimism of the selection is not in it.`,
  cells: (results) => {
    const all = [...results.optimism, ...(results.resampling?.optimism ?? [])];
    if (all.length === 0) return { missing: 'the study file asks for no bootstraps' };
    return {
      columns: ['Model', 'Scope', 'Measure', 'Apparent', 'Optimism', 'Corrected', 'Bootstraps'],
      rows: results.models.flatMap(({ name }) =>
        all
          .filter((one) => one.model === name)
          .flatMap((one) =>
            (
              [
                ['AUC', one.auc],
                ['Calibration slope', one.slope],
                ['Calibration intercept', one.intercept],
                ['Brier score', one.brier],
              ] as const
            ).map(([measure, value]) => [
              modelName(one.model),
              one.scope,
              measure,
              decimal(value?.apparent),
              decimal(value?.optimism),
              decimal(value?.corrected),
              value === null ? NONE : String(value.n),
            ]),
          ),
      ),
    };
  },
} satisfies ReportTable;
