import { describe, expect, it } from 'vitest';
import type { Study } from '../study-file/options.ts';
import { visitExclusions } from './visit-dates.ts';

const options = {
  pattern: 'x',
  masks: { lesions: 'union', consensus: 'y' },
  visits: ['pre', 'post'],
  sequences: ['DCE'],
  readers: [],
  dates: { table: 'visits.csv', within: { pre: [-14, 0], post: [0, 14] } },
  absent: { post: { 'no-visible-tumour': 'exclude' } },
} as unknown as NonNullable<Study['images']>;
const columns = ['patient_id', 'visit', 'mri_date', 'nat_start', 'nat_end', 'status'];
const row = (id: string, visit: string, mri: string, status = 'imaged') => [
  id,
  visit,
  mri,
  '2024-01-15',
  '2024-06-01',
  status,
];
const run = (rows: string[][], ids = ['a'], rules = options) =>
  visitExclusions({ file: 'visits.csv', columns, rows }, rules, 'patient_id', ids);

describe('visitExclusions', () => {
  it('keeps an MRI on the edges of both windows', () => {
    expect(run([row('a', 'pre', '2024-01-01'), row('a', 'post', '2024-06-15')]).size).toBe(0);
  });
  it('excludes outside the window, with window and visit in the reason', () => {
    expect(run([row('a', 'pre', '2023-12-31'), row('a', 'post', '2024-06-15')]).get('a')?.reason).toBe(
      'MRI outside the window of -14 to 0 days (pre)',
    );
  });
  it('excludes no visible tumour and missing visits by name', () => {
    expect(
      run([row('a', 'pre', '2024-01-10'), row('a', 'post', '2024-06-02', 'no-visible-tumour')]).get('a')
        ?.reason,
    ).toBe('no visible tumour (post)');
    expect(run([row('a', 'pre', '2024-01-10'), row('a', 'post', '', 'missing')]).get('a')?.reason).toBe(
      'no MRI (post)',
    );
    expect(run([row('a', 'pre', '2024-01-10')]).get('a')?.reason).toBe('not in the table of visits (post)');
  });
  it('asks for a rule when there is none', () => {
    expect(() =>
      run([row('a', 'pre', '2024-01-10'), row('a', 'post', '2024-06-02', 'no-visible-tumour')], ['a'], {
        ...options,
        absent: {},
      }),
    ).toThrow('has no rule for it');
  });
  it('refuses dates that run backwards or are none', () => {
    expect(() => run([row('a', 'pre', '2024-06-10'), row('a', 'post', '2024-06-02')])).toThrow('lies before');
    expect(() => run([['a', 'pre', '2024-01-10', '2024-06-01', '2024-01-01', 'imaged']])).toThrow(
      'Therapy ends',
    );
    expect(() => run([row('a', 'pre', '10/01/2024')])).toThrow('yyyy-mm-dd');
    expect(() => run([row('a', 'pre', '2024-02-30')])).toThrow('not a date');
  });
});
