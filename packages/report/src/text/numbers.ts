/** What stands where there is no value. */
export const NONE = '–';

/** A number with fixed decimals and a true minus sign. */
export function decimal(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** What stands for an interval whose width could not be estimated. */
export const NOT_ESTIMABLE = 'not estimable';

/** Narrower than this an interval has no width but rounding: the data hold no variance to estimate one from. */
const NO_WIDTH = 1e-9;

/** Whether an interval says something of the precision; one without width does not. */
export const hasWidth = (ci: readonly [number, number]): boolean => ci[1] - ci[0] >= NO_WIDTH;

/** Limits of an interval: `0.702–0.898`; with the word `to` where a limit is negative, in words where it has no width. */
export function interval(ci: readonly [number, number] | null | undefined, digits = 3): string {
  if (ci === null || ci === undefined) return NONE;
  if (!hasWidth(ci)) return NOT_ESTIMABLE;
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

/** An AUC with its interval where its variance could be estimated: not from a single case of an outcome, or where all pairs are ranked alike. */
export function aucEstimate({ auc, ci, variance }: Auc, digits = 3): string {
  return variance === null ? `${decimal(auc, digits)} (${NOT_ESTIMABLE})` : estimate(auc, ci, digits);
}

/** Interval of an AUC that can be drawn; undefined where its variance could not be estimated. */
export function aucInterval({ ci, variance }: Auc): readonly [number, number] | undefined {
  return variance === null || !hasWidth(ci) ? undefined : ci;
}

interface Auc {
  readonly auc: number;
  readonly ci: readonly [number, number];
  readonly variance: number | null;
}

/** A p value as journals print it: three decimals, `<0.001` below. */
export function pValue(p: number | null | undefined): string {
  if (p === null || p === undefined) return NONE;
  return p < 0.001 ? '<0.001' : decimal(p, 3);
}

/** What stands for a count that a shared report does not print. */
export const HIDDEN = 'hidden';

/** A count of patients. */
export function count(n: number): string {
  return Number.isNaN(n) ? HIDDEN : String(n);
}

/** `96 (54.2 %)` */
export function countShare(n: number, of: number): string {
  return Number.isNaN(n) || of === 0 ? count(n) : `${n} (${decimal((100 * n) / of, 1)} %)`;
}

/** Up to `digits` significant digits without an exponent for everyday sizes. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}
