import type { FeatureTable } from '@sentinode/core';
import type { ResamplingJob } from '@sentinode/study';

type ModelData = Extract<ResamplingJob, { data: unknown }>['data'];

/** Shared copies by their originals, so that a table crosses to the threads once and not with every job. */
const copies = new WeakMap<FeatureTable, FeatureTable>();

/** The job with its tables in memory that all threads read; jobs are pure and never write to them. */
export function withSharedTables(job: ResamplingJob): ResamplingJob {
  if ('data' in job) return { ...job, data: sharedData(job.data) };
  const { inputs, completed } = job;
  return { ...job, inputs: shared(inputs), ...(completed && { completed: completed.map(shared) }) };
}

function sharedData(data: ModelData): ModelData {
  return {
    ...data,
    radiomics: data.radiomics && shared(data.radiomics),
    readers: data.readers && [shared(data.readers[0]), shared(data.readers[1])],
    deep: data.deep && shared(data.deep),
    copies: data.copies.map(shared),
  };
}

function shared(table: FeatureTable): FeatureTable {
  const known = copies.get(table);
  if (known !== undefined) return known;
  const rows = table.ids.length;
  const values = new Float64Array(
    new SharedArrayBuffer(rows * table.columns.length * Float64Array.BYTES_PER_ELEMENT),
  );
  const columns = table.columns.map((column, j) => {
    values.set(column, j * rows);
    return values.subarray(j * rows, (j + 1) * rows);
  });
  const copy: FeatureTable = { ...table, columns };
  copies.set(table, copy);
  return copy;
}
