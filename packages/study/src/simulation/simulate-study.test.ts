import { createRandom, isSentinodeError, sha256 } from '@sentinode/core';
import { iccTwoWayRandomSingle } from '@sentinode/statistics';
import { describe, expect, it } from 'vitest';
import { hasShared, readJson, shared } from '../../../../reference/locator.ts';
import { prepareStudy } from '../engine/prepare-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { included } from '../ledger/ledger.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { features, fullName } from './features/feature-names.ts';
import { radiomicTables } from './features/radiomic-tables.ts';
import type { SimulationOptions } from './options.ts';
import { simulateStudy, simulateTables } from './simulate-study.ts';

async function simulate(options: Partial<SimulationOptions>): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const file of simulateStudy(options)) files.set(file.path, file.bytes);
  return files;
}

const hostOf = (files: Map<string, Uint8Array>): StudyHost => ({
  readInput: async (path) => files.get(path),
  hasInput: async (path) => files.has(path),
  cache: { get: async () => undefined, put: async () => undefined },
  extract: () => Promise.reject(new Error('not here')),
  inference: () => Promise.reject(new Error('not here')),
  concurrency: 1,
});
const studyOf = (files: Map<string, Uint8Array>) =>
  parseStudy(new TextDecoder().decode(files.get('study.yaml')), 'study.yaml');
const digest = async (files: Map<string, Uint8Array>): Promise<string> =>
  sha256(
    (await Promise.all([...files].map(async ([path, bytes]) => `${path} ${await sha256(bytes)}`))).join('\n'),
  );

/** Those who leave at imaging lack exactly the files that their reason says. */
function expectFilesOfDropOuts(paths: readonly string[], truth: readonly string[]): void {
  const of = (reason: string, kind: string): string[] => {
    const id = truth.find((row) => row.split(',')[2] === reason)!.split(',')[0]!;
    return paths.filter((path) => path.startsWith(`${kind}/${id}/`));
  };
  expect(of('no MRI', 'images')).toHaveLength(3);
  expect(of('MRI outside its window', 'images')).toHaveLength(6);
  expect(of('no visible tumour after NAT', 'images')).toHaveLength(6);
  expect(of('no visible tumour after NAT', 'masks')).toHaveLength(9);
  expect(of('a sequence is missing', 'images')).toHaveLength(5);
  expect(of('bilateral cancer', 'images')).toHaveLength(0);
  expect(paths.at(-1)).toBe('study.yaml');
}

describe('a simulated study', () => {
  it.each([{ patients: 4 }, { patients: 24, features: true }])(
    'has the same bytes for the same seed, others for another: %j',
    async (options) => {
      const first = await digest(await simulate(options));
      expect(await digest(await simulate(options))).toBe(first);
      expect(await digest(await simulate({ ...options, seed: 19 }))).not.toBe(first);
    },
  );

  it.each([false, true])('keeps exactly those who take part, features: %s', async (features) => {
    const files = await simulate({ patients: 20, features });
    const { ledger } = await prepareStudy(studyOf(files), hostOf(files));
    const truth = new TextDecoder().decode(files.get('truth.csv')).trim().split('\n').slice(1);
    const staying = truth.filter((row) => row.split(',')[1] === 'yes').map((row) => row.split(',')[0]);
    expect(included(ledger).map((row) => row.id)).toEqual(staying);
    expect(staying).toHaveLength(20);
    const reasons = new Set(ledger.rows.flatMap((row) => row.exclusion?.reason ?? []));
    expect(reasons.size).toBeGreaterThanOrEqual(13);
    if (!features) expectFilesOfDropOuts([...files.keys()], truth);
  });

  it('says that it is simulated, and how it was made', async () => {
    const notice = new TextDecoder().decode(
      (await simulate({ patients: 4, effect: 'none' })).get('SIMULATED.txt'),
    );
    expect(notice).toContain('not patients');
    expect(notice).toContain('sentinode simulate --out FOLDER --patients 4 --seed 18 --effect none');
  });

  it('refuses a format of images where there are none', async () => {
    const error = await simulate({ format: 'dicom', features: true }).catch((thrown: unknown) => thrown);
    expect(isSentinodeError(error, 'option-invalid')).toBe(true);
  });
});

describe('simulated feature tables', () => {
  const { tables } = simulateTables({ patients: 24, seed: 4 });

  it('have 10,773 radiomic and 6,144 deep columns for everybody who takes part', () => {
    expect(tables.radiomics.names).toHaveLength(10_773);
    expect(new Set(tables.radiomics.names).size).toBe(10_773);
    expect(tables.deep.names).toHaveLength(6144);
    expect(tables.radiomics.ids).toHaveLength(24);
    for (const table of [tables.radiomics, ...tables.readers, tables.deep])
      expect(table.columns.every((column) => column.every(Number.isFinite))).toBe(true);
  });

  it.skipIf(!hasShared('pyradiomics-golden'))('name the features as PyRadiomics does, in its order', () => {
    const golden = readJson<{ features: Record<string, number> }>(
      shared('pyradiomics-golden', 'breast1__dlr_norm100.json'),
    );
    expect(features.map(fullName)).toEqual(Object.keys(golden.features));
  });

  it('give the same numbers from the file as in memory', async () => {
    const files = await simulate({ patients: 24, seed: 4, features: true });
    const prepared = await prepareStudy(studyOf(files), hostOf(files));
    expect(prepared.tables?.radiomics).toEqual(tables.radiomics);
    expect(prepared.tables?.readers?.[1]).toEqual(tables.readers[1]);
    expect(prepared.tables?.deep).toEqual(tables.deep);
  });

  it('have rows of those who lack a clinical value, for a study that imputes', async () => {
    const files = await simulate({ patients: 24, seed: 4, features: true });
    const study = studyOf(files);
    const imputing = { ...study, cohort: { ...study.cohort, missing: 'impute' as const } };
    const prepared = await prepareStudy(imputing, hostOf(files));
    expect(prepared.tables!.radiomics!.ids.length).toBeGreaterThan(24);
    expect(prepared.tables!.radiomics!.ids).toEqual(prepared.tables!.deep!.ids);
  });

  it('have a delta that is post minus pre', () => {
    const column = (name: string) => tables.radiomics.columns[tables.radiomics.names.indexOf(name)]!;
    const name = 'DCE_wavelet-LLH_glcm_JointEntropy';
    const pre = column(`pre_${name}`);
    const post = column(`post_${name}`);
    column(`delta_${name}`).forEach((delta, row) => {
      expect(Math.abs(delta - (post[row]! - pre[row]!))).toBeLessThan(1e-9 * Math.abs(post[row]!) + 1e-12);
    });
  });

  it('agree between readers from poorly to almost perfectly', () => {
    const n = 300;
    const random = createRandom(8, 'test');
    const responses = Float64Array.from({ length: n }, () => random.normal());
    const { readers } = radiomicTables(
      Array.from({ length: n }, (_, i) => `P${i}`),
      responses,
      random,
    );
    const values = readers[0].columns
      .slice(0, 3 * 1197)
      .map((column, j) => iccTwoWayRandomSingle(column, readers[1].columns[j]!)!)
      .sort((a, b) => a - b);
    const at = (share: number): number => values[Math.floor(share * values.length)]!;
    expect(at(0.01)).toBeGreaterThan(0.3);
    expect(at(0.01)).toBeLessThan(0.7);
    expect(at(0.5)).toBeGreaterThan(0.75);
    expect(at(0.99)).toBeGreaterThan(0.95);
  });
});
