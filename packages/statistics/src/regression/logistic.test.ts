import { describe, expect, it } from 'vitest';
import { fitLogistic } from './logistic.ts';

const column = (term: string, values: readonly number[]) => ({
  term,
  variable: term,
  values: Float64Array.from(values),
});
const fit = (x: readonly number[], y: readonly (0 | 1)[]) =>
  fitLogistic(
    [
      column(
        '(Intercept)',
        x.map(() => 1),
      ),
      column('x', x),
    ],
    y,
  );

describe('separation', () => {
  it('is seen when a cut divides the outcomes completely', () => {
    expect(fit([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1]).separated).toBe(true);
  });
  it('is seen when only ties lie on the cut', () => {
    expect(fit([1, 2, 3, 3, 4, 5], [0, 0, 0, 1, 1, 1]).separated).toBe(true);
  });
  it('is not claimed of fitted probabilities near 0 and 1', () => {
    const x = [-60, -50, -1, 0, 1, 2, 50, 60];
    const { separated, converged } = fit(x, [0, 0, 0, 1, 0, 1, 1, 1]);
    expect({ separated, converged }).toEqual({ separated: false, converged: true });
  });
});
