import { z } from 'zod';
import { meanFilter, reachOf } from '../convolve.ts';
import type { IbsiFilter } from '../filter.ts';
import { boundary, dimension, name } from '../options.ts';

const options = z.strictObject({
  type: z.literal('mean'),
  name,
  dimension,
  boundary,
  support: z.number().int().positive().describe('width of the square or cube, voxels'),
});

export const mean = {
  type: 'mean',
  title: 'Mean',
  options,
  label: ({ dimension, support }) => `mean-${dimension}-${support}`,
  reach: ({ dimension, support }) => reachOf(dimension, Math.ceil(support / 2)),
  apply: ({ values, size }, { support, dimension, boundary }) =>
    meanFilter(values, size, support, dimension, boundary),
} satisfies IbsiFilter<typeof options>;
