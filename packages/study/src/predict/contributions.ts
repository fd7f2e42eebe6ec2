import { createRandom, type FeatureTable } from '@sentinode/core';
import { linearOf, predictProba } from '@sentinode/learning';
import type { LockedModel } from '../models/locked-model.ts';

/** What each predictor of a patient adds, and by which method. */
export interface Contributions {
  readonly method: 'log-odds against the training mean' | 'Shapley values against the training mean';
  /** In words: unit, reference, and how exact. */
  readonly note: string;
  readonly scale: 'log-odds' | 'probability';
  /** What they are added to: the linear predictor, or the probability, of the training mean. */
  readonly base: number;
  /** By variable; the columns of a factor are one variable. They add up to the patient's value minus the base. */
  readonly values: readonly { readonly variable: string; readonly value: number }[];
  /** Largest standard error of the values; 0 where they are exact. */
  readonly standardError: number;
}

/** Coalitions of so many variables are all tried. */
const EXACT = 10;
/** Orders in which variables enter, each with its reverse, where there are more. */
const ORDERS = 200;

/**
 * Contributions of a patient's predictors. Linear models: coefficient times (predictor - training mean). Others: Shapley
 * values of the probability, a variable that is not in being at its training mean; exact up to ten variables, else the mean
 * over seeded random orders.
 * Source: Shapley 1953; baseline Shapley, Sundararajan and Najmi 2020; orders with their reverse, Mitchell et al. 2022.
 */
export function contributionsOf(model: LockedModel, predictors: Float64Array): Contributions {
  const players = variablesOf(model);
  const linear = linearOf(model.classifier);
  if (linear !== undefined) {
    const mean = model.predictors.map((one) => one.mean);
    return {
      method: 'log-odds against the training mean',
      note: 'change of the log-odds against a patient with the mean of the training cohort in every predictor; exact',
      scale: 'log-odds',
      base: linear.coefficients.reduce((sum, value, j) => sum + value * mean[j]!, linear.intercept),
      values: players.map(({ variable, columns }) => ({
        variable,
        value: columns.reduce((sum, j) => sum + linear.coefficients[j]! * (predictors[j]! - mean[j]!), 0),
      })),
      standardError: 0,
    };
  }
  const exact = players.length <= EXACT;
  const { values, standardError, base } = exact
    ? exactShapley(model, predictors, players)
    : sampledShapley(model, predictors, players);
  return {
    method: 'Shapley values against the training mean',
    note: `change of the probability against a patient with the mean of the training cohort in every predictor, shared out by Shapley's rule; ${exact ? `exact over all ${2 ** players.length} coalitions` : `mean over ${2 * ORDERS} orders, standard error at most ${standardError.toPrecision(2)}`}`,
    scale: 'probability',
    base,
    values: players.map(({ variable }, at) => ({ variable, value: values[at]! })),
    standardError,
  };
}

interface Player {
  readonly variable: string;
  readonly columns: readonly number[];
}

/** Variables with their columns: dummies of a factor belong together. */
export function variablesOf(model: LockedModel): Player[] {
  const players = new Map<string, number[]>();
  const factors = model.clinical.filter((variable) => variable.kind === 'factor').map(({ name }) => name);
  model.predictors.forEach(({ name, kind }, at) => {
    const factor = kind === 'clinical' ? factors.find((one) => name.startsWith(`${one}=`)) : undefined;
    const key = factor ?? name;
    players.set(key, [...(players.get(key) ?? []), at]);
  });
  return [...players].map(([variable, columns]) => ({ variable, columns }));
}

/** Probabilities of rows in which only the variables of each coalition are the patient's. */
function probabilities(
  model: LockedModel,
  predictors: Float64Array,
  players: readonly Player[],
  coalitions: readonly (readonly boolean[])[],
): Float64Array {
  const columns = model.predictors.map(({ mean }) => new Float64Array(coalitions.length).fill(mean));
  players.forEach((player, at) => {
    coalitions.forEach((inside, row) => {
      if (inside[at]) for (const column of player.columns) columns[column]![row] = predictors[column]!;
    });
  });
  const table: FeatureTable = {
    ids: coalitions.map((_, row) => String(row)),
    names: model.predictors.map(({ name }) => name),
    columns,
  };
  return predictProba(model.classifier, table);
}

interface Shares {
  readonly values: readonly number[];
  readonly standardError: number;
  readonly base: number;
}

function exactShapley(model: LockedModel, predictors: Float64Array, players: readonly Player[]): Shares {
  const n = players.length;
  const coalitions = Array.from({ length: 2 ** n }, (_, bits) =>
    players.map((__, at) => ((bits >> at) & 1) === 1),
  );
  const worth = probabilities(model, predictors, players, coalitions);
  const factorial = Array.from({ length: n + 1 }, () => 1);
  for (let k = 1; k <= n; k++) factorial[k] = factorial[k - 1]! * k;
  const values = players.map((_, at) => {
    let sum = 0;
    coalitions.forEach((inside, bits) => {
      if (inside[at]) return;
      const size = inside.filter(Boolean).length;
      const weight = (factorial[size]! * factorial[n - size - 1]!) / factorial[n]!;
      sum += weight * (worth[bits + 2 ** at]! - worth[bits]!);
    });
    return sum;
  });
  return { values, standardError: 0, base: worth[0]! };
}

function sampledShapley(model: LockedModel, predictors: Float64Array, players: readonly Player[]): Shares {
  const random = createRandom(ORDERS, 'shapley orders');
  const orders = Array.from({ length: ORDERS }, () => random.shuffle(players.map((_, at) => at)));
  const both = orders.flatMap((order) => [order, [...order].reverse()]);
  const coalitions = both.flatMap((order) => {
    const inside = players.map(() => false);
    return [
      [...inside],
      ...order.map((at) => {
        inside[at] = true;
        return [...inside];
      }),
    ];
  });
  const worth = probabilities(model, predictors, players, coalitions);
  const gains = players.map(() => [] as number[]);
  both.forEach((order, which) => {
    const start = which * (players.length + 1);
    order.forEach((at, step) => {
      gains[at]!.push(worth[start + step + 1]! - worth[start + step]!);
    });
  });
  const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
  const errors = gains.map((own) => {
    const pairs = Array.from({ length: ORDERS }, (_, pair) => (own[2 * pair]! + own[2 * pair + 1]!) / 2);
    const middle = mean(pairs);
    const variance = pairs.reduce((sum, one) => sum + (one - middle) * (one - middle), 0) / (ORDERS - 1);
    return Math.sqrt(variance / ORDERS);
  });
  return {
    values: gains.map(mean),
    standardError: errors.reduce((most, one) => Math.max(most, one), 0),
    base: worth[0]!,
  };
}
