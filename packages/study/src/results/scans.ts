import type { ScanTable } from '../images/scans/scan-table.ts';

/** A parameter of the images of one visit and sequence. */
export interface ScanParameter {
  readonly visit: string;
  readonly sequence: string;
  readonly parameter: string;
  /** The most frequent first; several mean that patients differ. */
  readonly values: readonly {
    readonly value: string;
    readonly n: number;
    readonly patients: readonly string[];
  }[];
  /** Patients of whom the file does not state it. */
  readonly notStated: number;
}

/** How the images of the patients in the study were acquired. */
export interface ScanSummary {
  readonly source: string;
  readonly patients: number;
  readonly parameters: readonly ScanParameter[];
}

/** Values of every parameter by visit and sequence, patients who are in the study. */
export function summariseScans(
  { source, parameters, scans }: ScanTable,
  patients: readonly string[],
  { visits, sequences }: { readonly visits: readonly string[]; readonly sequences: readonly string[] },
): ScanSummary {
  const known = new Set(patients);
  const rows = visits.flatMap((visit) =>
    sequences.flatMap((sequence) => {
      const own = scans.filter(
        (scan) => scan.visit === visit && scan.sequence === sequence && known.has(scan.patient),
      );
      return parameters.flatMap((parameter): ScanParameter[] => {
        const byValue = new Map<string, string[]>();
        for (const { patient, stated } of own) {
          const value = stated.get(parameter);
          if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), patient]);
        }
        const values = [...byValue]
          .map(([value, of]) => ({ value, n: of.length, patients: of.sort() }))
          .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1));
        const stated = values.reduce((sum, one) => sum + one.n, 0);
        return values.length === 0
          ? []
          : [{ visit, sequence, parameter, values, notStated: patients.length - stated }];
      });
    }),
  );
  return { source, patients: patients.length, parameters: rows };
}
