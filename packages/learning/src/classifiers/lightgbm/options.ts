import { z } from 'zod';
import { classWeightOption } from '../training-rows.ts';

/** LightGBM 4 `LGBMClassifier` (boosting type gbdt, objective binary), with the names of its scikit-learn interface. */
export const options = z
  .strictObject({
    num_leaves: z.number().int().min(2).max(131072).default(31),
    max_depth: z.number().int().default(-1).describe('0 and below: no limit'),
    learning_rate: z.number().positive().default(0.1),
    n_estimators: z.number().int().positive().default(100).describe('trees at most'),
    min_split_gain: z.number().nonnegative().default(0),
    min_child_weight: z.number().nonnegative().default(1e-3).describe('smallest sum of hessians in a leaf'),
    min_child_samples: z.number().int().positive().default(20).describe('smallest number of rows in a leaf'),
    subsample: z.number().gt(0).max(1).default(1).describe('share of the rows drawn, with subsample_freq'),
    subsample_freq: z
      .number()
      .int()
      .nonnegative()
      .default(0)
      .describe('draw rows anew every so many trees; 0: never'),
    colsample_bytree: z.number().gt(0).max(1).default(1).describe('share of the columns drawn for each tree'),
    feature_fraction_bynode: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('share of the columns drawn for each node'),
    reg_alpha: z.number().nonnegative().default(0).describe('L1 penalty of leaf values'),
    reg_lambda: z.number().nonnegative().default(0).describe('L2 penalty of leaf values'),
    max_bin: z.number().int().min(2).max(65535).default(255),
    min_data_in_bin: z.number().int().positive().default(3),
    feature_pre_filter: z
      .boolean()
      .default(true)
      .describe('leave out columns that cannot be split with min_child_samples'),
    is_unbalance: z.boolean().default(false).describe('weigh the rarer outcome up to the other'),
    scale_pos_weight: z.number().positive().default(1).describe('weight of the event'),
    class_weight: classWeightOption,
    boost_from_average: z.boolean().default(true).describe('start from the log-odds of the rate of events'),
    random_state: z
      .number()
      .int()
      .nullable()
      .default(null)
      .describe('seed of the draws of rows and columns as LightGBM makes them; null: its own default seeds'),
    early_stopping_round: z
      .number()
      .int()
      .positive()
      .nullable()
      .default(null)
      .describe('stop when the log loss on held-out rows has not improved in as many trees; null: never'),
    validation_fraction: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.1)
      .describe('share of the rows held out, with early_stopping_round'),
  })
  .refine((all) => !(all.is_unbalance && Math.abs(all.scale_pos_weight - 1) > 1e-6), {
    message: 'give either is_unbalance or scale_pos_weight, not both',
    path: ['scale_pos_weight'],
  });

export type LightgbmOptions = z.output<typeof options>;
