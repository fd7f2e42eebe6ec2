import { type FeatureTable, selectColumns } from '@sentinode/core';
import { z } from 'zod';
import type { FittedStep, Step } from '../../estimator.ts';
import { product } from '../../linear-algebra/product.ts';
import { requireTrainable } from '../selection.ts';
import { fitPca, type PcaState } from './fit-pca.ts';

const options = z.strictObject({ components: z.number().int().positive().default(128) });

/**
 * Principal components, exact: centred, not scaled; min(components, rank) of them; the largest absolute loading of
 * each is positive.
 */
export const pca = {
  name: 'pca',
  options,
  fit: (table, { components }): FittedStep<PcaState> => {
    requireTrainable('pca', table);
    const state = fitPca(table.columns, table.ids.length, components);
    const output = state.loadings.map((_, index) => `PC${index + 1}`);
    const explained = state.share.reduce((sum, value) => sum + value, 0);
    const note = `${output.length} components (asked for ${components}, rank ${state.rank}) hold ${(100 * explained).toFixed(1)} % of the variance`;
    return {
      step: 'pca',
      options: { components },
      rows: [...table.ids],
      input: [...table.names],
      output,
      note,
      details: {},
      state,
    };
  },
  transform: (fitted, table): FeatureTable => {
    const { centre, loadings } = fitted.state as PcaState;
    const chosen = selectColumns(table, fitted.input);
    const centred = chosen.columns.map((column, j) => {
      const middle = centre[j]!;
      const shifted = new Float64Array(column.length);
      for (let i = 0; i < shifted.length; i++) shifted[i] = column[i]! - middle;
      return shifted;
    });
    const columns = product(
      loadings.map((loading) => Float64Array.from(loading)),
      centred,
      table.ids.length,
    );
    return { ids: table.ids, names: fitted.output, columns };
  },
} satisfies Step<typeof options>;
