import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten, textWidth, wrap } from '../drawing/text-width.ts';
import { escapeText } from './escape.ts';
import { decimal, estimate, interval, pValue, significant } from './numbers.ts';

describe('numbers in print', () => {
  it('have a true minus, no minus zero, and a dash for nothing', () => {
    expect([
      decimal(-0.5, 2),
      decimal(-0.0001, 3),
      decimal(null),
      decimal(Number.NaN),
      significant(-0.00012345, 3),
    ]).toEqual(['−0.50', '0.000', '–', '–', '−0.000123']);
  });
  it('write intervals that cannot be misread', () => {
    expect(estimate(0.7969, [0.696, 0.898])).toBe('0.797 (0.696–0.898)');
    expect(interval([-0.2, 0.1], 1)).toBe('−0.2 to 0.1');
  });
  it('write p values as journals do', () => {
    expect([pValue(0.00099), pValue(0.001), pValue(0.9996), pValue(null)]).toEqual([
      '<0.001',
      '0.001',
      '1.000',
      '–',
    ]);
  });
});

describe('text', () => {
  it('cannot leave an element or an attribute', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => !/[<>"']/.test(escapeText(text)) && !/&(?!(amp|lt|gt|quot|#39);)/.test(escapeText(text)),
      ),
    );
  });
  it('is wrapped and shortened to the width asked for', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.integer({ min: 60, max: 400 }), (text, width) => {
        for (const line of wrap(text, width, 10)) expect(textWidth(line, 10)).toBeLessThanOrEqual(width);
        expect(wrap(text, width, 10).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(textWidth(shorten(text, width, 10), 10)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
