import { nearest } from '@sentinode/core';
import { z } from 'zod';
import { bior } from './banks/bior.ts';
import { coif } from './banks/coif.ts';
import { db } from './banks/db.ts';
import { dmey } from './banks/dmey.ts';
import { rbio } from './banks/rbio.ts';
import { sym } from './banks/sym.ts';

/** Decomposition filters of a wavelet, low and high pass of the same even length. */
export interface FilterBank {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** High pass of an orthogonal wavelet: the low pass reversed with alternating signs. */
function orthogonal(low: readonly number[]): FilterBank {
  const last = low.length - 1;
  return { low, high: low.map((_, k) => (k % 2 === 0 ? -low[last - k]! : low[last - k]!)) };
}

const orthogonalBanks: Readonly<Record<string, readonly number[]>> = {
  haar: db.db1!,
  ...db,
  ...sym,
  ...coif,
  dmey,
};
const biorthogonalBanks: Readonly<Record<string, FilterBank>> = { ...bior, ...rbio };

/** Names of every discrete wavelet, as PyWavelets has them. */
const names: readonly string[] = [...Object.keys(orthogonalBanks), ...Object.keys(biorthogonalBanks)];

/** The name of a discrete wavelet in an option; another name is refused with the nearest known one. */
export const waveletName = z.string().superRefine((name, context) => {
  if (names.includes(name)) return;
  const close = nearest(name, names);
  context.addIssue(
    `unknown wavelet "${name}"${close === undefined ? '; known are haar, db1 to db38, sym2 to sym20, coif1 to coif17, bior, rbio and dmey' : `: did you mean "${close}"?`}`,
  );
});

/**
 * Taps in single precision. Of the coiflets the reference keeps the taps over sqrt 2 and multiplies, which rounds twice.
 */
function rounded(name: string, taps: readonly number[]): number[] {
  if (!name.startsWith('coif')) return taps.map(Math.fround);
  const root = Math.fround(Math.SQRT2);
  return taps.map((tap) => Math.fround(Math.fround(tap / Math.SQRT2) * root));
}

/** The filters of a wavelet by a name that `waveletName` accepts, for an image of double or of single precision. */
export function filterBank(name: string, single: boolean): FilterBank {
  const low = orthogonalBanks[name];
  const bank = low === undefined ? biorthogonalBanks[name]! : orthogonal(low);
  return single ? { low: rounded(name, bank.low), high: rounded(name, bank.high) } : bank;
}
