import { modelName } from '../../text/model-names.ts';
import { decimal } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** How often resampling kept a predictor. */
export const stability = {
  name: 'stability',
  from: ['/resampling/stability'],
  title: 'How often resampling keeps a predictor',
  note: ({ resampling }) =>
    resampling === null
      ? ''
      : `Share of ${resampling.stability[0]?.resamples ?? 0} outer folds and bootstraps whose own selection keeps the predictor. Principal components are not listed: those of two resamples are different directions.`,
  cells: (results) => {
    if (results.resampling === null)
      return { missing: `the profile ${results.study.profile} does not resample the whole pipeline` };
    const rows = results.resampling.stability.flatMap((one) =>
      one.predictors
        .slice(0, 20)
        .map(({ name, share, kept }) => [
          modelName(one.model),
          name,
          `${decimal(100 * share, 0)} %`,
          kept ? 'yes' : '',
        ]),
    );
    if (rows.length === 0) return { missing: 'no resample keeps a radiomic or clinical predictor' };
    return { columns: ['Model', 'Predictor', 'Kept in', 'In the final model'], rows };
  },
} satisfies ReportTable;
