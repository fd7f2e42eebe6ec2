import { modelName } from '../../text/model-names.ts';
import { decimal, significant } from '../../text/numbers.ts';
import { sizeOf } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

/** Patients that Riley's criteria ask for, beside those that there are. */
export const sampleSize = {
  name: 'sample-size',
  from: ['/models/*/sampleSize', '/models/*/eventsPerVariable'],
  title: 'Sample size',
  note: (results) => {
    const first = results.models.flatMap((model) => model.sampleSize)[0];
    return first === undefined
      ? ''
      : `Training cohort, ${sizeOf(results, 'training')}. ${first.required.method}; anticipated: ${first.anticipated}. Events per parameter: rarer outcome over parameters, dummies counted. Parameters that were only candidates count too, since the selection looked at all of them.`;
  },
  cells: ({ models }) =>
    models.every((model) => model.sampleSize.length === 0)
      ? { missing: 'no model has a predictor' }
      : {
          columns: [
            'Model',
            'Parameters',
            'Number',
            'Events per parameter',
            'Patients there are',
            'Patients needed',
            'by shrinkage',
            'by optimism in R2',
            'by overall risk',
          ],
          rows: models.flatMap(({ name, sampleSize: sizes }) =>
            sizes.map(({ of, parameters, required, n, events }) => [
              modelName(name),
              of,
              String(parameters),
              significant(Math.min(events, n - events) / parameters, 3),
              String(n),
              String(required.n),
              ...required.criteria.map((value) => decimal(Math.ceil(value), 0)),
            ]),
          ),
        },
} satisfies ReportTable;
