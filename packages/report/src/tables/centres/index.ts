import { cohortName, modelName } from '../../text/model-names.ts';
import { aucEstimate, count, decimal, estimate, NONE, pValue } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

/** Discrimination by hospital. */
export const centres = {
  name: 'centres',
  from: ['/models/*/*/byCentre'],
  title: 'Results by centre',
  note: (results) =>
    `${sizes(results)}. AUC: DeLong 95 % CI; a centre with one outcome has none, and the interval is not estimable where there is a single patient of an outcome or all pairs are ranked alike. Within centres: pairs of patients of one centre only, AUCs weighted by their pairs. Heterogeneity: Cochran's Q of the AUCs.${smallCellsNote(results)}`,
  cells: ({ models }) =>
    models.every((model) => model.validation.byCentre === null)
      ? { missing: 'the study file names no cohort.centre' }
      : {
          columns: ['Model', 'Cohort', 'Centre', 'n', 'Events', 'AUC', 'Mean probability − observed'],
          rows: models.flatMap((model) =>
            (['training', 'validation'] as const).flatMap((cohort) => {
              const found = model[cohort].byCentre;
              if (found === null) return [];
              const start = [modelName(model.name), cohortName(cohort)];
              const { within, heterogeneity } = found;
              return [
                ...found.centres.map(({ centre, n, events, auc, meanMinusObserved }) => [
                  ...start,
                  centre,
                  count(n),
                  count(events),
                  auc === null ? NONE : aucEstimate(auc),
                  decimal(meanMinusObserved),
                ]),
                [
                  ...start,
                  heterogeneity === null
                    ? 'within centres'
                    : `within centres (Q p ${pValue(heterogeneity.p)})`,
                  String(found.n),
                  String(found.events),
                  within === null
                    ? NONE
                    : within.ci === null
                      ? decimal(within.auc)
                      : estimate(within.auc, within.ci),
                  NONE,
                ],
              ];
            }),
          ),
        },
} satisfies ReportTable;
