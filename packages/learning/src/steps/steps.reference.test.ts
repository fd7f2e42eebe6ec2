import { createRandom, selectColumns } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import { type FittedStep, resolveStep, transform } from '../index.ts';
import { largestDifference, type ReferenceRows, referenceRows } from '../testing/reference-tables.ts';
import { type LassoState, lasso } from './lasso/index.ts';
import type { PcaState } from './pca/fit-pca.ts';
import type { ZScoreState } from './z-score/index.ts';

/** Largest differences; reference/learning/SOURCE.md names the tools and gives reasons. */
const tolerance = {
  scaled: 1e-12,
  p: 1e-10,
  // components of a relative gap of 1e-3
  loadings: 1e-10,
  scores: 1e-9,
  variance: 1e-12,
  // default tol differs by up to 4e-5; this is the fit at tol 1e-12
  lasso: 1e-6,
};

const at = (...parts: string[]): string => reference('learning', ...parts);
const B = referenceRows('B_train.csv');

function fit(declared: Parameters<typeof resolveStep>[0], { table, outcomes }: ReferenceRows): FittedStep {
  const { step, options } = resolveStep(declared);
  return step.fit(table, options, { outcomes, readers: null, random: createRandom(1) });
}
const removed = (fitted: FittedStep): string[] =>
  fitted.input.filter((name) => !fitted.output.includes(name));
const without = ({ table, outcomes }: ReferenceRows, rows: readonly number[]): ReferenceRows => {
  const kept = outcomes.map((_, row) => row).filter((row) => !rows.includes(row));
  return {
    table: {
      ids: kept.map((row) => table.ids[row]!),
      names: table.names,
      columns: table.columns.map((column) => Float64Array.from(kept, (row) => column[row]!)),
    },
    outcomes: kept.map((row) => outcomes[row]!),
  };
};

describe('z-score', () => {
  const scalers = readJson<Record<string, { mean: number[]; scale: number[] }>>(
    at('selection', 'standard_scaler.json'),
  );
  it.each([
    ['A', 'A_train.csv'],
    ['C', 'C.csv'],
  ])('equals StandardScaler on %s', (name, file) => {
    const rows = referenceRows(file);
    const fitted = fit('z-score', rows);
    const state = fitted.state as ZScoreState;
    const expected = scalers[name]!;
    state.sd.forEach((sd, j) => expect(Math.abs(sd / expected.scale[j]! - 1)).toBeLessThan(tolerance.scaled));
    const scaled = readCsv(at('selection', `scaled_${name}.csv`));
    transform(fitted, rows.table).columns.forEach((column, j) => {
      const own = scaled.map((row) => Number(row[fitted.output[j]!]));
      expect(largestDifference(column, own)).toBeLessThan(tolerance.scaled);
    });
  });
});

describe('Spearman filter', () => {
  const greedy = readJson<Record<string, string[]>>(at('selection', 'redundancy.json'));
  const caret = readJson<Record<string, string[]>>(at('selection', 'caret_find_correlation.json'));
  it('keeps what the published rule keeps', () => {
    expect(fit('spearman', B).output).toEqual(greedy.kept_0_80);
    expect(fit({ spearman: { threshold: 0.9 } }, B).output).toEqual(greedy.kept_0_90);
  });
  it.each([
    ['cutoff_0.80_exact_TRUE_removed', 0.8, true],
    ['cutoff_0.80_exact_FALSE_removed', 0.8, false],
    ['cutoff_0.90_exact_TRUE_removed', 0.9, true],
    ['cutoff_0.80_exact_FALSE_removed', 0.8, 'auto'],
  ])('removes what caret findCorrelation removes: %s', (key, threshold, exact) => {
    expect(removed(fit({ spearman: { threshold, rule: 'caret', exact } }, B))).toEqual(caret[key]);
  });
});

describe('Mann-Whitney filter', () => {
  const kept = readJson<Record<string, string[]>>(at('selection', 'redundancy.json')).kept_0_80!;
  const C = referenceRows('C.csv');
  it.each([
    ['A', referenceRows('A_train.csv')],
    ['B_kept', { ...B, table: selectColumns(B.table, kept) }],
    ['C', C],
    ['C_without_duplicate_rows', without(C, [5, 9, 17])],
  ] as [string, ReferenceRows][])('equals SciPy on %s', (name, rows) => {
    const forms = {
      p_asymptotic_continuity: fit({ 'mann-whitney': { method: 'asymptotic' } }, rows),
      p_asymptotic_no_continuity: fit({ 'mann-whitney': { method: 'asymptotic', continuity: false } }, rows),
      // larger groups: the suite of the test itself
      ...(name.startsWith('C') && { p_exact_if_no_ties: fit({ 'mann-whitney': { method: 'exact' } }, rows) }),
      p_scipy_auto: fit('mann-whitney', rows),
    };
    let compared = 0;
    for (const row of readCsv(at('selection', `mannwhitney_${name}.csv`))) {
      for (const [key, fitted] of Object.entries(forms)) {
        if (row[key] === 'NA' || row[key] === '') continue;
        const detail = fitted.details[row.feature!]!;
        expect(detail.u).toBe(Number(row.U_of_class1));
        expect(Math.abs((detail.p as number) / Number(row[key]) - 1), `${key} ${row.feature}`).toBeLessThan(
          tolerance.p,
        );
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });
});

describe('principal components', () => {
  const train = referenceRows('D_train.csv');
  const fitted = fit({ pca: { components: 128 } }, train);
  const state = fitted.state as PcaState;
  const variance = readCsv(at('pca', 'variance.csv'));

  it('has the rank and the variances of the peer', () => {
    expect(state.rank).toBe(59);
    expect(state.variance).toHaveLength(variance.length);
    variance.forEach((row, k) => {
      expect(Math.abs(state.variance[k]! / Number(row.explained_variance) - 1)).toBeLessThan(
        tolerance.variance,
      );
      expect(Math.abs(state.share[k]! / Number(row.ratio) - 1)).toBeLessThan(tolerance.variance);
    });
  });
  it('has its loadings after the sign rule', () => {
    readCsv(at('pca', 'components_first12.csv')).forEach((row, k) => {
      const expected = fitted.input.map((name) => Number(row[name]));
      expect(largestDifference(state.loadings[k]!, expected)).toBeLessThan(tolerance.loadings);
    });
  });
  it.each(['train', 'test'])('gives its scores to the %s rows', (part) => {
    const scored = transform(fitted, referenceRows(`D_${part}.csv`).table);
    const expected = readCsv(at('pca', `scores_${part}.csv`));
    scored.columns.forEach((column, k) => {
      const own = expected.map((row) => Number(row[`pc${k + 1}`]));
      expect(largestDifference(column, own)).toBeLessThan(tolerance.scores);
    });
  });
});

describe('LASSO', () => {
  interface Expected {
    readonly features: string[];
    readonly 'converged_tol_1e-12': {
      alpha: number;
      coef: number[];
      intercept: number;
      mse_path: number[][];
    };
  }
  it.each(['after_mannwhitney', 'all_kept'])('equals LassoCV %s', (name) => {
    const expected = readJson<Expected>(at('selection', `lasso_cv_${name}.json`));
    const rows = { ...B, table: selectColumns(B.table, expected.features) };
    const scaled = transform(fit('z-score', rows), rows.table);
    const fitted = lasso.fit(scaled, lasso.options.parse({}), {
      outcomes: B.outcomes,
      readers: null,
      random: createRandom(1),
    });
    const own = (fitted.state as LassoState).fit;
    const peer = expected['converged_tol_1e-12'];
    expect(Math.abs(own.alpha / peer.alpha - 1)).toBeLessThan(1e-9);
    expect(
      largestDifference([own.intercept, ...own.coefficients], [peer.intercept, ...peer.coef]),
    ).toBeLessThan(tolerance.lasso);
    expect(
      largestDifference(
        own.meanError,
        peer.mse_path.map((folds) => folds.reduce((sum, value) => sum + value, 0) / folds.length),
      ),
    ).toBeLessThan(tolerance.lasso);
  });
});
