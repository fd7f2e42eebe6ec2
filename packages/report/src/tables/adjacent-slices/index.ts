import type { AdjacentSliceResult } from '@sentinode/study';
import { modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal, interval, pValue } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Models with deep features from the usual slices against features averaged over adjacent ones. */
export const adjacentSlices = {
  name: 'adjacent-slices',
  from: ['/adjacentSlices/comparisons'],
  title: 'Sensitivity to adjacent slices',
  note: ({ adjacentSlices: found }) =>
    found === null
      ? ''
      : `Each model with deep features once more, everything fitted anew, with ${which(found.slices)} Difference: AUC with adjacent minus usual slices on the same patients, paired DeLong 95 % CI, p uncorrected.`,
  cells: ({ adjacentSlices: found }) =>
    found === null
      ? { missing: 'see "Sensitivity to adjacent slices" under what is not computed' }
      : {
          columns: [
            'Model',
            'Patients',
            'n (events)',
            'AUC, usual',
            'AUC, adjacent',
            'Difference',
            '95 % CI',
            'p',
          ],
          rows: found.comparisons.map((one) => [
            modelName(one.model),
            one.rows,
            `${one.n} (${one.events})`,
            aucEstimate(one.usual),
            aucEstimate(one.adjacent),
            decimal(one.difference),
            interval(one.ci),
            pValue(one.p),
          ]),
        },
} satisfies ReportTable;

const which = (slices: AdjacentSliceResult['slices']): string =>
  slices === null
    ? 'the features of the second table.'
    : `features averaged over the slices ${list(slices.offsets)} (usual: ${list(slices.usual)}) from the chosen one, positive towards the head. Where a volume ends before a slice its outermost one is taken again: ${slices.ends.again} of ${slices.ends.of} slices.`;

const list = (offsets: readonly number[]): string =>
  offsets.map((offset) => String(offset).replace('-', '−')).join(', ');
