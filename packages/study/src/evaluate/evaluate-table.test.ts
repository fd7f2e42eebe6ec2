import { isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, readCsv, shared } from '../../../../reference/locator.ts';
import { type RawTable, readTable } from '../tables/index.ts';
import { evaluateTable } from './evaluate-table.ts';
import type { EvaluateOptions } from './options.ts';

const options = (more: Partial<EvaluateOptions> = {}): EvaluateOptions => ({
  outcome: 'y',
  positive: '1',
  scores: ['p'],
  decimal: '.',
  na: ['NA'],
  thresholds: {},
  resamples: 200,
  seed: 18,
  ...more,
});
const table = (text: string) => readTable(new TextEncoder().encode(text), { file: 't.csv' });
const rows = (lines: readonly string[]) => table(`y,p,q,centre\n${lines.join('\n')}\n`);
const twenty = Array.from(
  { length: 20 },
  (_, i) =>
    `${i % 2},${((i * 7) % 20) / 25 + 0.1 + (i % 2) / 10},${((i * 3) % 20) / 20},${i < 9 ? 'A' : 'B'}`,
);

async function refused(text: RawTable | Promise<RawTable>, more: Partial<EvaluateOptions>) {
  try {
    evaluateTable(await text, options(more));
  } catch (error) {
    if (isSentinodeError(error)) return { code: error.code, message: error.message, ...error.place };
    throw error;
  }
  return { code: 'no error', message: '' };
}

describe('evaluation of a table', () => {
  it('gives every part with n, events and method, and the same numbers again', async () => {
    const asked = options({
      scores: ['p', 'q'],
      targets: [
        { measure: 'sensitivity', value: 0.9 },
        { measure: 'miss-rate', value: 0.1 },
      ],
      prevalences: [0.1, 0.5],
      centre: 'centre',
    });
    const result = evaluateTable(await rows(twenty), asked);
    expect(result).toMatchObject({ n: 20, events: 10, excluded: 0 });
    const { p } = result.scores;
    expect(p).toMatchObject({ n: 20, events: 10, method: 'DeLong' });
    expect(p!.thresholdsAt[0]!.threshold).toBe(p!.thresholdsAt[1]!.threshold);
    expect(p!.thresholdsAt[0]!.sensitivity.value).toBeGreaterThanOrEqual(0.9);
    expect(p!.atPrevalence.map((one) => one.prevalence)).toEqual([0.1, 0.5]);
    expect(p!.atPrevalence[1]!.ppv.value).toBeCloseTo(p!.ppv.value!, 12);
    expect(p!.byCentre!.centres.map(({ centre, n }) => [centre, n])).toEqual([
      ['A', 9],
      ['B', 11],
    ]);
    expect(result.delong).toHaveLength(1);
    expect(result.delong[0]!.pHolm).toBe(result.delong[0]!.p);
    expect(result.comparisons[0]!.reclassification!.caution).toContain('nested models');
    expect(evaluateTable(await rows(twenty), asked)).toEqual(result);
  });

  it('says what it does not compute and what to know of the rest', async () => {
    const few = evaluateTable(
      await rows(['1,5,0,A', '0,1,1,A', '1,7,0.5,A', '0,5,0,A']),
      options({ scores: ['p', 'q'] }),
    );
    expect(few.scores.p).toMatchObject({ calibration: null, probability: null, decisionCurve: null });
    expect(few.scores.p!.notComputed[0]).toContain('not a probability (value 5');
    expect(few.scores.p!.remarks.join()).toContain('only 2 events');
    expect(few.comparisons[0]!.reclassification).toBeNull();
    const constant = evaluateTable(await rows(['1,0.5,0,A', '0,0.5,1,A', '1,0.5,1,A']), options());
    expect(constant.scores.p!.auc).toBe(0.5);
    expect(constant.scores.p!.remarks).toContain('all cases have the same score');
    expect(constant.scores.p!.notComputed[0]).toContain('all probabilities are the same');
    const apart = evaluateTable(await rows(['1,0.8,0,A', '0,0.2,1,A', '1,0.9,1,A', '0,0.1,1,A']), options());
    expect(apart.scores.p!.remarks.join()).toContain('the score separates the outcomes');
    expect(apart.scores.p!.notComputed[0]).toContain('separate the outcomes completely');
    const certain = evaluateTable(await rows([...twenty, '1,1,1,A', '0,0,0,A']), options());
    expect(certain.scores.p!.calibration!.withoutLogit).toBe(2);
    expect(certain.scores.p!.remarks.join()).toContain('2 probabilities of 0 or 1');
  });

  it('counts rows left out', async () => {
    const result = evaluateTable(
      await rows([...twenty, '1,NA,0.4,A', ',0.4,0.4,A', '0,0.3,0.1,']),
      options({ centre: 'centre' }),
    );
    expect(result).toMatchObject({ n: 20, excluded: 3 });
  });

  it('refuses bad input with a sentence and its place', async () => {
    const column = await refused(rows(twenty), { scores: ['r'] });
    expect(column).toMatchObject({ code: 'column-unknown', file: 't.csv', field: '--scores' });
    const one = await refused(rows(['1,0.2,0,A', '1,0.3,0,A']), {});
    expect(one).toMatchObject({ code: 'one-class', field: 'y' });
    expect(one.message).toContain('2 of 2 rows');
    const outside = await refused(rows([...twenty, '1,1.4,0,A']), { probabilities: ['p'] });
    expect(outside).toMatchObject({ code: 'probability-range', field: 'p', line: 22 });
    expect(outside.message).toContain('1.4 is no probability');
    expect(await refused(rows([...twenty, '1,high,0,A']), {})).toMatchObject({
      code: 'table-number',
      field: 'p',
      line: 22,
    });
    expect(await refused(rows(['1,NA,0,A', '0,NA,0,A']), {})).toMatchObject({ code: 'table-empty' });
    expect(await refused(rows(twenty), { scores: ['p', 'p'] })).toMatchObject({ code: 'usage' });
    expect(await refused(rows(twenty), { thresholds: { r: 0.5 } })).toMatchObject({
      code: 'usage',
      field: '--threshold',
    });
    expect(await refused(rows(twenty), { prevalences: [0] })).toMatchObject({ code: 'probability-range' });
  });
});

describe.skipIf(!hasShared('stats'))('evaluation of real predictions', () => {
  it("gives R's numbers for aSAH at the thresholds of pROC", async () => {
    const read = await readTable(readBytes(shared('stats', 'roc', 'aSAH.csv')), { file: 'aSAH.csv' });
    const result = evaluateTable(
      read,
      options({ outcome: 'outcome', positive: 'Poor', scores: ['s100b', 'ndka', 'wfns', 'age'] }),
    );
    for (const row of readCsv(shared('stats', 'roc', 'expected_auc.csv'))) {
      const found = result.scores[row.marker!]!;
      for (const [ours, theirs] of [
        [found.auc, row.auc],
        [found.ci[0], row.ci_low],
        [found.ci[1], row.ci_high],
        [found.threshold, row.best_threshold],
        [found.sensitivity.value, row.best_sens],
        [found.specificity.value, row.best_spec],
        [found.ppv.value, row.best_ppv],
        [found.npv.value, row.best_npv],
        [found.accuracy.value, row.best_acc],
      ])
        expect(ours).toBeCloseTo(Number(theirs), 12);
    }
    for (const { a, b, z, p } of result.delong) {
      const row = readCsv(shared('stats', 'roc', 'expected_delong.csv')).find(
        (one) => one.a === a && one.b === b,
      )!;
      expect(z).toBeCloseTo(Number(row.z), 10);
      expect(p).toBeCloseTo(Number(row.p), 12);
    }
  });

  it("gives val.prob's and improveProb's numbers for two models", async () => {
    const read = await readTable(readBytes(shared('stats', 'calibration', 'df_binary_two_models.csv')), {
      file: 'two.csv',
    });
    const result = evaluateTable(read, options({ scores: ['p_base', 'p_new'], resamples: 100 }));
    const wanted = Object.fromEntries(
      readCsv(shared('stats', 'calibration', 'expected_nri_idi.csv')).map((row) => [
        row.quantity!,
        Number(row.value),
      ]),
    );
    const { reclassification } = result.comparisons[0]!;
    expect(reclassification!.nri.value).toBeCloseTo(wanted.nri!, 12);
    expect(reclassification!.idi.value).toBeCloseTo(wanted.idi!, 12);
    const valProb = Object.fromEntries(
      readCsv(shared('stats', 'calibration', 'expected_val_prob_cancerpredmarker.csv')).map((row) => [
        row.quantity!,
        Number(row.value),
      ]),
    );
    expect(result.scores.p_new!.probability!.brier).toBeCloseTo(valProb.Brier!, 5);
  });
});
