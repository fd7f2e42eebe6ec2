import { describe, expect, it } from 'vitest';
import type { SeriesAttributes } from '../frames/series-attributes.ts';
import { withoutIssuers } from './issuers.ts';

const file = (patient: string, study: string) => ({ attributes: { patient, study } as SeriesAttributes });
const named = (...files: ReturnType<typeof file>[]): string[] =>
  withoutIssuers(files).map(({ attributes }) => attributes.patient);

describe('patients of files', () => {
  it('are named by their ID alone, so that a file without issuer meets the others', () => {
    expect(named(file('7^Clinic', 'a'), file('7^', 'a'), file('8^Clinic', 'b'))).toEqual(['7^', '7^', '8^']);
  });

  it('are told apart by issuers where one ID comes from two, a file without one by its study', () => {
    expect(named(file('7^North', 'a'), file('7^South', 'b'), file('7^', 'b'), file('8^South', 'c'))).toEqual([
      '7^North',
      '7^South',
      '7^South',
      '8^',
    ]);
  });
});
