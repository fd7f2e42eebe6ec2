import { createRandom } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, reference } from '../../../../../reference/locator.ts';
import type { effects } from '../cohort/effects.ts';
import { screenedPatients } from '../cohort/screened-patients.ts';
import { apportion } from './apportion.ts';
import { type ClinicalPatient, clinicalPatients } from './clinical-values.ts';
import { factorNames, publishedTable } from './published-table.ts';

/** Whole years: the mean moves by at most 0.05, the standard deviation by at most 0.1. */
const AGE = { mean: 0.05, sd: 0.1 };
const printedName: Readonly<Record<string, string>> = {
  er: 'ER',
  pr: 'PR',
  her2: 'HER2',
  ki67: 'Ki67',
  ct: 'cT',
};
const printed = readCsv(reference('paper', 'table1.csv'));

const staying = (effect: (typeof effects)[number], seed: number) =>
  screenedPatients(254, effect, createRandom(seed, 'test')).filter((patient) => patient.dropOut === null);
const count = (patients: readonly ClinicalPatient[], name: string, level: string, outcome?: number): number =>
  patients.filter(
    (patient) =>
      patient.cells[name as keyof typeof patient.cells] === level &&
      (outcome === undefined || patient.outcome === outcome),
  ).length;
const rows = (name: string) => printed.filter((row) => row.variable === (printedName[name] ?? name));

describe('clinical margins', () => {
  it.each(['paper', 'strong'] as const)('equal every count of the published Table 1: %s', (effect) => {
    const patients = staying(effect, 7);
    expect(patients.filter((patient) => patient.outcome === 1)).toHaveLength(144);
    expect(patients).toHaveLength(254);
    let compared = 0;
    for (const name of factorNames) {
      for (const row of rows(name)) {
        expect(count(patients, name, row.level!, 0), `${name} ${row.level}`).toBe(Number(row.non_apcr));
        expect(count(patients, name, row.level!, 1), `${name} ${row.level}`).toBe(Number(row.apcr));
        compared++;
      }
    }
    expect(compared).toBe(17);
    for (const outcome of [0, 1] as const) {
      const ages = patients
        .filter((patient) => patient.outcome === outcome)
        .map((patient) => Number(patient.cells.age));
      const mean = ages.reduce((a, b) => a + b, 0) / ages.length;
      const sd = Math.sqrt(ages.reduce((a, b) => a + (b - mean) ** 2, 0) / (ages.length - 1));
      expect(Math.abs(mean - publishedTable.age.mean[outcome])).toBeLessThan(AGE.mean);
      expect(Math.abs(sd - publishedTable.age.sd[outcome])).toBeLessThan(AGE.sd);
    }
  });

  it('keep the row totals and the rate of apCR when outcomes are permuted', () => {
    const patients = staying('none', 7);
    expect(patients.filter((patient) => patient.outcome === 1)).toHaveLength(144);
    let moved = 0;
    for (const name of factorNames) {
      for (const row of rows(name)) {
        expect(count(patients, name, row.level!)).toBe(Number(row.non_apcr) + Number(row.apcr));
        if (count(patients, name, row.level!, 1) !== Number(row.apcr)) moved++;
      }
    }
    expect(moved).toBeGreaterThan(8);
  });

  it('agree with each other at every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 400 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const patients = clinicalPatients(n, createRandom(seed, 'test'));
        expect(patients).toHaveLength(n);
        for (const { cells } of patients) {
          const hormone = cells.er === 'positive' || cells.pr === 'positive';
          const expected = cells.her2 === 'positive' ? ['HER2+'] : hormone ? ['HR+/HER2-'] : ['TNBC'];
          expect(expected).toContain(cells.subtype);
        }
        const { counts } = publishedTable.factors.subtype;
        const events = patients.filter((patient) => patient.outcome === 1);
        const wanted = apportion(counts[1], events.length);
        expect(publishedTable.factors.subtype.levels.map((level) => count(events, 'subtype', level))).toEqual(
          wanted,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('apportionment', () => {
  it('keeps the total and stays within one of the exact share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 0, max: 3000 }),
        (weights, total) => {
          fc.pre(weights.some((weight) => weight > 0));
          const parts = apportion(weights, total);
          const sum = weights.reduce((a, b) => a + b, 0);
          expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
          parts.forEach((part, k) => {
            expect(Math.abs(part - (weights[k]! * total) / sum)).toBeLessThan(1);
          });
        },
      ),
    );
  });
});
