import { parseNumber } from '@sentinode/core';

/** A decimal string (DS): finite, at most as long as files in the wild have them. Undefined for everything else. */
export function parseDecimal(text: string): number | undefined {
  return text.length > 64 ? undefined : parseNumber(text);
}

/** An integer string (IS); some scanners write `8.0`. Undefined for everything else. */
export function parseWhole(text: string): number | undefined {
  const value = parseDecimal(text);
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}
