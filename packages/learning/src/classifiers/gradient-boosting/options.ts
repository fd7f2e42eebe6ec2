import { z } from 'zod';

const fractionOrCount = (smallest: number) =>
  z.union([z.number().int().min(smallest), z.number().gt(0).lt(1)]);

/** scikit-learn 1.2 `GradientBoostingClassifier`; a number below 1 where rows are counted is a share of the rows. */
export const options = z.strictObject({
  loss: z.enum(['log_loss', 'exponential']).default('log_loss'),
  learning_rate: z.number().nonnegative().default(0.1).describe('factor on each tree'),
  n_estimators: z.number().int().positive().default(100).describe('trees'),
  subsample: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('share of the rows, drawn without replacement, that each tree sees'),
  criterion: z.enum(['friedman_mse', 'squared_error']).default('friedman_mse'),
  min_samples_split: fractionOrCount(2).default(2),
  min_samples_leaf: fractionOrCount(1).default(1),
  min_weight_fraction_leaf: z.number().min(0).max(0.5).default(0),
  max_depth: z.number().int().positive().nullable().default(3).describe('null: no limit'),
  min_impurity_decrease: z.number().nonnegative().default(0),
  max_features: z
    .union([z.enum(['sqrt', 'log2', 'auto']), fractionOrCount(1)])
    .nullable()
    .default(null)
    .describe('columns drawn for each node; null: all, so that chance decides nothing'),
  max_leaf_nodes: z.number().int().min(2).nullable().default(null),
  validation_fraction: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('share of the rows held out to stop early, with n_iter_no_change'),
  n_iter_no_change: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('stop when the loss on held-out rows has not improved by tol in as many trees; null: never'),
  tol: z.number().nonnegative().default(1e-4),
});

export type GradientBoostingOptions = z.output<typeof options>;
