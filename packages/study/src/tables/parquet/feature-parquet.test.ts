import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeatureParquet, writeFeatureParquet } from './feature-parquet.ts';

const bits = (column: Float64Array): bigint[] => [
  ...new BigInt64Array(
    Float64Array.from(column, (value) => (Number.isNaN(value) ? Number.NaN : value)).buffer,
  ),
];

describe('feature tables in Parquet', () => {
  it('come back to the last bit, NaN and -0 included, with equal bytes for equal tables', async () => {
    const table = fc.integer({ min: 0, max: 12 }).chain((rows) =>
      fc.record({
        ids: fc.uniqueArray(fc.string(), { minLength: rows, maxLength: rows }),
        names: fc.uniqueArray(
          fc.string({ minLength: 1 }).filter((name) => name !== 'id'),
          { minLength: 1, maxLength: 5 },
        ),
        values: fc.array(
          fc.array(fc.oneof(fc.double(), fc.constant(Number.NaN), fc.constant(-0)), {
            minLength: rows,
            maxLength: rows,
          }),
          { minLength: 5, maxLength: 5 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ ids, names, values }) => {
        const original = { ids, names, columns: names.map((_, at) => Float64Array.from(values[at]!)) };
        const bytes = writeFeatureParquet(original);
        expect(writeFeatureParquet(original)).toEqual(bytes);
        const back = await readFeatureParquet(bytes);
        expect(back.ids).toEqual(ids);
        expect(back.names).toEqual(names);
        expect(back.columns.map(bits)).toEqual(original.columns.map(bits));
      }),
      { seed: 18, numRuns: 60 },
    );
  });

  it('of names that look like paths or prototypes keep them', async () => {
    const names = ['pre_DCE_log-sigma-2-0-mm-3D_glcm_Idm', 'a.b', '__proto__', 'constructor'];
    const back = await readFeatureParquet(
      writeFeatureParquet({ ids: ['1'], names, columns: names.map((_, at) => Float64Array.of(at)) }),
    );
    expect(back.names).toEqual(names);
    expect(back.columns.map((column) => column[0])).toEqual([0, 1, 2, 3]);
  });

  it('that are damaged are refused', async () => {
    const bytes = writeFeatureParquet({ ids: ['a'], names: ['x'], columns: [Float64Array.of(1)] });
    await expect(readFeatureParquet(bytes.subarray(0, bytes.length - 3))).rejects.toMatchObject({
      code: 'table-damaged',
    });
    await expect(readFeatureParquet(new Uint8Array(0))).rejects.toMatchObject({ code: 'table-damaged' });
  });
});
