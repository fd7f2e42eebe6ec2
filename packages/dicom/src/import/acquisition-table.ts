import type { IndexEntry } from './index-entry.ts';

/** A value of an acquisition parameter and how many patients have it. */
export interface ParameterValue {
  readonly value: string;
  readonly patients: number;
}

/** One row of the table that papers put into a supplement: a parameter of one kind of image at one visit. */
export interface AcquisitionRow {
  readonly study: string;
  readonly kind: string;
  readonly parameter: string;
  /** The most frequent first; several mean that patients differ. */
  readonly values: readonly ParameterValue[];
}

const rounded = (value: number, digits: number): string =>
  String(Math.round(value * 10 ** digits) / 10 ** digits);
const number = (value: number | null, digits: number): string | undefined =>
  value === null ? undefined : rounded(value, digits);

const parameters: readonly (readonly [name: string, of: (entry: IndexEntry) => string | undefined])[] = [
  ['manufacturer', ({ acquisition }) => acquisition.manufacturer ?? undefined],
  ['model', ({ acquisition }) => acquisition.model ?? undefined],
  ['field strength, T', ({ acquisition }) => number(acquisition.fieldStrength, 1)],
  ['scanning sequence', ({ acquisition }) => acquisition.scanningSequence ?? undefined],
  ['repetition time, ms', ({ acquisition }) => number(acquisition.repetitionTime, 1)],
  ['echo time, ms', ({ acquisition }) => number(acquisition.echoTime, 2)],
  ['inversion time, ms', ({ acquisition }) => number(acquisition.inversionTime, 1)],
  ['flip angle, degrees', ({ acquisition }) => number(acquisition.flipAngle, 1)],
  ['plane', ({ plane }) => (plane === '' ? undefined : plane)],
  [
    'pixel spacing, mm',
    ({ spacing }) => (spacing === null ? undefined : `${rounded(spacing[0], 3)} x ${rounded(spacing[1], 3)}`),
  ],
  ['distance of slices, mm', ({ spacing }) => (spacing === null ? undefined : rounded(spacing[2], 3))],
  ['slice thickness, mm', ({ acquisition }) => number(acquisition.sliceThickness, 3)],
  ['matrix', ({ size }) => (size === null ? undefined : `${size[0]} x ${size[1]}`)],
  ['slices', ({ slices }) => String(slices)],
];

/** Names of all parameters, in the order of tables. */
export const parameterNames: readonly string[] = [
  ...parameters.map(([name]) => name),
  'b-values, s/mm²',
  'times of phases, s',
];

/**
 * The acquisition parameters of every kind of image and visit, with the number of patients of each value. The volumes
 * of one series count once; b-values and times of phases are listed for the series as a whole.
 */
export function acquisitionTable(entries: readonly IndexEntry[]): AcquisitionRow[] {
  const images = entries.filter(({ file, kind }) => file !== null && kind !== 'mask' && kind !== 'localiser');
  const groups = new Map<string, IndexEntry[]>();
  for (const entry of images) {
    const key = `${entry.study.padStart(6, '0')}|${entry.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => rowsOf(group));
}

/**
 * The parameters of one series that its headers state, by name, from its volumes; b-values and times of phases are
 * listed for the series as a whole.
 */
export function seriesParameters(volumes: readonly IndexEntry[]): Map<string, string> {
  const listed = (of: (entry: IndexEntry) => number | null): string | undefined => {
    const values = [...new Set(volumes.map(of))].filter((value) => value !== null).sort((a, b) => a - b);
    return values.length === 0 ? undefined : values.map((value) => rounded(value, 0)).join(', ');
  };
  const [first] = volumes;
  const all: readonly (readonly [string, string | undefined])[] = [
    ...parameters.map(([name, of]) => [name, of(first)] as const),
    ['b-values, s/mm²', listed(({ bValue }) => bValue)],
    ['times of phases, s', listed(({ seconds }) => seconds)],
  ];
  return new Map(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function rowsOf(group: readonly IndexEntry[]): AcquisitionRow[] {
  const [{ study, kind }] = group;
  const bySeries = new Map<string, IndexEntry[]>();
  for (const entry of group) {
    const key = `${entry.patient}|${entry.series}`;
    bySeries.set(key, [...(bySeries.get(key) ?? []), entry]);
  }
  const series = [...bySeries.values()].map((volumes) => ({
    patient: volumes[0].patient,
    stated: seriesParameters(volumes),
  }));
  return parameterNames.flatMap((parameter) => {
    const patients = new Map<string, Set<string>>();
    for (const { patient, stated } of series) {
      const value = stated.get(parameter);
      if (value !== undefined) patients.set(value, (patients.get(value) ?? new Set()).add(patient));
    }
    const values = [...patients]
      .map(([value, set]) => ({ value, patients: set.size }))
      .sort((a, b) => b.patients - a.patients || (a.value < b.value ? -1 : 1));
    return values.length === 0 ? [] : [{ study, kind, parameter, values }];
  });
}

/** The table as CSV: one line per value. */
export function acquisitionCsv(rows: readonly AcquisitionRow[]): string {
  const lines = rows.flatMap(({ study, kind, parameter, values }) =>
    values.map(({ value, patients }) => [study, kind, parameter, value, String(patients)]),
  );
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[['study', 'kind', 'parameter', 'value', 'patients'], ...lines].map((line) => line.map(cell).join(',')).join('\n')}\n`;
}
