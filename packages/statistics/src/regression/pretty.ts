import { log, pow } from '@sentinode/core';

/** Round numbers around a range: about `count` + 1 values of the form 1, 2 or 5 times a power of 10 (R `pretty`). */
export function pretty(low: number, high: number, count = 5): number[] {
  const span = high - low;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (span === 0 && size === 0) return [0];
  const cell = span < size * 1e-10 ? size * 0.1 : span / count;
  const base = pow(10, Math.floor(log(cell) / Math.LN10 + 1e-12));
  let unit = base;
  if (2 * base - cell < 1.5 * (cell - unit)) unit = 2 * base;
  if (unit === 2 * base && 5 * base - cell < 2.75 * (cell - unit)) unit = 5 * base;
  if (unit === 5 * base && 10 * base - cell < 1.5 * (cell - unit)) unit = 10 * base;
  const first = Math.floor(low / unit + 1e-7);
  const last = Math.max(first + 1, Math.ceil(high / unit - 1e-7));
  // multiples of units below 1 are divided, so that 3 tenths is 0.3
  const inverse = Math.round(1 / unit);
  return Array.from({ length: last - first + 1 }, (_, k) =>
    unit < 1 ? (first + k) / inverse : (first + k) * unit,
  );
}
