/** What stands where there is no value. */
export const NONE = '–';

/** A number with fixed decimals and a true minus sign. */
export function decimal(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** Limits of an interval: `0.702–0.898`; with the word `to` where a limit is negative. */
export function interval(ci: readonly [number, number] | null | undefined, digits = 3): string {
  if (ci === null || ci === undefined) return NONE;
  const [low, high] = ci.map((limit) => decimal(limit, digits));
  return ci[0] < 0 || ci[1] < 0 ? `${low} to ${high}` : `${low}–${high}`;
}

/** `0.797 (0.696–0.898)` */
export function estimate(
  value: number | null | undefined,
  ci: readonly [number, number] | null | undefined,
  digits = 3,
): string {
  return value === null || value === undefined ? NONE : `${decimal(value, digits)} (${interval(ci, digits)})`;
}

/** A p value as journals print it: three decimals, `<0.001` below. */
export function pValue(p: number | null | undefined): string {
  if (p === null || p === undefined) return NONE;
  return p < 0.001 ? '<0.001' : decimal(p, 3);
}

/** `96 (54.2 %)` */
export function countShare(count: number, of: number): string {
  return of === 0 ? `${count}` : `${count} (${decimal((100 * count) / of, 1)} %)`;
}

/** Up to `digits` significant digits without an exponent for everyday sizes. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}
