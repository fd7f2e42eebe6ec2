import { describe, expect, it } from 'vitest';
import { touching } from '../kernels/directions.ts';
import { square } from '../testing/square.ts';
import { pairCounts } from './glcm/matrix.ts';
import { dependenceMatrix } from './gldm/matrix.ts';
import { runsByDirection } from './glrlm/matrix.ts';
import { zoneMatrix } from './glszm/matrix.ts';
import { toneMatrix } from './ngtdm/matrix.ts';
import type { SizeMatrix } from './size-matrix.ts';

/** The pictures and matrices of PyRadiomics' documentation of each class, to be checked by eye. */
const picture = [
  [5, 2, 5, 4, 4],
  [3, 3, 3, 1, 3],
  [2, 1, 1, 1, 3],
  [4, 2, 2, 2, 3],
  [3, 5, 3, 3, 2],
];

/** Rows by grey level 1 to 5, columns by size from 1. */
function dense({ levels, sizes, counts }: SizeMatrix, columns: number): number[][] {
  const rows = Array.from({ length: 5 }, () => new Array<number>(columns).fill(0));
  counts.forEach((count, k) => {
    rows[levels[k]! - 1]![sizes[k]! - 1]! += count;
  });
  return rows;
}

describe('the documented matrices', () => {
  it('co-occurrence along rows, both ways', () => {
    const volume = square([
      [1, 2, 5, 2, 3],
      [3, 2, 1, 3, 1],
      [1, 3, 5, 5, 2],
      [1, 1, 1, 1, 2],
      [1, 2, 4, 3, 5],
    ]);
    const [right, left] = ([1, -1] as const).map((x) => pairCounts(volume, [x, 0, 0]));
    const both = right!.map((count, k) => count + left![k]!);
    expect(Array.from({ length: 5 }, (_, i) => Array.from(both.slice(5 * i, 5 * i + 5)))).toEqual([
      [6, 4, 3, 0, 0],
      [4, 0, 2, 1, 3],
      [3, 2, 0, 1, 2],
      [0, 1, 1, 0, 0],
      [0, 3, 2, 0, 2],
    ]);
  });
  it('runs along rows', () => {
    const along = runsByDirection(square(picture)).find(({ offset: [x, y] }) => x === 1 && y === 0)!;
    expect(dense(along.matrix, 5)).toEqual([
      [1, 0, 1, 0, 0],
      [3, 0, 1, 0, 0],
      [4, 1, 1, 0, 0],
      [1, 1, 0, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });
  it('zones', () => {
    expect(dense(zoneMatrix(square(picture)), 5)).toEqual([
      [0, 0, 0, 1, 0],
      [1, 0, 0, 0, 1],
      [1, 0, 1, 0, 1],
      [1, 1, 0, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });
  it('dependences with alpha 0', () => {
    expect(dense(dependenceMatrix(square(picture), 0, touching()), 4)).toEqual([
      [0, 1, 2, 1],
      [1, 2, 3, 0],
      [1, 4, 4, 0],
      [1, 2, 0, 0],
      [3, 0, 0, 0],
    ]);
  });
  it('grey tone differences', () => {
    const volume = square([
      [1, 2, 5, 2],
      [3, 5, 1, 3],
      [1, 3, 5, 5],
      [3, 1, 1, 1],
    ]);
    const { n, s } = toneMatrix(volume);
    // level 4 does not occur, and so has no row here
    expect(Array.from(volume.binOf.slice(1))).toEqual([1, 2, 3, 5]);
    expect(Array.from(n.slice(1))).toEqual([6, 2, 4, 4]);
    // worked by hand: |level - mean of the neighbours|, voxel by voxel
    const sums = [
      [1 - 10 / 3, 1 - 30 / 8, 1 - 15 / 5, 1 - 13 / 5, 1 - 15 / 5, 1 - 11 / 3],
      [2 - 15 / 5, 2 - 9 / 3],
      // the table of the documentation has 2.63 here, its own sum gives 3.03
      [3 - 12 / 5, 3 - 18 / 5, 3 - 20 / 8, 3 - 5 / 3],
      [5 - 13 / 5, 5 - 21 / 8, 5 - 20 / 8, 5 - 11 / 5],
    ].map((differences) => differences.reduce((sum, one) => sum + Math.abs(one), 0));
    sums.forEach((wanted, k) => expect(s[k + 1]!).toBeCloseTo(wanted, 12));
  });
});
