import type { PredictiveValue } from '@sentinode/statistics';
import { cohortName, modelName } from '../../text/model-names.ts';
import { decimal, estimate, NONE } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

const predictive = ({ value, ci }: PredictiveValue): string =>
  value === null ? NONE : ci === null ? decimal(value) : estimate(value, ci);

/** Predictive values and net benefit where the event is more or less frequent. */
export const prevalence = {
  name: 'prevalence',
  from: ['/models/*/*/atPrevalence'],
  title: 'Predictive values and net benefit at other prevalences',
  note: (results) =>
    `At the cut-off of each model, sensitivity and specificity taken as they are in the cohort; ${sizes(results)}. PPV and NPV: ${results.models[0]?.validation.atPrevalence[0]?.method ?? ''}. Net benefit per patient, threshold probability = cut-off.`,
  cells: ({ models }) =>
    models.every((model) => model.validation.atPrevalence.length === 0)
      ? { missing: 'the study file names no statistics.prevalences' }
      : {
          columns: ['Model', 'Cohort', 'Prevalence', 'PPV', 'NPV', 'Net benefit', 'All positive'],
          rows: models.flatMap((model) =>
            (['training', 'validation'] as const).flatMap((cohort) =>
              model[cohort].atPrevalence.map((at) => [
                modelName(model.name),
                cohortName(cohort),
                decimal(at.prevalence, 2),
                predictive(at.ppv),
                predictive(at.npv),
                decimal(at.netBenefit),
                decimal(at.netBenefitAll),
              ]),
            ),
          ),
        },
} satisfies ReportTable;
