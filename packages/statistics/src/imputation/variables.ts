/** A variable to be imputed, or to impute others from. Rows in the order of all variables. */
export type ImputedVariable =
  | {
      readonly name: string;
      readonly kind: 'continuous';
      /** NaN is missing. */
      readonly values: Float64Array;
    }
  | {
      readonly name: string;
      readonly kind: 'factor';
      readonly levels: readonly string[];
      /** Level of each row as a number from 0; NaN is missing. */
      readonly values: Float64Array;
    };

/** What a variable adds to the design of the others: a scaled column, or a 0/1 column per level but the first. */
export type PredictorCoding =
  | { readonly kind: 'continuous'; readonly centre: number; readonly scale: number }
  | { readonly kind: 'factor'; readonly levels: number };

/** Codings of variables, from their observed values. */
export function codingsOf(variables: readonly ImputedVariable[]): PredictorCoding[] {
  return variables.map((variable): PredictorCoding => {
    if (variable.kind === 'factor') return { kind: 'factor', levels: variable.levels.length };
    const known = variable.values.filter((value) => !Number.isNaN(value));
    const centre = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const squares = known.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    const scale = Math.sqrt(squares / Math.max(1, known.length));
    return { kind: 'continuous', centre, scale: scale > 0 ? scale : 1 };
  });
}

/** Columns of a completed variable for the rows given. */
export function codedColumns(coding: PredictorCoding, values: Float64Array): Float64Array[] {
  if (coding.kind === 'continuous') return [values.map((value) => (value - coding.centre) / coding.scale)];
  return Array.from({ length: coding.levels - 1 }, (_, level) =>
    values.map((value) => (value === level + 1 ? 1 : 0)),
  );
}
