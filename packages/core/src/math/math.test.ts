import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../reference/locator.ts';
import { cos, exp, expm1, log, log1p, log2, pow, sin } from './index.ts';

/** Largest error allowed, in units in the last place of the correctly rounded value (mpmath). */
const allowed: Record<string, number> = { exp: 1, log: 1, log2: 1, log1p: 2, expm1: 3, sin: 1, cos: 1 };
const functions: Record<string, (x: number) => number> = { exp, log, log2, log1p, expm1, sin, cos };

function unit(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0) - Math.abs(x);
}

describe('elementary functions', () => {
  const values = readJson<Record<string, [number, number][]>>(reference('elementary', 'values.json'));
  it.each(Object.keys(functions))('%s is within its limit of the correctly rounded value', (name) => {
    const worst = values[name]!.reduce(
      (largest, [x, wanted]) => Math.max(largest, Math.abs(functions[name]!(x) - wanted) / unit(wanted)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(allowed[name]!);
  });
  it('pow is within one unit of the correctly rounded value', () => {
    const cases = readJson<{ pow: [number, number, number][] }>(reference('elementary', 'values.json')).pow;
    expect(cases.length).toBeGreaterThan(1000);
    const worst = cases.map(([x, y, wanted]) => Math.abs(pow(x, y) - wanted) / unit(wanted));
    expect(Math.max(...worst)).toBeLessThanOrEqual(1);
  });
  it('keeps the edges of IEEE 754', () => {
    expect([exp(0), exp(1000), exp(-1000), exp(Number.NEGATIVE_INFINITY)]).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
    expect([log(1), log(0), log(-1), log(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
    expect([log2(8), log2(0.25), log2(5e-324)]).toEqual([3, -2, -1074]);
    expect([sin(0), cos(0), pow(2, 10), pow(2, -2), pow(-8, 3), pow(5, 0)]).toEqual([
      0, 1, 1024, 0.25, -512, 1,
    ]);
    // the edges of pow are those of IEEE 754, which every engine keeps
    const edges = [
      0,
      2,
      -2,
      0.5,
      -3,
      1e300,
      5e-324,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ];
    for (const x of edges)
      for (const y of edges) {
        const [got, wanted] = [pow(x, y), x ** y];
        const same = Object.is(got, wanted) || Math.abs(got - wanted) <= unit(wanted);
        expect(same, `${x}^${y}: ${got} for ${wanted}`).toBe(true);
      }
  });
});
