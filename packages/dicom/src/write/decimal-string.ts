const LONGEST = 16;

/**
 * A number as a decimal string (DS) of at most 16 characters: as many digits as fit, exponent included, so that
 * nothing is cut off in the middle of one.
 */
export function decimalString(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`a decimal string cannot hold ${value}`);
  const plain = String(value + 0);
  if (plain.length <= LONGEST) return plain;
  for (let digits = 15; digits > 0; digits--) {
    const shorter = value
      .toPrecision(digits)
      .replace(/(\.\d*?)0+(e|$)/, '$1$2')
      .replace(/\.(e|$)/, '$1');
    if (shorter.length <= LONGEST) return shorter;
  }
  return '0';
}
