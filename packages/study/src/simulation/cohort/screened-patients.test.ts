import { createRandom } from '@sentinode/core';
import { auc } from '@sentinode/statistics';
import { describe, expect, it } from 'vitest';
import { criteria, imagingStates, reasonOf } from './drop-outs.ts';
import { effects } from './effects.ts';
import { screenedPatients } from './screened-patients.ts';

const every = [
  ...criteria.map((criterion) => criterion.reason),
  ...imagingStates.map((state) => state.reason),
  'a clinical variable is missing',
  'outcome missing',
];

describe('screened patients', () => {
  it.each([20, 36, 254])('drop out for every reason: %i take part', (patients) => {
    const screened = screenedPatients(patients, 'paper', createRandom(3, 'test'));
    const leaving = screened.filter((patient) => patient.dropOut !== null);
    expect(screened.length - leaving.length).toBe(patients);
    expect(new Set(leaving.map((patient) => reasonOf(patient.dropOut!)))).toEqual(new Set(every));
    if (patients === 254) expect(leaving.length / patients).toBeCloseTo(0.18, 2);
  });

  it('have ids of their own, in the order of the table', () => {
    const ids = screenedPatients(254, 'paper', createRandom(3, 'test')).map((patient) => patient.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('respond as the effect says', () => {
    const aucs = effects.map((effect) => {
      const patients = screenedPatients(1000, effect, createRandom(3, 'test')).filter(
        (patient) => patient.dropOut === null,
      );
      return auc(
        patients.map((patient) => patient.response),
        patients.map((patient) => patient.outcome),
      ).auc;
    });
    const [none, paper, strong] = aucs as [number, number, number];
    expect(Math.abs(none - 0.5)).toBeLessThan(0.06);
    expect(paper).toBeGreaterThan(0.9);
    expect(strong).toBeGreaterThan(paper + 0.03);
  });
});
