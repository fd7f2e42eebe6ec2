import { createRandom, type FeatureTable, selectRows } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import type { FitContext, FittedStep } from '../estimator.ts';
import { steps } from './index.ts';

const N = 48;
const random = createRandom(5, 'contract');
const outcomes = Array.from({ length: N }, (_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
const noise = (): Float64Array => Float64Array.from({ length: N }, () => random.normal());
const base = [noise(), noise(), noise(), noise(), noise()];
const table: FeatureTable = {
  ids: Array.from({ length: N }, (_, row) => `p${row}`),
  names: ['signal', 'copy', 'noise', 'weak', 'other'],
  columns: [
    base[0]!.map((value, row) => value + 2 * outcomes[row]!),
    base[0]!.map((value, row) => 3 * (value + 2 * outcomes[row]!) + 0.001 * base[1]![row]!),
    base[2]!,
    base[3]!.map((value, row) => value + outcomes[row]!),
    base[4]!,
  ],
};
const reader = (stream: string): FeatureTable => {
  const own = createRandom(6, stream);
  return {
    ...table,
    columns: table.columns.map((column) => column.map((value) => value + 0.1 * own.normal())),
  };
};
const context = (): FitContext => ({
  outcomes,
  readers: [reader('a'), reader('b')],
  random: createRandom(7, 'fit'),
});
const constantColumn: FeatureTable = {
  ...table,
  names: [...table.names, 'constant'],
  columns: [...table.columns, new Float64Array(N).fill(4)],
};
const withReaders = (own: FeatureTable): FitContext => ({ ...context(), readers: [own, own] });

describe.each(steps.map((step) => [step.name, step] as const))('step %s', (name, step) => {
  const options = step.options.parse({});
  const fit = (own = table, of = context()): FittedStep => step.fit(own, options, of);

  it('records the rows it saw and the columns it takes and leaves', () => {
    const fitted = fit();
    expect(fitted).toMatchObject({ step: name, rows: table.ids, input: table.names });
    expect(fitted.output.length).toBeGreaterThan(0);
    expect(fitted.note.length).toBeGreaterThan(5);
    expect(step.transform(fitted, table)).toMatchObject({ ids: table.ids, names: fitted.output });
  });
  it('is the same when fitted again', () => {
    expect(fit()).toEqual(fit());
  });
  it('lives through JSON, to the same bits', () => {
    const fitted = fit();
    const again = JSON.parse(JSON.stringify(fitted)) as FittedStep;
    expect(step.transform(again, table)).toEqual(step.transform(fitted, table));
  });
  it('transforms a row the same alone and among others', () => {
    const fitted = fit();
    const whole = step.transform(fitted, table);
    const alone = step.transform(fitted, selectRows(table, ['p7']));
    expect(alone.columns.map((column) => column[0])).toEqual(whole.columns.map((column) => column[7]));
  });
  it('does not learn from what it transforms', () => {
    const fitted = fit();
    const before = JSON.stringify(fitted);
    step.transform(fitted, {
      ...table,
      columns: table.columns.map((column) => column.map((value) => value * 100)),
    });
    expect(JSON.stringify(fitted)).toBe(before);
  });
  it('takes columns by name, not by place', () => {
    const fitted = fit();
    const turned: FeatureTable = {
      ids: table.ids,
      names: [...table.names].reverse(),
      columns: [...table.columns].reverse(),
    };
    expect(step.transform(fitted, turned)).toEqual(step.transform(fitted, table));
  });
  it('is fitted again at the penalty of a fit, also of one that no column reached', () => {
    if (step.atPenalty === undefined) return;
    const again = fit(table, context());
    const same = step.fit(table, step.options.parse(step.atPenalty(again)), context());
    expect(same.output).toEqual(again.output);
    for (const own of [
      { ...table, names: [], columns: [] },
      { ...table, columns: table.columns.map((c) => c.map(() => 4)) },
    ]) {
      const none = fit(own, withReaders(own));
      expect(none.output).toEqual([]);
      expect(step.fit(table, step.options.parse(step.atPenalty(none)), context()).output).toEqual(
        again.output,
      );
    }
  });
  it('bears a constant column', () => {
    const fitted = fit(constantColumn, withReaders(constantColumn));
    for (const column of step.transform(fitted, constantColumn).columns)
      expect(column.every(Number.isFinite)).toBe(true);
  });
});
