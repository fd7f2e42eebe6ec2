import { createRandom, isSentinodeError } from '@sentinode/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atPrevalence,
  auc,
  bootstrapAucDifference,
  bootstrapAucDifferenceUnpaired,
  byCentre,
  calibration,
  compareCalls,
  countConfusion,
  decisionBand,
  decisionCurve,
  delongTest,
  delongUnpaired,
  designMatrix,
  fisherExact,
  fitFirth,
  fitTerms,
  hosmerLemeshow,
  icc,
  logisticProcedure,
  mannWhitney,
  nomogram,
  optimismBootstrap,
  precisionRecall,
  type RegressionTerm,
  reclassification,
  rileySampleSize,
  riskAtPoints,
  simpleResamples,
  thresholdAt,
  youden,
} from './index.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isSentinodeError(error)) return error.code;
    throw error;
  }
  return 'no error';
};
const y: (0 | 1)[] = [0, 0, 0, 1, 1, 1, 0, 1];
const p = [0.1, 0.3, 0.2, 0.7, 0.4, 0.9, 0.6, 0.8];

describe('bad input', () => {
  it('is one named error', () => {
    for (const measure of [auc, youden, precisionRecall, calibration]) {
      expect(codeOf(() => measure([0.1, 0.2], [1, 1]))).toBe('one-class');
      expect(codeOf(() => measure([0.1, Number.NaN], [0, 1]))).toBe('not-finite');
      expect(codeOf(() => measure([0.1], [0, 1]))).toBe('length-mismatch');
    }
    expect(codeOf(() => calibration([0.1, 1.2], [0, 1]))).toBe('probability-range');
    expect(codeOf(() => reclassification([0.1, -1], [0.1, 0.2], [0, 1]))).toBe('probability-range');
    expect(codeOf(() => decisionCurve([0.1, 0.2], [0, 1], [1]))).toBe('option-invalid');
    expect(codeOf(() => atPrevalence({ tp: 1, fp: 1, fn: 1, tn: 1 }, 20))).toBe('probability-range');
    expect(codeOf(() => calibration([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1]))).toBe('separation');
    expect(codeOf(() => calibration([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]))).toBe('separation');
    expect(codeOf(() => icc([[1, 2, 3]]))).toBe('too-few-rows');
    expect(codeOf(() => icc([[1, 2], [1]]))).toBe('length-mismatch');
    expect(
      codeOf(() =>
        icc([
          [1, Number.NaN],
          [1, 2],
        ]),
      ),
    ).toBe('not-finite');
    expect(codeOf(() => rileySampleSize({ prevalence: 0.5, parameters: 5, fit: { coxSnellR2: 0.9 } }))).toBe(
      'option-invalid',
    );
  });
});

describe('edges that R leaves to the user', () => {
  it('a single event has no variance, and the method says so', () => {
    const one = auc([1, 2, 3, 4], [0, 0, 0, 1]);
    expect(one).toMatchObject({ auc: 1, ci: [0, 1], variance: null });
    expect(one.method).toContain('no variance');
  });
  it('no variance at all: equal AUCs are not different, different ones are', () => {
    expect(delongTest(p, p, y)).toMatchObject({ z: 0, p: 1 });
    expect(delongTest([1, 2, 3, 4], [4, 3, 2, 1], [0, 0, 1, 1])).toMatchObject({ z: null, p: 0 });
    const perfect = { scores: [1, 2, 3, 4], outcomes: [0, 0, 1, 1] as (0 | 1)[] };
    expect(delongUnpaired(perfect, perfect)).toMatchObject({ t: 0, p: 1 });
    expect(delongUnpaired(perfect, { ...perfect, scores: [4, 3, 2, 1] })).toMatchObject({ t: null, p: 0 });
  });
  it('neighbouring doubles have a threshold that keeps them apart', () => {
    const above = 1 + 2 ** -52;
    const { threshold, index } = youden([1, above], [0, 1]);
    expect(index).toBe(1);
    expect(1 >= threshold).toBe(false);
    expect(above >= threshold).toBe(true);
  });
  it('readers who give one value to all have no ICC; readers who agree without error have 1', () => {
    for (const result of icc([
      [2, 2, 2],
      [2, 2, 2],
    ]))
      expect([result.value, result.ci, result.p]).toEqual([undefined, undefined, undefined]);
    for (const result of icc([
      [0.1, 0.7, 0.3],
      [0.1, 0.7, 0.3],
    ]))
      expect([result.value, result.ci]).toEqual([1, [1, 1]]);
  });
  it('a table beyond an exact test says so', () => {
    const large = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 12 }, (_, j) => 5 + ((i * j) % 7)),
    );
    expect(fisherExact(large)).toBe('too-large');
  });
  it('all values equal: no difference', () => {
    expect(mannWhitney([1, 1, 1], [1, 1]).p).toBe(1);
  });
  it('a group that expects no event has no Hosmer-Lemeshow test', () => {
    expect(hosmerLemeshow([0, 0, 0, 0.5, 0.6, 0.9], [0, 0, 0, 1, 0, 1], { groups: 3 })).toBeUndefined();
  });
  it('a sensitivity that only calling everybody positive reaches has no threshold', () => {
    const found = thresholdAt(
      [1, 1, 1, 1],
      [0, 1, 0, 1],
      { measure: 'sensitivity', value: 0.9 },
      createRandom(1),
      10,
    );
    expect(found).toMatchObject({ threshold: null, sensitivity: { value: 1 }, specificity: { value: 0 } });
    expect(found.bootstrap.withoutThreshold).toBe(10);
  });
  it('a miss rate is 1 - sensitivity', () => {
    const at = (measure: 'sensitivity' | 'miss-rate', value: number) =>
      thresholdAt(p, y, { measure, value }, createRandom(1), 50).threshold;
    expect(at('miss-rate', 0.25)).toBe(at('sensitivity', 0.75));
  });
});

describe('separation', () => {
  const terms = (x: readonly number[], z: readonly number[]): RegressionTerm[] => [
    { name: 'x', kind: 'continuous', values: x },
    { name: 'z', kind: 'continuous', values: z },
  ];
  it('is proved and its terms named, complete or not; Firth stays finite', () => {
    const outcomes: (0 | 1)[] = [0, 0, 1, 0, 1, 1, 0, 1, 1, 0];
    const quasi = outcomes.map((outcome, i) => (outcome === 1 && i % 3 === 2 ? 1 : 0));
    const z = [3, 1, 2, 5, 4, 1, 2, 6, 3, 4];
    const fit = fitTerms(terms(quasi, z), outcomes);
    expect(fit.separated).toBe(true);
    expect(fit.unbounded).toEqual(['(Intercept)', 'x'].filter((name) => fit.unbounded.includes(name)));
    expect(fit.unbounded).toContain('x');
    expect(fit.unbounded).not.toContain('z');
    const firth = fitFirth(designMatrix(terms(quasi, z), 10), outcomes);
    expect(firth.converged).toBe(true);
    for (const row of firth.rows) expect(Math.abs(row.coefficient!)).toBeLessThan(10);
  });
  it('is not claimed of random outcomes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = createRandom(seed);
        const x = Array.from({ length: 40 }, () => random.normal());
        const outcomes = x.map((): 0 | 1 => (random.uniform() < 0.5 ? 1 : 0));
        const mixed = [0, 1].every((outcome) => outcomes.filter((one) => one === outcome).length > 12);
        if (!mixed) return;
        const fit = fitTerms([{ name: 'x', kind: 'continuous', values: x }], outcomes);
        expect(fit.converged && !fit.separated).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('invariants', () => {
  const cases = fc
    .array(
      fc.record({
        score: fc.integer({ min: 0, max: 9 }),
        other: fc.integer({ min: 0, max: 9 }),
        event: fc.boolean(),
      }),
      {
        minLength: 4,
        maxLength: 30,
      },
    )
    .map((rows) => ({
      a: rows.map((row) => row.score / 10),
      b: rows.map((row) => row.other / 10),
      y: rows.map((row, i): 0 | 1 => (i === 0 ? 1 : i === 1 ? 0 : row.event ? 1 : 0)),
    }));
  it('turning a score round turns its AUC round; order of cases does not matter', () => {
    fc.assert(
      fc.property(cases, ({ a, b, y: outcomes }) => {
        const turned = a.map((value) => -value);
        expect(auc(turned, outcomes).auc).toBeCloseTo(1 - auc(a, outcomes).auc, 12);
        const back = (list: readonly number[]) => [...list].reverse();
        expect(auc(back(a), back(outcomes) as (0 | 1)[]).auc).toBeCloseTo(auc(a, outcomes).auc, 12);
        expect(delongTest(a, b, outcomes).difference).toBeCloseTo(-delongTest(b, a, outcomes).difference, 12);
        const all = byCentre(
          a,
          outcomes,
          a.map(() => 'one'),
        );
        expect(all.within?.auc).toBeCloseTo(all.pooled.auc, 12);
      }),
      { numRuns: 60 },
    );
  });
  it('the same seed gives the same bootstrap, another seed another', () => {
    const run = (seed: number) =>
      bootstrapAucDifference(p, [...p].reverse(), y, createRandom(seed), 200).percentile;
    expect(run(1)).toEqual(run(1));
    const two = (seed: number) =>
      bootstrapAucDifferenceUnpaired(
        { scores: p, outcomes: y },
        { scores: p.slice(1), outcomes: y.slice(1) },
        createRandom(seed),
        200,
      );
    expect(two(3)).toEqual(two(3));
    expect(two(3).difference).toBeCloseTo(auc(p, y).auc - auc(p.slice(1), y.slice(1)).auc, 12);
    expect(decisionBand(p, y, [0.2, 0.5], createRandom(1), 50)).toEqual(
      decisionBand(p, y, [0.2, 0.5], createRandom(1), 50),
    );
  });
  it('a rule compared with itself does not differ', () => {
    const same = compareCalls(
      { scores: p, threshold: 0.5 },
      { scores: p, threshold: 0.5 },
      y,
      createRandom(1),
      100,
    );
    for (const one of Object.values(same.differences))
      expect(one).toEqual({ difference: 0, ci: [0, 0], p: 1 });
    expect(same.mcnemar.accuracy).toMatchObject({ b: 0, c: 0, exact: 1 });
  });
  it('at the prevalence of the data PPV, NPV and net benefit are those of the data', () => {
    const counts = countConfusion(p, y, 0.5);
    const at = atPrevalence(counts, 0.5, 0.5);
    expect(at.ppv.value).toBeCloseTo(counts.tp / (counts.tp + counts.fp), 12);
    expect(at.npv.value).toBeCloseTo(counts.tn / (counts.tn + counts.fn), 12);
    const curve = decisionCurve(p, y, [0.5]);
    expect(at.netBenefit).toBeCloseTo(curve.model[0]!, 12);
    expect(decisionCurve(p, y, [0.5], 0.5).model[0]).toBeCloseTo(curve.model[0]!, 12);
  });
  it('points of a nomogram add up to the risk of the model', () => {
    const random = createRandom(5);
    const x = Array.from({ length: 60 }, () => Math.round(20 + 50 * random.uniform()));
    const f = x.map(() => ['a', 'b', 'c'][random.integer(3)]!);
    const outcomes = x.map((value, i): 0 | 1 =>
      random.uniform() < 0.3 + (value > 45 ? 0.3 : 0) + (f[i] === 'c' ? 0.2 : 0) ? 1 : 0,
    );
    const fit = fitTerms(
      [
        { name: 'x', kind: 'continuous', values: x },
        { name: 'f', kind: 'factor', levels: ['a', 'b', 'c'], reference: 'a', values: f },
      ],
      outcomes,
    );
    const drawn = nomogram(fit, { x: { range: [20, 70] } })!;
    const [ofX, ofF] = drawn.axes;
    const tick = ofX!.ticks[2]!;
    for (const level of ofF!.ticks) {
      const eta = fit.coefficients[0]! + tick.contribution + level.contribution;
      expect(riskAtPoints(drawn, tick.points + level.points)).toBeCloseTo(1 / (1 + Math.exp(-eta)), 12);
    }
    expect(Math.max(...drawn.axes.flatMap((axis) => axis.ticks.map((one) => one.points)))).toBeCloseTo(
      100,
      10,
    );
  });
  it('optimism counts what failed and names what is in the loop', () => {
    const random = createRandom(2);
    const x = Array.from({ length: 24 }, () => random.normal());
    const outcomes = x.map((value, i): 0 | 1 => (i < 3 || value > 1.2 ? 1 : 0));
    const procedure = logisticProcedure([{ name: 'x', kind: 'continuous', values: x }], outcomes);
    const result = optimismBootstrap(
      procedure,
      outcomes,
      simpleResamples(24, 40, random),
      'coefficients only',
    )!;
    expect(result.resamples + result.failed).toBe(40);
    expect(result.method).toContain('in the loop: coefficients only');
    for (const row of result.rows) expect(row.corrected).toBeCloseTo(row.apparent - row.optimism, 12);
  });
});
