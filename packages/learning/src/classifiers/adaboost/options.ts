import { z } from 'zod';

/** scikit-learn 1.2 `AdaBoostClassifier` on decision trees; `estimator` holds the options of its trees. */
export const options = z.strictObject({
  n_estimators: z.number().int().positive().default(50).describe('trees at most'),
  learning_rate: z.number().positive().default(1),
  algorithm: z
    .enum(['SAMME.R', 'SAMME'])
    .default('SAMME.R')
    .describe('SAMME.R: by the probabilities of each tree; SAMME: by its classes'),
  estimator: z
    .strictObject({
      max_depth: z.number().int().positive().nullable().default(1).describe('null: no limit'),
      min_samples_split: z.number().int().min(2).default(2),
      min_samples_leaf: z.number().int().positive().default(1),
      max_leaf_nodes: z.number().int().min(2).nullable().default(null),
      max_features: z
        .number()
        .int()
        .positive()
        .nullable()
        .default(null)
        .describe('columns drawn for each node; null: all'),
    })
    .prefault({})
    .describe('each tree (DecisionTreeClassifier); the default is a stump'),
});

export type AdaboostOptions = z.output<typeof options>;
