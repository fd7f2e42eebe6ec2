import type { Cohort } from '@sentinode/study';
import { modelName } from '../../text/model-names.ts';
import { aucEstimate, count, decimal, estimate, NONE, pValue } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

const of = (cohort: Cohort): ReportTable => ({
  name: cohort === 'validation' ? 'subgroups' : 'subgroups-training',
  from: ['/subgroups'],
  title: `Results by subgroup, ${cohort} cohort`,
  ...(cohort === 'training' ? { onlyInFile: true } : {}),
  note: (results) =>
    `${sizeOf(results, cohort)}. AUC: DeLong 95 % CI; a subgroup with one outcome has none, and the interval is not estimable where there is a single patient of an outcome or all pairs are ranked alike; DeLong's interval is an approximation that small subgroups strain. Rates at the cut-off of the model: Wilson 95 % CI. Continuous variables are divided at the median of the training cohort. p: Cochran's Q of the AUCs of a variable that have a variance, not corrected.${smallCellsNote(results)}`,
  cells: (results) => {
    if (results.subgroups.length === 0)
      return { missing: 'the study file declares no clinical variable and no cohort.subgroups' };
    return {
      columns: [
        'Model',
        'Variable',
        'Level',
        'n',
        'Events',
        'AUC',
        'Sensitivity',
        'Specificity',
        'Mean probability − observed',
        'p',
      ],
      rows: results.subgroups.flatMap(({ model, cohort: own, variable, rows, heterogeneity }) => {
        if (own !== cohort) return [];
        return rows.map((row, index) => [
          modelName(model),
          variable,
          row.level,
          count(row.n),
          count(row.events),
          row.auc === null ? NONE : aucEstimate(row.auc),
          estimate(row.sensitivity.value, row.sensitivity.ci),
          estimate(row.specificity.value, row.specificity.ci),
          decimal(row.meanMinusObserved),
          index === 0 ? pValue(heterogeneity?.p) : '',
        ]);
      }),
    };
  },
});

/** Every model by every clinical variable, and by the columns that the study file names: validation patients. */
export const subgroups = of('validation');

/** The same of the training patients. */
export const subgroupsTraining = of('training');
