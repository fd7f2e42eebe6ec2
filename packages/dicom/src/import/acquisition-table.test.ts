import { describe, expect, it } from 'vitest';
import { TAG } from '../data-set/tags.ts';
import { asSources, madeSeries } from '../testing/series.ts';
import { element } from '../write/write-element.ts';
import { acquisitionCsv, acquisitionTable } from './acquisition-table.ts';
import { planImport } from './plan.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { runImport } from './run-import.ts';
import { scanFiles } from './scan.ts';

const patient = (name: string, at: number, field: string, slices = 3): Uint8Array[] =>
  madeSeries(slices, (slice) => ({
    patient: name,
    study: at,
    instance: `1.${at}.${slice}`,
    extra: [
      element(TAG.MagneticFieldStrength, 'DS', field),
      element(TAG.EchoTime, 'DS', '90'),
      element(TAG.RepetitionTime, 'DS', '4000'),
    ],
  }));

describe('the acquisition table', () => {
  it('counts patients by value and shows where they differ', async () => {
    const scan = await scanFiles(
      asSources([...patient('A', 1, '3'), ...patient('B', 2, '30000'), ...patient('C', 3, '1.5', 5)]),
    );
    const run = runImport(scan, await planImport(scan, await Pseudonyms.of(new Uint8Array(32))));
    let next = await run.next();
    while (next.done !== true) next = await run.next();
    const rows = acquisitionTable(next.value);
    const of = (parameter: string) => rows.find((row) => row.parameter === parameter);
    expect(of('field strength, T')).toEqual({
      study: 'S1',
      kind: 'T2WI',
      parameter: 'field strength, T',
      values: [
        { value: '3', patients: 2 },
        { value: '1.5', patients: 1 },
      ],
    });
    expect(of('echo time, ms')!.values).toEqual([{ value: '90', patients: 3 }]);
    expect(of('pixel spacing, mm')!.values).toEqual([{ value: '0.8 x 0.7', patients: 3 }]);
    expect(of('b-values, s/mm²')).toBeUndefined();
    expect(acquisitionCsv(rows)).toContain('S1,T2WI,"echo time, ms",90,3\n');
  });
});
