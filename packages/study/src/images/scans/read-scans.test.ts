import { describe, expect, it } from 'vitest';
import type { StudyHost } from '../../host/study-host.ts';
import { summariseScans } from '../../results/scans.ts';
import { parseStudy } from '../../study-file/parse-study.ts';
import type { ImageFiles } from '../locate-images.ts';
import { readScans } from './read-scans.ts';
import { scannersOf } from './scan-table.ts';

const study = parseStudy(
  'name: x\ncohort: {table: c.csv, id: id, outcome: {column: y, positive: 1}}\nimages: {pattern: "{patient}", masks: {}, visits: [pre], sequences: [T2WI]}\n',
  'study.yaml',
);
const layout = study.images!;
const files = ['A', 'B', 'C', 'D'].map(
  (patient): ImageFiles => ({
    patient,
    visit: 'pre',
    sequence: 'T2WI',
    image: `in/${patient}/t2.nii.gz`,
    mask: '',
    readers: [],
  }),
);
const host = (path: string, text: string) =>
  ({
    readInput: async (asked: string) => (asked === path ? new TextEncoder().encode(text) : undefined),
  }) as unknown as StudyHost;

const series = (
  patient: string,
  number: number,
  file: string | null,
  tesla: number,
  bValue: number | null,
) => ({
  patient,
  study: 'S1',
  series: number,
  file,
  kind: 'T2WI',
  plane: 'axial',
  spacing: [0.5, 0.5, 3],
  size: [10, 10, 5],
  slices: 5,
  bValue,
  seconds: null,
  acquisition: {
    manufacturer: 'Maker',
    model: tesla === 3 ? 'Big' : 'Small',
    fieldStrength: tesla,
    scanningSequence: null,
    repetitionTime: 4000,
    echoTime: 90.004,
    inversionTime: null,
    flipAngle: 90,
    sliceThickness: null,
    contrastAgent: null,
  },
});

describe('scanner and sequence of the images', () => {
  it('are those of the series that an image came from', async () => {
    const volumes = [
      series('A', 1, 'A/t2.nii.gz', 3, 0),
      series('A', 1, 'A/t2_b800.nii.gz', 3, 800),
      series('B', 1, 'B/t2.nii.gz', 3, 0),
      series('C', 1, 'C/t2.nii.gz', 1.5, 0),
      series('D', 1, null, 7, 0),
    ];
    const scans = await readScans(
      host('in/index.json', JSON.stringify({ volumes })),
      'in/index.json',
      files,
      study,
    );
    const { parameters, patients } = summariseScans(scans, ['A', 'B', 'C', 'D'], layout);
    const of = (parameter: string) => parameters.find((one) => one.parameter === parameter);
    expect(patients).toBe(4);
    expect(of('field strength, T')).toEqual({
      visit: 'pre',
      sequence: 'T2WI',
      parameter: 'field strength, T',
      values: [
        { value: '3', n: 2, patients: ['A', 'B'] },
        { value: '1.5', n: 1, patients: ['C'] },
      ],
      notStated: 1,
    });
    expect(of('b-values, s/mm²')!.values.map(({ value }) => value)).toEqual(['0', '0, 800']);
    expect(of('inversion time, ms')).toBeUndefined();
    expect([...scannersOf(scans)]).toEqual([
      ['A', 'Maker Big 3 T'],
      ['B', 'Maker Big 3 T'],
      ['C', 'Maker Small 1.5 T'],
    ]);
  });

  it('are read from a table, where 3 and 3.0 are one value and NA is none', async () => {
    const text =
      'id,visit,sequence,scanner,TR\nA,pre,T2WI,one,3\nB,pre,T2WI,one,3.0\nC,pre,T2WI,two,NA\nX,pre,T2WI,two,9\n';
    const scans = await readScans(host('scans.csv', text), 'scans.csv', files, study);
    const [scanner, repetition] = summariseScans(scans, ['A', 'B', 'C', 'D'], layout).parameters;
    expect(scanner!.values.map(({ value, n }) => [value, n])).toEqual([
      ['one', 2],
      ['two', 1],
    ]);
    expect(repetition!.values).toEqual([{ value: '3', n: 2, patients: ['A', 'B'] }]);
    expect(repetition!.notStated).toBe(2);
    expect(scannersOf(scans).get('C')).toBe('two');
  });

  it.each([
    [
      'no image of the study in it',
      'scans.csv',
      'id,visit,sequence,TR\nA,before,T2WI,3\n',
      'patient-unknown',
    ],
    ['no column of the visit', 'scans.csv', 'id,sequence,TR\nA,T2WI,3\n', 'column-unknown'],
    [
      'an image twice',
      'scans.csv',
      'id,visit,sequence,TR\nA,pre,T2WI,3\nA,pre,T2WI,4\n',
      'duplicate-patient',
    ],
    ['another JSON file', 'in/index.json', '{"a": 1}', 'file-syntax'],
    ['an index of other images', 'in/index.json', '{"volumes": []}', 'patient-unknown'],
  ])('refuse a file with %s', async (_, path, text, code) => {
    await expect(readScans(host(path, text), path, files, study)).rejects.toMatchObject({
      code,
      place: { field: expect.stringContaining('images.scans') },
    });
  });
});
