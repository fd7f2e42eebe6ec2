import { cohortName, modelName } from '../../text/model-names.ts';
import { count, decimal, estimate, NONE } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

/** Slope, intercept and distances of the calibration curve. */
export const calibration = {
  name: 'calibration',
  from: ['/models/*/*/calibration'],
  title: 'Calibration',
  note: () =>
    'Slope and intercept of the logistic recalibration and calibration in the large, with 95 % CI; distances of the lowess curve from the diagonal.',
  cells: (results) => ({
    columns: ['Model', 'Cohort', 'Slope', 'Intercept', 'In the large', 'Brier', 'Eavg', 'E50', 'E90', 'Emax'],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).map((cohort) => {
        const found = model[cohort].calibration;
        const head = [modelName(model.name), cohortName(cohort)];
        if (found === null) return [...head, 'not computed', ...new Array<string>(7).fill(NONE)];
        return [
          ...head,
          ...[found.slope, found.intercept, found.inTheLarge].map(({ value, ci }) => estimate(value, ci, 2)),
          ...[found.brier, found.eAvg, found.e50, found.e90, found.eMax].map((distance) => decimal(distance)),
        ];
      }),
    ),
  }),
} satisfies ReportTable;

/** Groups of tenths by predicted probability. */
export const calibrationDeciles = {
  name: 'calibration-deciles',
  from: ['/models/*/*/calibration/deciles'],
  title: 'Calibration by tenths of predicted probability',
  note: (results) => `Observed share with Wilson 95 % interval.${smallCellsNote(results)}`,
  onlyInFile: true,
  cells: (results) => ({
    columns: ['Model', 'Cohort', 'Group', 'n', 'Events', 'Mean predicted', 'Observed', 'CI low', 'CI high'],
    rows: results.models.flatMap((model) =>
      (['training', 'validation'] as const).flatMap((cohort) =>
        (model[cohort].calibration?.deciles ?? []).map(({ n, events, predicted, observed }, index) => [
          modelName(model.name),
          cohortName(cohort),
          String(index + 1),
          count(n),
          count(events),
          decimal(predicted, 4),
          decimal(observed.value, 4),
          decimal(observed.ci?.[0], 4),
          decimal(observed.ci?.[1], 4),
        ]),
      ),
    ),
  }),
} satisfies ReportTable;
