import { readFileSync } from 'node:fs';
import { isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { RawTable } from '../tables/index.ts';
import { patientsOfTable } from './patients-of-table.ts';
import { validateModel } from './validate-model.ts';

const model = JSON.parse(readFileSync(reference('stored-bundle', 'model.json'), 'utf8')) as LockedModel;
const [header, ...lines] = readFileSync(reference('stored-bundle', 'scored.csv'), 'utf8').trim().split('\n');
const columns = [...header!.split(','), 'y'];
const rows = lines.map((line, at) => [...line.split(','), String(at % 3 === 0 ? 1 : 0)]);
const table = (change: (row: string[], at: number) => string[] = (row) => row): RawTable => ({
  file: 'b.csv',
  columns,
  rows: rows.map((row, at) => change([...row], at)),
});
const named = { outcome: 'y', positive: '1', decimal: '.' } as const;
const setting = { seed: 1, resamples: 100 };
const validated = (given: RawTable) => {
  const { patients, excluded } = patientsOfTable(model, given, named);
  return validateModel({ model, development: null }, patients, excluded, setting);
};
const put = (name: string, of: (cell: string) => string) => (row: string[]) =>
  row.map((cell, at) => (columns[at] === name ? of(cell) : cell));
const problem = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return isSentinodeError(error) ? `${error.code} ${error.place.field ?? ''}: ${error.message}` : 'other';
  }
};

describe('an external validation', () => {
  it('scores with the bits of the bundle and evaluates at the locked cut-off', () => {
    const { predictions, evaluation, patients } = validated(table());
    expect(predictions.map(({ probability }) => String(probability))).toEqual(
      rows.map((row) => row[columns.indexOf('probability')]),
    );
    expect(patients).toMatchObject({ given: 12, evaluated: 12, events: 4, refused: 0 });
    expect(evaluation.threshold).toBe(model.threshold);
  });
  it('says what recalibration would give, and never more likelihood without a parameter', () => {
    const [none, intercept, both] = validated(table()).recalibration!;
    expect(none).toMatchObject({ intercept: 0, slope: 1, test: null });
    expect(intercept!.logLoss).toBeLessThanOrEqual(none!.logLoss);
    expect(both!.logLoss).toBeLessThanOrEqual(intercept!.logLoss);
    expect(both!.test!.df).toBe(2);
  });
  it('leaves the model as it is', () => {
    const before = JSON.stringify(model);
    validated(table());
    expect(JSON.stringify(model)).toBe(before);
  });
  it('counts who lacks a value, with the reason', () => {
    const { patients } = validated(table((row, at) => (at === 2 ? put('er', () => '')(row) : row)));
    expect(patients.excluded).toEqual([{ id: rows[2]![0], reason: 'er missing' }]);
    expect(patients.evaluated).toBe(11);
  });
});

describe('a table that is not of the same units', () => {
  it.each([
    ['age in days', table(put('age', (cell) => String(365 * Number.parseFloat(cell)))), /age.*days in place/],
    ['age in months', table(put('age', (cell) => String(12 * Number.parseFloat(cell)))), /age.*months/],
    [
      'age as a fraction',
      table(put('age', (cell) => String(Number.parseFloat(cell) / 100))),
      /age.*fractions/,
    ],
    ['er as numbers', table(put('er', (cell) => (cell === 'positive' ? '1' : '0'))), /er.*"0", "1"/],
    ['er as other words', table(put('er', (cell) => cell.slice(0, 3))), /er.*"neg", "pos"/],
  ])('is named: %s', (_, given, message) => {
    const found = problem(() => validated(given));
    expect(found).toMatch(/^units-differ/);
    expect(found).toMatch(message);
  });
  it.each([
    ['no event', table((row) => [...row.slice(0, -1), '0']), /^one-class/],
    ['a patient twice', { ...table(), rows: [...rows, rows[0]!] }, /^duplicate-patient/],
    [
      'a column that is missing',
      { ...table(), columns: columns.map((n) => (n === 'er' ? 'ER' : n)) },
      /^column-unknown er/,
    ],
    ['everybody far away', table(put('pre_DCE_original_firstorder_F0', (c) => `${c}e6`)), /^no-patients/],
    ['text for a number', table(put('age', () => 'old')), /^option-invalid age/],
  ])('or no cohort to validate on: %s', (_, given, message) => {
    expect(problem(() => validated(given))).toMatch(message);
  });
});
