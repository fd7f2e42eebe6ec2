/** A clinical variable as the study file declares it. */
export type ClinicalVariable =
  | { readonly name: string; readonly kind: 'continuous' }
  | {
      readonly name: string;
      readonly kind: 'factor';
      readonly levels: readonly string[];
      readonly reference: string;
    };

/** Values of the clinical variables of one patient: a number, or the text of a level; null is missing. */
export type ClinicalValues = Readonly<Record<string, number | string | null>>;

/** Clinical variables of all patients of the table. */
export interface ClinicalData {
  readonly variables: readonly ClinicalVariable[];
  readonly values: ReadonlyMap<string, ClinicalValues>;
}

/** Values of one variable for the ids given, in that order. */
export function valuesOf(
  data: ClinicalData,
  ids: readonly string[],
  variable: string,
): (number | string | null)[] {
  return ids.map((id) => data.values.get(id)?.[variable] ?? null);
}
