import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SentinodeError } from '../errors/error.ts';
import { parseOptions } from './parse-options.ts';

const schema = z.strictObject({
  profile: z.enum(['published', 'defensible']),
  cohort: z.strictObject({ table: z.string(), outcome: z.string().optional() }),
  models: z
    .array(z.union([z.string(), z.strictObject({ svm: z.strictObject({ C: z.number() }) })]))
    .optional(),
});

const thrown = (value: unknown): SentinodeError => {
  try {
    parseOptions(schema, value, { file: 'study.yaml' });
  } catch (error) {
    return error as SentinodeError;
  }
  throw new Error('expected an error');
};

describe('parseOptions', () => {
  it('returns the checked value', () => {
    const value = { profile: 'published', cohort: { table: 'a.csv' } } as const;
    expect(parseOptions(schema, value)).toEqual(value);
  });
  it('names the nearest known key', () => {
    const error = thrown({ profile: 'published', cohort: { tabel: 'a.csv', table: 'a.csv' } });
    expect(error.toJSON()).toEqual({
      code: 'option-unknown',
      message: 'Unknown key "cohort.tabel": did you mean "table"?',
      file: 'study.yaml',
      field: 'cohort.tabel',
    });
  });
  it('names the field of a bad value', () => {
    expect(thrown({ profile: 'x', cohort: { table: 'a' } })).toMatchObject({
      code: 'option-invalid',
      place: { field: 'profile' },
    });
  });
  it('reports the branch of a union that was meant', () => {
    const error = thrown({ profile: 'published', cohort: { table: 'a' }, models: [{ svm: { c: 2, C: 1 } }] });
    expect(error.place.field).toBe('models.0.svm.c');
  });
});
