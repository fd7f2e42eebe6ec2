import { describe, expect, it } from 'vitest';
import { pythonFloat, pythonText } from './python-text.ts';

/** What Python 3.11 prints for repr of the double beside it. */
const printed: readonly (readonly [number, string])[] = [
  [0, '0.0'],
  [-0, '-0.0'],
  [12, '12.0'],
  [0.1, '0.1'],
  [-37.5, '-37.5'],
  [1e-4, '0.0001'],
  [1e-5, '1e-05'],
  [2.220446049250313e-16, '2.220446049250313e-16'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [123456789012345680000, '1.2345678901234568e+20'],
  [1.5e300, '1.5e+300'],
  [Number.NaN, 'nan'],
  [Number.NEGATIVE_INFINITY, '-inf'],
];

describe('texts as Python prints them', () => {
  it.each(printed)('%s', (value, text) => expect(pythonFloat(value)).toBe(text));
  it('dictionaries, lists, texts and None', () => {
    expect(pythonText({ LoG: { sigma: [3, 1.5] }, on: true, none: null, name: "it's" })).toBe(
      `{'LoG': {'sigma': [3, 1.5]}, 'on': True, 'none': None, 'name': "it's"}`,
    );
  });
});
