import type { ScanParameter, StudyResults } from '@sentinode/study';
import { count } from '../../text/numbers.ts';
import type { ReportTable, Tabled } from '../report-table.ts';
import { smallCellsNote } from '../small-cells.ts';

/** Patients who are named of a value that differs from the most frequent one; the rest are counted. */
const NAMED = 6;

const none = ({ study }: StudyResults): Tabled => ({
  missing:
    study.source === 'images'
      ? 'the study file names no images.scans (the index.json of import, or scans.csv of arrange)'
      : 'the study does not start from images',
});

/** Scanner and sequence parameters, a column a visit and sequence. */
export const scans = {
  name: 'scans',
  from: ['/scans/parameters'],
  title: 'Acquisition parameters',
  note: (results) =>
    results.scans === null
      ? ''
      : `As the headers of the images state them (${results.scans.source}); ${results.scans.patients} patients, both cohorts. Several values: patients differ, with the number of patients of each, the most frequent first; the table of differences names them.${smallCellsNote(results)}`,
  cells: (results) => {
    const { scans: found } = results;
    if (found === null) return none(results);
    const places = [...new Set(found.parameters.map(placeOf))];
    const names = [...new Set(found.parameters.map(({ parameter }) => parameter))];
    return {
      columns: ['Parameter', ...places],
      rows: names.map((name) => [
        name,
        ...places.map((place) => {
          const own = found.parameters.find((one) => one.parameter === name && placeOf(one) === place);
          return own === undefined ? '–' : valuesOf(own);
        }),
      ]),
    };
  },
} satisfies ReportTable;

const placeOf = ({ visit, sequence }: ScanParameter): string => `${visit} ${sequence}`;

function valuesOf({ values, notStated }: ScanParameter): string {
  const [only] = values;
  if (values.length === 1 && notStated === 0) return only!.value;
  const counted = values.map(({ value, n }) => `${value} (${count(n)})`);
  return [...counted, ...(notStated === 0 ? [] : [`not stated (${count(notStated)})`])].join('; ');
}

/** Patients whose images were acquired otherwise than most. */
export const scanDifferences = {
  name: 'scan-differences',
  from: ['/scans/parameters'],
  title: 'Differences in acquisition',
  note: () =>
    `Every value that is not the most frequent one of its visit and sequence; up to ${NAMED} patients are named.`,
  onlyInFile: true,
  cells: (results) => {
    const { scans: found } = results;
    if (found === null) return none(results);
    const rows = found.parameters.flatMap(({ visit, sequence, parameter, values }) =>
      values
        .slice(1)
        .map(({ value, n, patients }) => [
          visit,
          sequence,
          parameter,
          value,
          values[0]!.value,
          count(n),
          [
            ...patients.slice(0, NAMED),
            ...(patients.length > NAMED ? [`and ${patients.length - NAMED} more`] : []),
          ].join(', '),
        ]),
    );
    return rows.length === 0
      ? { missing: 'all images of a visit and sequence were acquired alike, as far as their headers say' }
      : {
          columns: ['Visit', 'Sequence', 'Parameter', 'Value', 'Most frequent', 'Patients', 'Who'],
          rows,
        };
  },
} satisfies ReportTable;
