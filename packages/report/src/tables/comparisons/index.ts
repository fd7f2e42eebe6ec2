import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal, estimate, interval, pValue } from '../../text/numbers.ts';
import { sentenceCase } from '../../text/sentence-case.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

const ONE_MODEL = 'the study has one model';

/** Bootstrap tests of AUC differences between models. */
export const bootstrapDifferences = {
  name: 'bootstrap-differences',
  from: ['/comparisons/*/auc'],
  title: 'Differences in AUC between models, bootstrap',
  note: (results) => {
    const first = results.comparisons[0]?.auc;
    return first === undefined
      ? ''
      : `${first.resamples} resamples, ${first.sampling}; ${sizes(results)}. Normal p: ${first.normal.definition}. Percentile: ${first.percentile.definition}. Not corrected for the number of comparisons.`;
  },
  cells: ({ comparisons }) =>
    comparisons.length === 0
      ? { missing: ONE_MODEL }
      : {
          columns: ['Cohort', 'Models', 'Difference', 'Percentile 95 % CI', 'D', 'Normal p', 'Percentile p'],
          rows: comparisons.map(({ cohort, a, b, auc }) => [
            cohortName(cohort),
            `${modelName(a)} – ${modelName(b)}`,
            decimal(auc.difference),
            interval(auc.percentile.ci),
            decimal(auc.normal.statistic, 2),
            pValue(auc.normal.p),
            pValue(auc.percentile.p),
          ]),
        },
} satisfies ReportTable;

/** Training minus validation AUC of every model. */
export const trainingMinusValidation = {
  name: 'training-minus-validation',
  from: ['/models/*/trainingMinusValidation', '/models/*/*/auc'],
  title: 'Training minus validation AUC, bootstrap',
  note: (results) => {
    const first = results.models[0]?.trainingMinusValidation;
    return first === undefined
      ? ''
      : `${first.resamples} resamples, ${first.sampling}; ${sizes(results)}. Normal p: ${first.normal.definition}. Percentile: ${first.percentile.definition}.`;
  },
  cells: ({ models }) => ({
    columns: [
      'Model',
      'Training AUC',
      'Validation AUC',
      'Difference',
      'Percentile 95 % CI',
      'Normal p',
      'Percentile p',
    ],
    rows: models.map(({ name, training, validation, trainingMinusValidation: gap }) => [
      modelName(name),
      decimal(training.auc.auc),
      decimal(validation.auc.auc),
      decimal(gap.difference),
      interval(gap.percentile.ci),
      pValue(gap.normal.p),
      pValue(gap.percentile.p),
    ]),
  }),
} satisfies ReportTable;

/** NRI and IDI of every pair of models. */
export const reclassification = {
  name: 'reclassification',
  from: ['/comparisons/*/reclassification', '/comparisons/*/categorical'],
  title: 'Reclassification: NRI and IDI',
  note: (results) => {
    const first = results.comparisons[0];
    return first === undefined
      ? ''
      : `Of the second model against the first; ${sizes(results)}. ${sentenceCase(first.reclassification.method)}${first.categorical === null ? '' : `; categorical: ${first.categorical.method}`}. ${first.reclassification.caution}`;
  },
  cells: ({ comparisons }) =>
    comparisons.length === 0
      ? { missing: ONE_MODEL }
      : {
          columns: [
            'Cohort',
            'Models',
            'NRI, continuous',
            'of events',
            'of others',
            'NRI, categorical',
            'IDI',
            'IDI p',
          ],
          rows: comparisons.map(({ cohort, a, b, reclassification: found, categorical }) => [
            cohortName(cohort),
            `${modelName(b)} against ${modelName(a)}`,
            ...[found.nri, found.nriEvents, found.nriNonEvents].map(({ value, ci }) => estimate(value, ci)),
            estimate(categorical?.nri.value, categorical?.nri.ci),
            estimate(found.idi.value, found.idi.ci),
            pValue(found.idi.p),
          ]),
        },
} satisfies ReportTable;
