type Pair = readonly [number, number];

/** Corners of a square as (row, column), in the numbering of the case bits. */
const corners: readonly Pair[] = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 0],
];
/** Midpoints of its sides as (row, column). */
const sides: readonly Pair[] = [
  [0, 0.5],
  [0.5, 1],
  [1, 0.5],
  [0.5, 0],
];
/** Lines of each case, two digits a line, with the region always on the same hand; opposite corners stay apart. */
const lines = [
  '',
  '30',
  '01',
  '31',
  '12',
  '1230',
  '02',
  '32',
  '23',
  '20',
  '0123',
  '21',
  '13',
  '10',
  '03',
  '',
];

/** Outline of a slice through the midpoints between region and background. */
export interface Outline {
  /** mm */
  readonly perimeter: number;
  /** mm^2 */
  readonly area: number;
}

/**
 * Marching squares over pixel centres.
 * @param inside whether (row, column) is in the region; outside the slice it must be false
 * @param spacing mm between rows and between columns
 */
export function measureOutline(
  inside: (row: number, column: number) => boolean,
  [rows, columns]: Pair,
  spacing: Pair,
): Outline {
  let perimeter = 0;
  let doubled = 0;
  for (let row = -1; row < rows; row++) {
    for (let column = -1; column < columns; column++) {
      let index = 0;
      corners.forEach(([dr, dc], bit) => {
        if (inside(row + dr, column + dc)) index |= 1 << bit;
      });
      const point = (side: string): Pair => {
        const [r, c] = sides[Number.parseInt(side, 10)]!;
        return [(row + r) * spacing[0], (column + c) * spacing[1]];
      };
      for (let at = 0; at < lines[index]!.length; at += 2) {
        const a = point(lines[index]![at]!);
        const b = point(lines[index]![at + 1]!);
        doubled += a[0] * b[1] - b[0] * a[1];
        perimeter += Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
      }
    }
  }
  return { perimeter, area: Math.abs(doubled) / 2 };
}
