import { expect, it } from 'vitest';
import { clipLine } from './clip-line.ts';

it('ends a line on the limit where it leaves, and takes it up where it comes back', () => {
  const line = [
    [0, 1],
    [1, -1],
    [2, -1],
    [3, 1],
  ] as const;
  expect(clipLine(line, 0)).toEqual([
    [0, 1],
    [0.5, 0],
    [1, Number.NaN],
    [2, Number.NaN],
    [2.5, 0],
    [3, 1],
  ]);
});

it('passes both limits between two points in the order of the line', () => {
  expect(
    clipLine(
      [
        [0, -1],
        [3, 2],
      ],
      0,
      1,
    ),
  ).toEqual([
    [0, Number.NaN],
    [1, 0],
    [2, 1],
    [3, Number.NaN],
  ]);
});

it('leaves a line inside as it is', () => {
  const line = [
    [0, 0],
    [1, 0.5],
    [2, Number.NaN],
  ] as const;
  expect(clipLine(line, 0, 1)).toEqual(line);
});
