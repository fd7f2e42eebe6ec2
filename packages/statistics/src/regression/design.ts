/** A term of a regression: a continuous variable, or a factor that enters as 0/1 columns against its reference. */
export type RegressionTerm =
  | { readonly name: string; readonly kind: 'continuous'; readonly values: ArrayLike<number> }
  | {
      readonly name: string;
      readonly kind: 'factor';
      readonly levels: readonly string[];
      readonly reference: string;
      readonly values: readonly string[];
    };

/** A column of the design with where it comes from. */
export interface DesignColumn {
  /** `(Intercept)`, the variable, or `factor=level`. */
  readonly term: string;
  readonly variable: string;
  readonly level?: string;
  readonly reference?: string;
  readonly values: Float64Array;
}

/** Columns of the terms in order, intercept first; factor levels in the order declared. */
export function designMatrix(terms: readonly RegressionTerm[], rows: number): DesignColumn[] {
  const intercept: DesignColumn = {
    term: '(Intercept)',
    variable: '(Intercept)',
    values: new Float64Array(rows).fill(1),
  };
  return [intercept, ...terms.flatMap(columnsOf)];
}

function columnsOf(term: RegressionTerm): DesignColumn[] {
  if (term.kind === 'continuous')
    return [{ term: term.name, variable: term.name, values: Float64Array.from(term.values) }];
  return term.levels
    .filter((level) => level !== term.reference)
    .map((level) => ({
      term: `${term.name}=${level}`,
      variable: term.name,
      level,
      reference: term.reference,
      values: Float64Array.from(term.values, (value) => (value === level ? 1 : 0)),
    }));
}
