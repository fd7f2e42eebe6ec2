import { sha256 } from '@sentinode/core';
import type { InferenceRuntime } from '@sentinode/deep';
import { type Volume, writeVolume } from '@sentinode/volume';
import { beforeEach, describe, expect, it } from 'vitest';
import { exported } from '../../../deep/src/testing/exported.ts';
import { prepareStudy } from '../engine/prepare-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { deepStage } from './deep-stage.ts';
import { imageFiles } from './locate-images.ts';

const FEATURES = 2048;
const size = [4, 3, 3] as const;
const geometry = {
  size,
  spacing: [1, 1, 2],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
} as unknown as Volume['geometry'];
const patients = ['p1', 'p2', 'p3', 'p4'];
const sequences = ['DCE', 'T2WI', 'DWI'];

/** A picture of which k + 1 of 12 pixels are white on slice k, so that its mean tells the slice. */
const image = Float32Array.from({ length: 36 }, (_, at) => (at % 12 <= Math.floor(at / 12) ? 1 : 0));
/** The tumour is largest on the middle slice. */
const tumour = Uint8Array.from({ length: 36 }, (_, at) => ([12, 13, 0].includes(at) ? 1 : 0));

/** A network that tells the mean of red, green and blue, and how often it was asked. */
function meansOfColours(): { runtime: InferenceRuntime; runs: () => number } {
  let runs = 0;
  const runtime: InferenceRuntime = async () => ({
    run: async (input) => {
      runs += 1;
      const area = input.length / 3;
      const means = [0, 1, 2].map((channel) => {
        let sum = 0;
        for (let at = 0; at < area; at++) sum += input[channel * area + at]!;
        return sum / area;
      });
      return Float32Array.from(
        { length: input.length === 3 * 32 * 32 ? 5 : FEATURES },
        (_, at) => means[at] ?? 0,
      );
    },
    close: async () => undefined,
  });
  return { runtime, runs: () => runs };
}

const studyOf = (deep: string) =>
  parseStudy(
    `name: t
profile: published
cohort: {table: t.csv, id: id, outcome: {column: y, positive: 1}, split: {column: cohort}}
images: {pattern: "{patient}/{visit}_{sequence}.nii", masks: {consensus: "{patient}/{visit}_{sequence}_mask.nii"}}
deep: ${deep}
models: [deep]
`,
    'study.yaml',
  );

describe('deep features of a study', () => {
  let files: Map<string, Uint8Array>;
  let cache: Map<string, Uint8Array>;
  let network: ReturnType<typeof meansOfColours>;
  let host: StudyHost;
  const put = (name: string, data: Volume['data'], elementType: Volume['elementType']) =>
    files.set(name, writeVolume({ geometry, elementType, data }, name));

  beforeEach(() => {
    files = new Map([
      ['w.onnx', exported(FEATURES)],
      [
        't.csv',
        new TextEncoder().encode(
          'id,y,cohort\np1,1,training\np2,0,training\np3,1,validation\np4,0,validation\n',
        ),
      ],
    ]);
    for (const patient of patients)
      for (const visit of ['pre', 'post'])
        for (const sequence of sequences) {
          put(`${patient}/${visit}_${sequence}.nii`, image, 'float32');
          put(`${patient}/${visit}_${sequence}_mask.nii`, tumour, 'uint8');
        }
    cache = new Map();
    network = meansOfColours();
    host = {
      readInput: async (path) => files.get(path),
      hasInput: async (path) => files.has(path),
      cache: {
        get: async (key) => cache.get(key),
        put: async (key, bytes) => void cache.set(key, bytes),
      },
      extract: () => Promise.reject(new Error('not asked for')),
      concurrency: 2,
      inference: network.runtime,
    };
  });
  const measure = (deep: string) => {
    const study = studyOf(deep);
    return deepStage(host, study, imageFiles(study.images!, patients), new Set(['p1', 'p2']));
  };
  /** Mean of red before it was scored; enlarging blurs the border a little. */
  const red = (score: number): number => score * 0.229 + 0.485;

  it('measures the slice with the largest area of every visit, in file order', async () => {
    const { features, failed, network: used } = await measure('{weights: w.onnx}');
    expect(features.ids).toEqual(patients);
    expect(features.names).toHaveLength(2 * FEATURES);
    expect([features.names[0], features.names[FEATURES]]).toEqual([
      'pre_resnet50_0000',
      'post_resnet50_0000',
    ]);
    expect(red(features.columns[0]![0]!)).toBeCloseTo(2 / 12, 1);
    expect(failed).toEqual([]);
    expect(used).toMatchObject({ description: { pretrained: true } });
    expect(await used.onnx!()).toEqual(files.get('w.onnx'));
    files.set('w.onnx', exported(FEATURES, 224, 2));
    await expect(used.onnx!()).rejects.toThrow('changed while the study ran');
  });
  it('averages over adjacent slices', async () => {
    const [below, middle, above, mean] = await Promise.all(
      ['[-1]', '[0]', '[1]', '[-1, 0, 1]'].map(
        async (slices) => (await measure(`{weights: w.onnx, slices: ${slices}}`)).features.columns[0]![0]!,
      ),
    );
    expect(below!).toBeLessThan(middle!);
    expect(middle!).toBeLessThan(above!);
    expect(mean!).toBeCloseTo((below! + middle! + above!) / 3, 12);
  });
  it('measures the slices of the sensitivity analysis beside the usual ones, and counts where a volume ends', async () => {
    const three = await measure('{weights: w.onnx, slices: [-1, 0, 1]}');
    const asked = network.runs();
    const both = await measure('{weights: w.onnx, adjacent: [-1, 0, 1]}');
    expect(network.runs()).toBe(asked + 1);
    expect(both.adjacent!.features).toEqual(three.features);
    expect(both.features).toEqual((await measure('{weights: w.onnx}')).features);
    expect(both.adjacent!.ends).toEqual({ again: 0, of: 4 * 2 * 3 * 3 });
    const beyond = await measure('{weights: w.onnx, adjacent: [0, 2]}');
    expect(beyond.adjacent!.ends).toEqual({ again: 4 * 2 * 3, of: 4 * 2 * 2 * 3 });
    expect(three.adjacent).toBeNull();
  });
  it('measures changed copies of training pictures alone, the same change in every visit', async () => {
    const plain = await measure('{weights: w.onnx}');
    const asked = network.runs();
    const augmented = await measure(
      '{weights: w.onnx, augmentation: {copies: 2, flips: [], rotation: 0, brightness: 0.5}}',
    );
    // the same pictures of the two visits may come from the cache
    expect(network.runs() - asked - 1).toBeGreaterThanOrEqual(2 * 2);
    expect(network.runs() - asked - 1).toBeLessThanOrEqual(2 * 2 * 2);
    expect(augmented.features).toEqual(plain.features);
    expect(augmented.copies.map(({ ids }) => ids)).toEqual([
      ['p1', 'p2'],
      ['p1', 'p2'],
    ]);
    const grey = (table: typeof plain.features, column: number, row: number) =>
      red(table.columns[column]![row]!);
    for (const copy of augmented.copies)
      for (const row of [0, 1]) {
        const factor = grey(copy, 0, row) / grey(plain.features, 0, row);
        expect(factor).toBeGreaterThan(0.49);
        expect(factor).toBeLessThan(1.51);
        expect(grey(copy, FEATURES, row)).toBe(grey(copy, 0, row));
      }
    expect(augmented.copies[0]).not.toEqual(augmented.copies[1]);
  });
  it('keeps what the network saw', async () => {
    const { pictures } = await measure('{weights: w.onnx}');
    expect(pictures.map(({ patient, visit }) => `${patient} ${visit}`)).toHaveLength(8);
    expect(pictures[0]).toMatchObject({ patient: 'p1', visit: 'pre', side: 224 });
    const pixels = await pictures[0]!.pixels();
    expect(pixels).toHaveLength(3 * 224 * 224);
    expect(new Set(pixels).has(0) && new Set(pixels).has(255)).toBe(true);
    const again = (await measure('{weights: w.onnx}')).pictures;
    expect(await again[0]!.pixels()).toEqual(pixels);
    cache.clear();
    expect(await pictures[0]!.pixels()).toEqual(pixels);
  });
  it('takes finished visits from the cache, and measures again what changed', async () => {
    const first = await measure('{weights: w.onnx}');
    const asked = network.runs();
    expect((await measure('{weights: w.onnx}')).features).toEqual(first.features);
    expect(network.runs()).toBe(asked + 1);
    put(
      'p2/post_DWI.nii',
      image.map((value) => 1 - value),
      'float32',
    );
    await measure('{weights: w.onnx}');
    expect(network.runs()).toBe(asked + 3);
  });
  it('lists what failed in file order with its file, and keeps the others', async () => {
    put('p1/post_DWI.nii', Float32Array.from(image).fill(Number.NaN), 'float32');
    put('p1/pre_T2WI_mask.nii', new Uint8Array(36), 'uint8');
    const { features, failed } = await measure('{weights: w.onnx}');
    expect(failed.map(({ files: { visit, sequence }, error }) => [visit, sequence, error.code])).toEqual([
      ['pre', 'T2WI', 'mask-empty'],
      ['post', 'DWI', 'volume-nan'],
    ]);
    expect(failed[1]!.error.place).toMatchObject({ patient: 'p1', file: 'p1/post_DWI.nii' });
    expect(Number.isNaN(features.columns[0]![0]!)).toBe(true);
    expect(Number.isFinite(features.columns[0]![1]!)).toBe(true);
  });
  it('runs a network of the user as it is declared', async () => {
    files.set('own.onnx', exported(5, 32));
    const { features, network: used } = await measure(
      '{backbone: onnx, weights: own.onnx, network: {features: 5, side: 32, mean: [0, 0, 0], sd: [1, 1, 1]}}',
    );
    expect(features.names[5]).toBe('post_onnx_0000');
    expect(features.columns[0]![0]!).toBeCloseTo(2 / 12, 1);
    expect(used.description).toMatchObject({ backbone: 'onnx', network: { side: 32, channels: 'RGB' } });
  });
  it('cuts the pictures as the study file says', async () => {
    const whole = await measure('{weights: w.onnx}');
    const masked = await measure('{weights: w.onnx, picture: {region: masked}}');
    expect(red(masked.features.columns[0]![0]!)).toBeLessThan(red(whole.features.columns[0]![0]!) + 1e-6);
    const box = await measure('{weights: w.onnx, picture: {region: box, margin: 0}}');
    expect(red(box.features.columns[0]![0]!)).toBeCloseTo(1, 5);
  });
  it('refuses a network that is not the one of its record', async () => {
    files.set('w.json', new TextEncoder().encode(`{"sha256": "${await sha256(exported(FEATURES))}"}`));
    expect((await measure('{weights: w.onnx}')).failed).toEqual([]);
    files.set('w.onnx', exported(FEATURES, 224, 2));
    await expect(measure('{weights: w.onnx}')).rejects.toMatchObject({ code: 'weights-invalid' });
  });
  it.each([
    ['{}', 'weights-missing'],
    ['{weights: seeded, backbone: onnx, network: {features: 5}}', 'option-invalid'],
    ['{weights: absent.onnx}', 'file-missing'],
    ['{weights: ../w.onnx}', 'path-outside'],
    ['{weights: t.csv}', 'weights-invalid'],
    ['{weights: w.safetensors}', 'weights-invalid'],
  ])('stops before the long work with deep: %s', async (deep, code) => {
    files.set('w.safetensors', new TextEncoder().encode('no weights'));
    await expect(prepareStudy(studyOf(deep), host)).rejects.toMatchObject({ code });
  });
  it('refuses slices that are no offsets', () => {
    expect(() => studyOf('{weights: w.onnx, slices: []}')).toThrow(/slices/);
    expect(() => studyOf('{weights: w.onnx, slices: [0, 0]}')).toThrow(/each slice once/);
    expect(() => studyOf('{weights: w.onnx, backbone: onnx}')).toThrow(/describe the network/);
  });
});
