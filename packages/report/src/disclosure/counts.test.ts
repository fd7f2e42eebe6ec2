import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counts } from './counts.ts';

/** Rank by elimination without pivoting for size: entries are small whole numbers. */
function rank(rows: readonly (readonly number[])[]): number {
  let left = rows.map((row) => [...row]);
  let found = 0;
  while (left.length > 0) {
    const [first, ...rest] = left;
    const at = first!.findIndex((value) => Math.abs(value) > 1e-9);
    if (at >= 0) {
      found++;
      for (const row of rest) {
        const factor = row[at]! / first![at]!;
        for (let k = 0; k < row.length; k++) row[k]! -= factor * first![k]!;
      }
    }
    left = rest;
  }
  return found;
}

/** A table whose sums of rows and columns are printed too, some of them as counts of their own. */
function tableOf(values: readonly (readonly number[])[]): {
  counts: Counts;
  relations: string[][];
  keys: string[];
} {
  const counts = new Counts();
  const relations: string[][] = [];
  const keys: string[] = [];
  values.forEach((row, i) => {
    row.forEach((value, j) => {
      counts.add(`${i},${j}`, value);
      keys.push(`${i},${j}`);
    });
    counts.add(
      `row ${i}`,
      row.reduce((sum, value) => sum + value, 0),
    );
    keys.push(`row ${i}`);
    const parts = row.map((_, j) => `${i},${j}`);
    counts.sum(`row ${i}`, parts);
    relations.push([`row ${i}`, ...parts]);
  });
  values[0]!.forEach((_, j) => {
    const parts = values.map((_row, i) => `${i},${j}`);
    counts.sum(null, parts);
    relations.push(parts);
  });
  return { counts, relations, keys };
}

describe('hidden counts', () => {
  it('are the small ones and what gives them away', () => {
    const counts = new Counts();
    for (const [key, value] of [
      ['a', 12],
      ['b', 3],
      ['c', 9],
      ['d', 0],
    ] as const)
      counts.add(key, value);
    counts.sum(null, ['a', 'b', 'c', 'd']);
    expect([...counts.hidden(5)].sort()).toEqual(['b', 'c']);
    expect([...counts.hidden(3)]).toEqual([]);
  });

  it('leave what has to stay', () => {
    const counts = new Counts();
    counts.add('before', 80);
    counts.add('left', 3);
    counts.add('after', 77, true);
    counts.sum('before', ['left', 'after']);
    expect([...counts.hidden(5)].sort()).toEqual(['before', 'left']);
  });

  it('hide one of no other table from which they follow', () => {
    const counts = new Counts();
    for (const [key, value] of [
      ['x1', 3],
      ['x2', 20],
      ['y1', 10],
      ['y2', 30],
      ['all1', 13],
      ['all2', 50],
    ] as const)
      counts.add(key, value);
    counts.sum('all1', ['x1', 'y1']);
    counts.sum('all2', ['x2', 'y2']);
    for (const pair of [
      ['x1', 'x2'],
      ['y1', 'y2'],
      ['all1', 'all2'],
    ])
      counts.sum(null, pair);
    const hidden = counts.hidden(5);
    expect(hidden.has('x1') && hidden.has('x2')).toBe(true);
    expect(hidden.has('y1') || hidden.has('all1')).toBe(true);
    expect(hidden.has('y2') || hidden.has('all2')).toBe(true);
  });

  it('cannot be computed from the shown and the sums', () => {
    const table = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(table, (values) => {
        const { counts, relations, keys } = tableOf(values);
        const hidden = [...counts.hidden(5)];
        values.flat().forEach((value, at) => {
          if (value > 0 && value < 5)
            expect(hidden).toContain(keys.filter((key) => !key.startsWith('row'))[at]);
        });
        const matrix = relations.map((relation) =>
          hidden.map((key) =>
            relation.includes(key) ? (relation[0] === key && key.startsWith('row') ? -1 : 1) : 0,
          ),
        );
        const whole = rank(matrix);
        hidden.forEach((_, at) => {
          const alone = hidden.map((_key, k) => (k === at ? 1 : 0));
          // a count that follows adds nothing to what is known
          expect(rank([...matrix, alone])).toBe(whole + 1);
        });
      }),
      { numRuns: 150 },
    );
  });
});
