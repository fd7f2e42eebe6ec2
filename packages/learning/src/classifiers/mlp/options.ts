import { z } from 'zod';

export const mlpOptions = z.strictObject({
  hidden_layer_sizes: z.array(z.number().int().positive()).min(1).default([100]).describe('units per layer'),
  activation: z.enum(['relu', 'tanh', 'logistic']).default('relu'),
  solver: z.enum(['adam', 'sgd']).default('adam'),
  alpha: z.number().min(0).default(1e-4).describe('strength of the L2 penalty on the weights'),
  batch_size: z
    .union([z.literal('auto'), z.number().int().positive()])
    .default('auto')
    .describe('rows per step; auto: all, at most 200'),
  learning_rate: z.enum(['constant', 'invscaling', 'adaptive']).default('constant').describe('of sgd'),
  learning_rate_init: z.number().positive().default(1e-3),
  power_t: z.number().min(0).default(0.5).describe('of invscaling'),
  max_iter: z.number().int().positive().default(200).describe('epochs'),
  shuffle: z.boolean().default(true).describe('new order of the rows in each epoch'),
  tol: z.number().min(0).default(1e-4).describe('an epoch that improves by less counts as none'),
  momentum: z.number().min(0).max(1).default(0.9).describe('of sgd'),
  nesterovs_momentum: z.boolean().default(true).describe('of sgd'),
  early_stopping: z.boolean().default(false).describe('hold out rows and stop when their accuracy stalls'),
  validation_fraction: z.number().gt(0).lt(1).default(0.1).describe('of early_stopping'),
  beta_1: z.number().min(0).lt(1).default(0.9).describe('of adam'),
  beta_2: z.number().min(0).lt(1).default(0.999).describe('of adam'),
  epsilon: z.number().positive().default(1e-8).describe('of adam'),
  n_iter_no_change: z
    .number()
    .int()
    .positive()
    .default(10)
    .describe('epochs without improvement before the end'),
});

export type MlpOptions = z.output<typeof mlpOptions>;
