import { describe, expect, it } from 'vitest';
import { addDeltaColumns, deltaPairs } from './delta-columns.ts';

const column = (...values: number[]) => Float64Array.from(values);

describe('delta columns', () => {
  const table = {
    ids: ['a', 'b'],
    names: ['pre_DCE_f', 'post_DCE_f', 'pre_T2WI_g', 'post_T2WI_g', 'volume'],
    columns: [column(1, 2), column(4, Number.NaN), column(0.1, 5), column(0.3, 5), column(7, 8)],
  };
  const layout = { visits: ['pre', 'post'], sequences: ['DCE', 'T2WI'], delta: [['pre', 'post']] as const };

  it('subtracts the earlier from the later visit once, and propagates what is undefined', () => {
    const result = addDeltaColumns(table, layout);
    expect(result.names.slice(5)).toEqual(['delta_DCE_f', 'delta_T2WI_g']);
    expect([...result.columns[5]!]).toEqual([3, Number.NaN]);
    expect([...result.columns[6]!]).toEqual([0.3 - 0.1, 0]);
  });
  it('leaves delta columns of the file and columns of other names as they are', () => {
    const given = {
      ...table,
      names: [...table.names, 'delta_DCE_f'],
      columns: [...table.columns, column(9, 9)],
    };
    const result = addDeltaColumns(given, layout);
    expect(result.names.filter((name) => name === 'delta_DCE_f')).toHaveLength(1);
    expect([...result.columns[5]!]).toEqual([9, 9]);
  });
  it('names several pairs by their visits', () => {
    const pairs = [
      ['T0', 'T1'],
      ['T0', 'T2'],
    ] as const;
    const three = {
      ids: ['a'],
      names: ['T0_S_f', 'T1_S_f', 'T2_S_f'],
      columns: [column(1), column(3), column(7)],
    };
    const result = addDeltaColumns(three, { visits: ['T0', 'T1', 'T2'], sequences: ['S'], delta: pairs });
    expect(result.names.slice(3)).toEqual(['delta-T0-T1_S_f', 'delta-T0-T2_S_f']);
    expect(result.columns.slice(3).map(([value]) => value)).toEqual([2, 6]);
  });
  it('takes the last visit minus the first when no pair is declared, and none for one visit', () => {
    expect(deltaPairs(['pre', 'mid', 'post'], undefined)).toEqual([['pre', 'post']]);
    expect(deltaPairs(['pre'], undefined)).toEqual([]);
  });
});
