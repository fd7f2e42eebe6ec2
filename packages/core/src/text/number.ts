const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a table cell as a finite double, or returns undefined. Unlike `Number`, empty text, hexadecimal, words
 * and values beyond the range of a double are not numbers. `decimal` is the decimal mark of the file.
 */
export function parseNumber(text: string, decimal: '.' | ',' = '.'): number | undefined {
  const trimmed = text.trim();
  const dotted = decimal === ',' ? trimmed.replace(',', '.') : trimmed;
  if (decimal === ',' && trimmed.includes('.')) return undefined;
  if (!DECIMAL.test(dotted)) return undefined;
  const value = Number(dotted);
  return Number.isFinite(value) ? value : undefined;
}
