import { describe, expect, it } from 'vitest';
import { exclude, flowOf, included, type Ledger, ofCohort } from './ledger.ts';

const ledger: Ledger = {
  rows: [
    {
      id: 'a',
      outcome: 1,
      exclusion: { step: 'Exclusion criteria', reason: 'bilateral cancer' },
      cohort: null,
    },
    { id: 'b', outcome: 0, exclusion: null, cohort: 'training' },
    { id: 'c', outcome: 1, exclusion: null, cohort: 'training' },
    { id: 'd', outcome: 1, exclusion: null, cohort: 'validation' },
    {
      id: 'e',
      outcome: null,
      exclusion: { step: 'Complete clinical data', reason: 'outcome missing' },
      cohort: null,
    },
  ],
};

describe('ledger', () => {
  it('counts every box of the flowchart from its rows', () => {
    expect(flowOf(ledger)).toEqual([
      { label: 'Screened', n: 5, events: null, excluded: [] },
      {
        label: 'After: exclusion criteria',
        n: 4,
        events: null,
        excluded: [{ reason: 'bilateral cancer', n: 1, events: 1 }],
      },
      {
        label: 'After: complete clinical data',
        n: 3,
        events: 2,
        excluded: [{ reason: 'outcome missing', n: 1, events: null }],
      },
      { label: 'Included', n: 3, events: 2, excluded: [] },
      { label: 'Training cohort', n: 2, events: 1, excluded: [] },
      { label: 'Validation cohort', n: 1, events: 1, excluded: [] },
    ]);
  });
  it('keeps the first reason of a patient', () => {
    const again = exclude(
      ledger,
      new Map([
        ['a', { step: 'Imaging', reason: 'x' }],
        ['b', { step: 'Imaging', reason: 'y' }],
      ]),
    );
    expect(again.rows[0]?.exclusion?.reason).toBe('bilateral cancer');
    expect(again.rows[1]).toMatchObject({ cohort: null, exclusion: { reason: 'y' } });
    expect(included(again).map((row) => row.id)).toEqual(['c', 'd']);
    expect(ofCohort(again, 'training').map((row) => row.id)).toEqual(['c']);
  });
});
