import { areaUnderCurve, mannWhitney } from '@sentinode/statistics';
import type { AuditCheck, AuditFinding, AuditPatient } from '../audit.ts';

/** Association beyond chance that no study gets by accident. */
const CHANCE = 1e-9;
const STRONG = 0.9;

/** Numbers and words of an id: `R-017b` gives 17, and the words `R` and `b`. */
function partsOf(id: string): { numbers: number[]; words: string } {
  return {
    numbers: (id.match(/\d+/g) ?? []).map(Number),
    words: id.replace(/\d+/g, '#'),
  };
}

function areaOf(
  values: readonly number[],
  marks: readonly (0 | 1)[],
): { area: number; p: number } | undefined {
  const ones = marks.filter((mark) => mark === 1).length;
  if (ones < 5 || marks.length - ones < 5 || new Set(values).size < 2) return undefined;
  const raw = areaUnderCurve(values, marks);
  const { p } = mannWhitney(
    values.filter((_, row) => marks[row] === 1),
    values.filter((_, row) => marks[row] === 0),
  );
  return { area: Math.max(raw, 1 - raw), p };
}

/** Everything that can be read off an id, as numbers: its numbers, whether they are even, and its pattern of words. */
function readings(patients: readonly AuditPatient[]): { what: string; values: number[] }[] {
  const parts = patients.map((patient) => partsOf(patient.id));
  const patterns = [...new Set(parts.map((part) => part.words))];
  const count = Math.min(...parts.map((part) => part.numbers.length));
  const numbers = Array.from({ length: count }, (_, k) => parts.map((part) => part.numbers[k]!));
  return [
    ...numbers.flatMap((values, k) => [
      { what: `the number${count > 1 ? ` (${k + 1} of ${count})` : ''} in the id`, values },
      {
        what: `whether the number${count > 1 ? ` (${k + 1} of ${count})` : ''} in the id is even`,
        values: values.map((value) => value % 2),
      },
    ]),
    ...(patterns.length > 1 && patterns.length <= 10
      ? patterns.map((pattern) => ({
          what: `an id of the form "${pattern}"`,
          values: parts.map((part) => (part.words === pattern ? 1 : 0)),
        }))
      : []),
  ];
}

/** Ids that encode the outcome. */
export const identifiers: AuditCheck = {
  name: 'identifiers',
  looksFor: 'ids that encode the outcome',
  check: ({ patients }) => {
    const outcomes = patients.map((patient) => patient.outcome);
    const found = readings(patients).flatMap(({ what, values }) => {
      const separation = areaOf(values, outcomes);
      return separation !== undefined && separation.area >= STRONG && separation.p < CHANCE
        ? [{ what, area: separation.area }]
        : [];
    });
    if (found.length === 0) return [];
    return [
      {
        code: 'id-encodes-outcome',
        severity: 'warning',
        where: 'ids of the clinical table',
        rows: [],
        message: `The outcome can be told from ${found.map(({ what, area }) => `${what} (AUC ${area.toFixed(3)})`).join(', ')}.`,
        matters:
          'Whoever sees the ids sees the outcomes: masks drawn and features measured with these ids were not blinded. Folds that follow the order of the rows hold one outcome.',
      },
    ];
  },
};

/** Splits that follow an id or a date. */
export const orderedSplit: AuditCheck = {
  name: 'ordered-split',
  looksFor: 'a split that follows an id or a date',
  check: ({ patients }) => {
    const validation = patients.map((patient): 0 | 1 => (patient.cohort === 'validation' ? 1 : 0));
    const dates = [...new Set(patients.flatMap((patient) => Object.keys(patient.dates ?? {})))];
    const candidates = [
      ...readings(patients),
      ...dates.map((name) => ({
        what: `the date ${name}`,
        values: patients.map((patient) => Date.parse(`${patient.dates?.[name] ?? ''}T00:00:00Z`)),
      })),
    ];
    return candidates.flatMap(({ what, values }): AuditFinding[] => {
      const known = values.flatMap((value, row) => (Number.isFinite(value) ? [row] : []));
      const separation = areaOf(
        known.map((row) => values[row]!),
        known.map((row) => validation[row]!),
      );
      if (separation === undefined || separation.area < 0.95 || separation.p > CHANCE) return [];
      return [
        {
          code: 'split-follows-order',
          severity: 'warning',
          where: 'split',
          rows: [],
          message: `The cohorts can be told apart by ${what} (AUC ${separation.area.toFixed(3)}): the split is not random.`,
          matters:
            'A split by time or place answers another question than a random one, and must be called so; a split by an id that follows the outcome or the hospital is biased either way.',
        },
      ];
    });
  },
};
