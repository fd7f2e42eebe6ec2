import { isSentinodeError, sha256 } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { compareRuns, reasonsOf } from './compare-runs.ts';
import { readRun } from './run-snapshot.ts';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const provenance = (change: object = {}) => ({
  schema: 'sentinode-provenance/1',
  notice: '',
  engine: '0.1.0',
  versions: { node: '20', processor: 'avx2' },
  studyFile: { sha256: 'a', settings: { seed: 1, selection: ['lasso'] } },
  seed: 1,
  inputs: { 'clinical.csv': '11' },
  ...change,
});
const results = (auc: number) => ({
  schema: 'sentinode-results/1',
  cohorts: { training: { n: 9, events: 4 }, validation: { n: 5, events: 2 } },
  optimism: [],
  models: [
    {
      name: 'clinical',
      classifier: 'knn',
      predictors: [1],
      threshold: 0.4,
      training: {
        auc: { auc },
        confusion: { sensitivity: { value: 1 }, specificity: { value: 1 } },
        calibration: null,
      },
      validation: {
        auc: { auc: 0.7 },
        confusion: { sensitivity: { value: 1 }, specificity: { value: 1 } },
        calibration: null,
      },
    },
  ],
});
const filesOf = (own: object, auc = 0.8): Map<string, Uint8Array> =>
  new Map([
    ['metrics.json', text(results(auc))],
    ['provenance.json', text(own)],
    ['report.html', text('page')],
  ]);
const hashesOf = async (files: ReadonlyMap<string, Uint8Array>): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all([...files].map(async ([name, bytes]) => [name, await sha256(bytes)] as const)),
  );
const open = async (files: ReadonlyMap<string, Uint8Array>, listed?: Record<string, string>) =>
  readRun('run', async (path) => files.get(path), [...files.keys()], listed);
const problem = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) =>
      isSentinodeError(error) ? `${error.code} ${error.place.file}: ${error.message}` : 'other',
  );

describe('a run folder', () => {
  it.each<[string, (files: Map<string, Uint8Array>) => unknown, RegExp]>([
    ['a file is missing', (files) => files.delete('report.html'), /report\.html.*missing/],
    ['a file was edited', (files) => files.set('report.html', text('Page')), /report\.html.*edited/],
    [
      'the numbers were edited',
      (files) => files.set('metrics.json', text(results(0.9))),
      /metrics\.json.*edited/,
    ],
  ])('is refused where %s', async (_, edit, message) => {
    const files = filesOf(provenance());
    const listed = await hashesOf(files);
    edit(files);
    expect(await problem(open(files, listed))).toMatch(message);
  });
  it.each<[string, Uint8Array, RegExp]>([
    [
      'is of a newer version',
      text({ ...results(1), schema: 'sentinode-results/9' }),
      /version "sentinode-results\/9"/,
    ],
    ['is cut', new TextEncoder().encode('{"schema":'), /cannot be parsed/],
    ['is nothing', text(null), /version "undefined"/],
  ])('is refused where metrics.json %s', async (_, bytes, message) => {
    const files = filesOf(provenance()).set('metrics.json', bytes);
    const found = await problem(open(files));
    expect(found).toMatch(/^run-invalid run\/metrics\.json/);
    expect(found).toMatch(message);
  });
  it('is refused where it is no run', async () => {
    expect(await problem(open(new Map()))).toMatch(/^run-invalid run\/provenance\.json.*finished run/);
  });
});

describe('two runs', () => {
  it('are the same where every byte is', async () => {
    const one = await open(filesOf(provenance()));
    const found = compareRuns(one, one);
    expect(found).toMatchObject({
      settings: [],
      inputs: [],
      versions: [],
      largest: null,
      studyFileSame: true,
    });
    expect(found.files).toEqual({ same: 3, different: [], onlyA: [], onlyB: [] });
    expect(reasonsOf(found)).toEqual([]);
  });
  it('say what differs, where, and what may be why', async () => {
    const other = provenance({
      versions: { node: '22', processor: 'avx2 avx512f' },
      studyFile: { sha256: 'b', settings: { seed: 2, selection: ['lasso'] } },
      inputs: { 'clinical.csv': '12', 'deep.csv': '3' },
    });
    const found = compareRuns(await open(filesOf(provenance())), await open(filesOf(other, 0.4)));
    expect(found.settings).toEqual([{ what: 'seed', a: 1, b: 2 }]);
    expect(found.files.different).toEqual(['metrics.json', 'provenance.json']);
    expect(found.largest).toMatchObject({ where: 'models.0.training.auc.auc', relative: 0.5 });
    expect(found.results).toContainEqual({ what: 'clinical: AUC, training', a: 0.8, b: 0.4 });
    const reasons = reasonsOf(found);
    expect(reasons).toEqual([
      'the study file was changed',
      'the input clinical.csv has other content',
      'the input deep.csv was not read the first time',
      'node was 20 and is 22',
      'processor was avx2 and is avx2 avx512f, which deep features depend on',
    ]);
  });
});
