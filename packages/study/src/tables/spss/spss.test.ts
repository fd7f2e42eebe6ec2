import { isSentinodeError } from '@sentinode/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBytes, reference } from '../../../../../reference/locator.ts';
import { readTable } from '../index.ts';

it.each(['pspp-plain.sav', 'pspp-compressed.sav', 'pyreadstat.sav'])(
  '%s with damaged bytes is read or refused, and never fails in another way',
  (name) => {
    const bytes = readBytes(reference('tables', name));
    const damage = fc.array(fc.tuple(fc.integer({ min: 4, max: bytes.length - 1 }), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, (changes) => {
        const copy = bytes.slice();
        for (const [at, byte] of changes) copy[at] = byte;
        try {
          const { columns, rows } = readTable(copy, { file: 'x.sav' });
          expect(rows.every((row) => row.length === columns.length)).toBe(true);
        } catch (error) {
          if (!isSentinodeError(error)) throw error;
        }
      }),
      { seed: 18, numRuns: 1500 },
    );
  },
);
