import type { FeatureTable } from '@sentinode/core';
import type { ResamplingJob } from '@sentinode/study';
import { expect, test } from 'vitest';
import { withSharedTables } from './shared-tables.ts';

const table: FeatureTable = {
  ids: ['a', 'b', 'c'],
  names: ['x', 'y'],
  columns: [Float64Array.of(1, Number.NaN, 3), Float64Array.of(-0, 1e300, 6)],
};

const job = (first: number): ResamplingJob => ({
  kind: 'final-model',
  seed: 1,
  model: 'm',
  declared: { name: 'logistic-regression' } as never,
  inputs: table,
  outcomes: [0, 1, 0],
  first,
  draws: [],
});

test('every job of a table reads one copy of the same values', () => {
  const [one, two] = [job(0), job(1)].map((each) => withSharedTables(each) as { inputs: FeatureTable });
  expect(one!.inputs).toEqual(table);
  expect(two!.inputs).toBe(one!.inputs);
  for (const column of one!.inputs.columns) expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
});
