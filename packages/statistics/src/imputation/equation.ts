import type { Random } from '@sentinode/core';
import { independentColumns } from '../linear-algebra/independent-columns.ts';
import { donorOrder, nearestDonors } from './donors.ts';
import { drawLinear, fitLinear } from './linear-model.ts';
import { augmented, drawMultinomial, fitMultinomial, multinomialProbabilities } from './multinomial.ts';

/** How a continuous variable is imputed: by values of like patients, or by the regression with normal noise. */
export type ContinuousMethod = 'pmm' | 'linear';

/**
 * The imputation model of one variable with parameters drawn from their posterior: plain JSON that alone imputes rows.
 * Coefficients are those of the design of the other variables, 0 for columns that depend on earlier ones.
 */
export type Equation =
  | {
      readonly method: 'pmm';
      readonly coefficients: readonly number[];
      /** Observed rows by ascending prediction (estimated coefficients), and their values. */
      readonly predictions: readonly number[];
      readonly donors: readonly number[];
      readonly count: number;
    }
  | { readonly method: 'linear'; readonly coefficients: readonly number[]; readonly sigma: number }
  | {
      readonly method: 'logistic';
      /** Levels that were observed, as numbers of the variable. */
      readonly levels: readonly number[];
      /** By level but the first, then by column. */
      readonly coefficients: readonly number[];
    };

/**
 * Fits a variable on the rows where it is known and draws the parameters.
 * @param design predictors without the intercept, all rows, complete
 * @param values NaN where missing
 */
export function drawEquation(
  kind: 'continuous' | 'factor',
  design: readonly Float64Array[],
  values: Float64Array,
  settings: { readonly continuous: ContinuousMethod; readonly donors: number },
  random: Random,
): Equation {
  const known = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  const ones = new Float64Array(known.length).fill(1);
  const own = design.map((column) => Float64Array.from(known, (row) => column[row]!));
  const independent = independentColumns([ones, ...own]);
  const used = [ones, ...own].filter((_, j) => independent[j]);
  const widened = (coefficients: Float64Array): number[] => {
    let position = 0;
    return independent.map((isUsed) => (isUsed ? coefficients[position++]! : 0));
  };
  if (kind === 'factor') {
    const levels = [...new Set(known.map((row) => values[row]!))].sort((a, b) => a - b);
    if (levels.length === 1) return { method: 'logistic', levels, coefficients: [] };
    const codes = values.map((value) => levels.indexOf(value));
    const rows = augmented(
      design.filter((_, j) => independent[j + 1]),
      codes,
      levels.length,
      known,
    );
    const drawn = drawMultinomial(fitMultinomial(rows, levels.length), random);
    const p = used.length;
    return {
      method: 'logistic',
      levels,
      coefficients: levels.slice(1).flatMap((_, level) => widened(drawn.slice(level * p, (level + 1) * p))),
    };
  }
  const observed = known.map((row) => values[row]!);
  const model = fitLinear(used, observed);
  const drawn = drawLinear(model, random);
  if (settings.continuous === 'linear')
    return { method: 'linear', coefficients: widened(drawn.coefficients), sigma: drawn.sigma };
  const predictions = new Float64Array(known.length);
  used.forEach((column, j) => {
    for (let i = 0; i < predictions.length; i++) predictions[i]! += column[i]! * model.coefficients[j]!;
  });
  const order = Array.from(donorOrder(predictions, random));
  return {
    method: 'pmm',
    coefficients: widened(drawn.coefficients),
    predictions: order.map((i) => predictions[i]!),
    donors: order.map((i) => observed[i]!),
    count: settings.donors,
  };
}

/**
 * Draws a value for each row of a design.
 * @param design predictors without the intercept, rows to be imputed
 */
export function imputeBy(
  equation: Equation,
  design: readonly Float64Array[],
  rows: number,
  random: Random,
): Float64Array {
  if (equation.method === 'logistic') {
    const { levels, coefficients } = equation;
    if (levels.length === 1) return new Float64Array(rows).fill(levels[0]!);
    const columns = [new Float64Array(rows).fill(1), ...design];
    const probabilities = multinomialProbabilities(columns, coefficients, levels.length);
    return Float64Array.from({ length: rows }, (_, row) => {
      let rest = random.uniform();
      for (let level = levels.length - 1; level > 0; level--) {
        rest -= probabilities[row * levels.length + level]!;
        if (rest < 0) return levels[level]!;
      }
      return levels[0]!;
    });
  }
  const { coefficients } = equation;
  const predicted = new Float64Array(rows).fill(coefficients[0]!);
  design.forEach((column, j) => {
    for (let i = 0; i < rows; i++) predicted[i]! += column[i]! * coefficients[j + 1]!;
  });
  if (equation.method === 'linear') return predicted.map((value) => value + equation.sigma * random.normal());
  return predicted.map((target) => {
    const near = nearestDonors(equation.predictions, target, equation.count);
    return equation.donors[near[random.integer(near.length)]!]!;
  });
}
