import { createRandom, exp, useAssembly } from '@sentinode/core';
import { cholesky, choleskySolve } from '@sentinode/statistics';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type ColumnBlock, columnBlock } from './column-block.ts';
import { dot } from './inner-products.ts';
import { product } from './product.ts';

afterEach(() => useAssembly(true));

const normals = (count: number, seed: number, spread = 1): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => spread * random.normal());
};
const columnsOf = (m: number, n: number, seed: number): Float64Array[] =>
  Array.from({ length: m }, (_, k) => normals(n, seed + k));

/** Everything a block answers, in arrays of its own. */
function answersOf(m: number, n: number, seed: number) {
  const block: ColumnBlock = columnBlock(columnsOf(m, n, seed), n, [n, n, n, m, m], true);
  const [values, combined, decays] = [block.array(n), block.array(n), block.array(n)];
  const [weights, slopes] = [block.array(m), block.array(m)];
  values.set(normals(n, seed + 1000, 20));
  weights.set(normals(m, seed + 2000));
  block.slopes(values, slopes);
  block.combine(weights, combined);
  block.decays(values, decays);
  const gram = block.gram().slice();
  const scaled = block.gramScaled(values);
  for (let a = 0; a < m; a++) scaled[a * m + a]! += 0.5;
  const products = scaled.slice();
  const solve = block.factorise();
  solve?.(weights);
  return [slopes, combined, decays, gram, products, weights].map((array) => array.slice());
}

describe('a block of columns', () => {
  const sizes = fc.record({
    m: fc.integer({ min: 1, max: 23 }),
    n: fc.integer({ min: 1, max: 60 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  test('gives the same bits compiled and in plain TypeScript', () => {
    fc.assert(
      fc.property(sizes, ({ m, n, seed }) => {
        useAssembly(false);
        const plain = answersOf(m, n, seed);
        useAssembly(true);
        expect(answersOf(m, n, seed)).toEqual(plain);
      }),
    );
  });

  test('multiplies all pairs', () => {
    const columns = columnsOf(9, 31, 3);
    const gram = columnBlock(columns, 31).gram();
    columns.forEach((a, i) => {
      columns.forEach((b, k) => {
        expect(Math.abs(gram[i * 9 + k]! - dot(a, b))).toBeLessThan(1e-13);
      });
    });
  });

  test('solves by the factor of its products', () => {
    const [m, n] = [12, 40];
    const block = columnBlock(columnsOf(m, n, 8), n, [n, m], true);
    const ones = block.array(n).fill(1);
    const b = block.array(m);
    b.set(normals(m, 9));
    const products = block.gramScaled(ones).slice();
    const expected = choleskySolve(cholesky(products, m)!, b, m);
    block.factorise()!(b);
    expect(b.slice()).toEqual(expected);
  });

  test.each([true, false])('says when its products have no factor (compiled: %s)', (use) => {
    useAssembly(use);
    const column = normals(10, 4);
    const block = columnBlock([column, column.map(() => 0)], 10, [10], true);
    block.gramScaled(block.array(10).fill(1));
    expect(block.factorise()).toBeUndefined();
  });

  test('takes exponentials with the bits of exp, into the subnormal numbers and below', () => {
    const values = Float64Array.from([
      0,
      -0,
      0.5,
      1,
      2 ** -60,
      5e-324,
      0.34657359027997264,
      1.0397207708399179,
      100,
      700,
      708.5,
      710,
      740,
      744.9,
      745.133,
      745.2,
      1e4,
      1e300,
      Number.POSITIVE_INFINITY,
      ...normals(20_000, 5, 30),
      ...normals(20_000, 6, 300),
    ]);
    const block = columnBlock([], 0, [values.length, values.length]);
    const [given, out] = [block.array(values.length), block.array(values.length)];
    given.set(values);
    block.decays(given, out);
    let differing = 0;
    for (let i = 0; i < values.length; i++) if (!Object.is(out[i], exp(-Math.abs(values[i]!)))) differing++;
    expect(differing).toBe(0);
  });
});

test('a product of matrices has the same bits compiled and in plain TypeScript, across panels', () => {
  for (const [count, terms, length] of [
    [3, 5, 7],
    [2, 1030, 9],
    [5, 13, 1100],
    [1, 1, 1],
  ] as const) {
    const [factors, rows] = [columnsOf(count, terms, 1), columnsOf(terms, length, 50)];
    useAssembly(false);
    const plain = product(factors, rows, length);
    useAssembly(true);
    expect(product(factors, rows, length)).toEqual(plain);
  }
});
