import { defaultProtocol, extract, type FeatureVector } from '@sentinode/radiomics';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../reference/locator.ts';
import { findChromium } from '../testing/chromium.ts';
import { type OpenPage, openPage } from '../testing/measure-in-chromium.ts';
import type { Answer, Job } from './jobs.ts';

const found = findChromium();
const reason = 'missing' in found ? ` (skipped: ${found.missing})` : '';
const phantom = (name: string): string => reference('pyradiomics-settings', 'phantoms', name);
const jobs: Job[] = ['iso', 'aniso', 'oblique', 'subtraction'].map((name) => ({
  image: phantom(`${name}_image.nrrd`),
  mask: phantom(`${name}_mask.nrrd`),
  label: 1,
  settings: defaultProtocol(),
}));

async function inNode({ image, mask, label, settings }: Job): Promise<FeatureVector> {
  const [volume, labels] = await Promise.all(
    [image, mask].map((file) => readVolume(readBytes(file), { file })),
  );
  return extract(volume!, maskFromLabels(labels!, label), settings);
}

const bits = (values: Float64Array): string => Buffer.from(values.buffer).toString('hex');

describe.skipIf('missing' in found)(`the same bits in Chromium as in Node${reason}`, () => {
  let page: OpenPage;
  let here: FeatureVector[];
  let one: Answer[];

  beforeAll(async () => {
    page = await openPage((found as { path: string }).path);
    here = await Promise.all(jobs.map(inNode));
    one = await page.measure(jobs, 1);
  });
  afterAll(() => page?.close());

  it('1,197 features of each case, byte for byte', () => {
    console.log(`Chromium ${page.version}, Node ${process.version}: ${jobs.length} cases`);
    one.forEach((answer, index) => {
      if (!('values' in answer)) throw new Error(answer.message);
      expect(answer.names).toHaveLength(1197);
      expect(answer.names).toEqual(here[index]!.names);
      expect(bits(answer.values)).toBe(bits(here[index]!.values));
    });
  });
  it('whatever the number of web workers', async () => {
    for (const workers of [2, 3]) expect(await page.measure(jobs, workers)).toEqual(one);
  });
  it('gives errors by code and sentence', async () => {
    const [answer] = await page.measure([{ ...jobs[0]!, label: 77 }], 1);
    expect(answer).toMatchObject({ code: 'mask-label', message: expect.stringMatching(/77/) });
  });
});
