/** Three decimals, with a true minus sign. */
export function number(value: number): string {
  return value.toFixed(3).replace('-', '−');
}

/** Limits of an interval; one without width is none, the data hold no variance to estimate it from. */
export function interval(limits: readonly [number, number]): string {
  if (limits[1] - limits[0] < 1e-9) return 'not estimable';
  return `${number(limits[0])}–${number(limits[1])}`;
}

/** A p value as journals print it. */
export function pValue(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
