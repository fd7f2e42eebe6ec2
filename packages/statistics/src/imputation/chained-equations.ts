import { type Random, SentinodeError } from '@sentinode/core';
import { type ContinuousMethod, drawEquation, type Equation, imputeBy } from './equation.ts';
import { codedColumns, codingsOf, type ImputedVariable, type PredictorCoding } from './variables.ts';

/** How missing values are imputed. */
export interface ImputationSettings {
  /** Number of completed data sets. */
  readonly imputations: number;
  /** Rounds through the incomplete variables. */
  readonly iterations: number;
  /** Like patients of whom one gives its value (predictive mean matching). */
  readonly donors: number;
  readonly continuous: ContinuousMethod;
}

/**
 * Fitted chained equations: plain JSON that alone completes new rows. Every variable has an equation, also one that was
 * complete in the rows fitted, as a new row may lack it.
 */
export interface ChainedEquations {
  readonly settings: ImputationSettings;
  readonly names: readonly string[];
  readonly codings: readonly PredictorCoding[];
  /** Observed values of each variable, from which a chain starts. */
  readonly observed: readonly (readonly number[])[];
  /** By imputation, then by variable; drawn after the last round. Empty where an outcome took part: no new row has it. */
  readonly chains: readonly (readonly Equation[])[];
}

/** Completed rows of one imputation: by variable, then by row. */
export type CompletedVariables = readonly Float64Array[];

/**
 * Multiple imputation by chained equations (van Buuren; R `mice`): each round imputes every incomplete variable in order
 * from all others, parameters drawn from their posterior. Continuous variables by predictive mean matching or a linear
 * regression, factors by a (multinomial) logistic regression.
 * @param outcomes a further predictor of every equation, for the estimation of associations; null leaves it out, so that
 * the equations can complete rows whose outcome nobody knows
 * @throws SentinodeError `too-few-rows` for a variable without any value
 */
export function chainedEquations(
  variables: readonly ImputedVariable[],
  outcomes: ArrayLike<number> | null,
  settings: ImputationSettings,
  random: Random,
): { readonly fitted: ChainedEquations; readonly completed: readonly CompletedVariables[] } {
  const observed = variables.map(({ values }) => Array.from(values).filter((value) => !Number.isNaN(value)));
  variables.forEach(({ name, values }, k) => {
    if (observed[k]!.length === 0)
      throw new SentinodeError(
        'too-few-rows',
        `${name} has no value in any of ${values.length} rows, so nothing can be imputed from; take it out of the variables.`,
        { field: name },
      );
  });
  const codings = codingsOf(variables);
  const further = outcomes === null ? [] : [Float64Array.from(outcomes)];
  const runs = Array.from({ length: settings.imputations }, (_, j) =>
    runChain(variables, codings, observed, further, settings, random.fork(`imputation-${j}`)),
  );
  return {
    fitted: {
      settings,
      names: variables.map(({ name }) => name),
      codings,
      observed,
      chains: outcomes === null ? runs.map(({ equations }) => equations) : [],
    },
    completed: runs.map(({ completed }) => completed),
  };
}

function runChain(
  variables: readonly ImputedVariable[],
  codings: readonly PredictorCoding[],
  observed: readonly (readonly number[])[],
  further: readonly Float64Array[],
  settings: ImputationSettings,
  random: Random,
): { completed: Float64Array[]; equations: Equation[] } {
  const gaps = variables.map(({ values }) =>
    Array.from(values.keys()).filter((row) => Number.isNaN(values[row]!)),
  );
  const completed = variables.map(({ values }, k) => {
    const own = Float64Array.from(values);
    for (const row of gaps[k]!) own[row] = observed[k]![random.integer(observed[k]!.length)]!;
    return own;
  });
  const columns = codings.map((coding, k) => codedColumns(coding, completed[k]!));
  const designOf = (k: number): Float64Array[] => [
    ...columns.flatMap((own, other) => (other === k ? [] : own)),
    ...further,
  ];
  const equationOf = (k: number): Equation =>
    drawEquation(variables[k]!.kind, designOf(k), variables[k]!.values, settings, random);
  for (let round = 0; round < settings.iterations; round++)
    variables.forEach((_, k) => {
      const rows = gaps[k]!;
      if (rows.length === 0) return;
      const design = designOf(k).map((column) => Float64Array.from(rows, (row) => column[row]!));
      const values = imputeBy(equationOf(k), design, rows.length, random);
      rows.forEach((row, i) => {
        completed[k]![row] = values[i]!;
      });
      columns[k] = codedColumns(codings[k]!, completed[k]!);
    });
  return { completed, equations: further.length > 0 ? [] : variables.map((_, k) => equationOf(k)) };
}

/**
 * One imputation of a new row from fitted equations: the known values stay, the missing ones are drawn in turn.
 * @param row by variable, NaN where missing
 */
export function completeRow(
  { codings, observed, chains, settings }: ChainedEquations,
  row: ArrayLike<number>,
  imputation: number,
  random: Random,
): Float64Array {
  const completed = Float64Array.from(row);
  const gaps = Array.from(completed.keys()).filter((k) => Number.isNaN(completed[k]!));
  for (const k of gaps) completed[k] = observed[k]![random.integer(observed[k]!.length)]!;
  const rounds = gaps.length > 1 ? settings.iterations : 1;
  for (let round = 0; round < rounds; round++)
    for (const k of gaps) {
      const design = codings.flatMap((coding, other) =>
        other === k ? [] : codedColumns(coding, Float64Array.of(completed[other]!)),
      );
      completed[k] = imputeBy(chains[imputation]![k]!, design, 1, random)[0]!;
    }
  return completed;
}
