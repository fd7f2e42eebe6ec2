import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extract, type FeatureVector } from '@sentinode/radiomics';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import {
  compareFeatures,
  type ExpectedFeatures,
} from '../../packages/radiomics/src/testing/compare-features.ts';
import { goldenSettings } from '../../packages/radiomics/src/testing/golden-settings.ts';
import { hasShared, readBytes, reference, shared } from '../../reference/locator.ts';
import { findChromium } from '../testing/chromium.ts';
import { openPage } from '../testing/measure-in-chromium.ts';
import type { Answer, Job } from './jobs.ts';

interface Golden {
  readonly name: string;
  readonly features: ExpectedFeatures;
  readonly job: Job;
}

interface Written {
  readonly image: string;
  readonly mask: string;
  readonly features: ExpectedFeatures;
}

/** Relative, as in the suites that hold each file to it. */
const RELATIVE = 1e-9;
const page = new URL('../../docs/reference/accuracy.md', import.meta.url).pathname;
const printing = process.env.SENTINODE_WRITE_DOCS === '1';
const found = findChromium();
const reason = 'missing' in found ? ` (skipped: ${found.missing})` : '';

/** The made-up images in many settings. */
function phantoms(): Golden[] {
  const folder = (...parts: string[]): string => reference('pyradiomics-settings', ...parts);
  return readdirSync(folder('goldens')).map((file) => {
    const text = readFileSync(folder('goldens', file), 'utf8');
    const { image, mask, features } = JSON.parse(text) as Written;
    const settings = goldenSettings(text, file);
    const channel = mask.includes('vector') ? settings.label_channel : undefined;
    const job = { image: folder(image), mask: folder(mask), label: settings.label, channel, settings };
    return { name: file.replace('.json', ''), features, job };
  });
}

/** Real MRI in four settings. */
function realCases(): Golden[] {
  const folder = reference('pyradiomics-golden');
  const files = readdirSync(folder).filter((name) => /^(breast1|brain2)__/.test(name));
  return files.map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const { features } = JSON.parse(text) as Written;
    const part = (what: string): string => shared('mri-pyradiomics', `${file.split('__')[0]}_${what}.nrrd`);
    const settings = withClasses(text, file, Object.keys(features));
    return {
      name: file.replace('.json', ''),
      features,
      job: { image: part('image'), mask: part('label'), label: 1, settings },
    };
  });
}

/** The files of real cases do not write their classes down; their columns do. */
function withClasses(text: string, file: string, names: readonly string[]): Job['settings'] {
  const settings = goldenSettings(text, file);
  const classes = new Map<string, string[]>();
  for (const name of names) {
    const [className, feature] = name.split('_').slice(-2) as [string, string];
    const listed = classes.get(className) ?? [];
    if (!listed.includes(feature)) classes.set(className, [...listed, feature]);
  }
  return { ...settings, featureClasses: [...classes].map(([name, features]) => ({ name, features })) };
}

async function inNode({ image, mask, label, channel, settings }: Job): Promise<FeatureVector> {
  const labels = await readVolume(readBytes(mask), { file: mask, index: channel });
  return extract(
    await readVolume(readBytes(image), { file: image }),
    maskFromLabels(labels, label),
    settings,
    labels,
  );
}

const bits = (values: Float64Array): string => Buffer.from(values.buffer).toString('hex');

/** What the page says of one file. */
interface Row {
  readonly name: string;
  readonly values: number;
  /** Largest relative difference, rounded up to a power of ten; 0 where all are equal. */
  readonly below: string;
  readonly onFloor: number;
}

/** Compares the three: PyRadiomics, Node, Chromium. */
function rowOf({ name, features }: Golden, here: FeatureVector, there: Answer): Row {
  expect(here.names, name).toEqual(Object.keys(features));
  if (!('values' in there)) throw new Error(`${name}: ${there.message}`);
  expect(there.names, name).toEqual(here.names);
  expect(bits(there.values), `${name} in Chromium`).toBe(bits(here.values));
  const { count, largest, onFloor, outside } = compareFeatures(here, features, RELATIVE);
  expect(outside, name).toEqual([]);
  const below = largest === 0 ? '0' : `1e${Math.ceil(Math.log10(largest))}`;
  return { name, values: count, below, onFloor };
}

function printed(rows: readonly Row[], chromium: string): string {
  const values = rows.reduce((sum, row) => sum + row.values, 0);
  const onFloor = rows.reduce((sum, row) => sum + row.onFloor, 0);
  return [
    '<!-- Printed by the test run (`npm run docs:accuracy`); do not edit. -->',
    '# Accuracy',
    '',
    `Every file of values of PyRadiomics 3.1.0 that the tests hold: real MRI in four settings first, then made-up images in many settings (\`reference/pyradiomics-settings\`). ${rows.length} files, ${values} values; largest difference relative to PyRadiomics' value, rounded up to a power of ten, of at most ${RELATIVE} that the tests allow. ${onFloor} values are "on a floor": they differ by more and are rounding noise in PyRadiomics itself, within the absolute limits of \`packages/radiomics/src/testing/ill-conditioned.ts\`. Chromium ${chromium.split('.')[0]} gave the doubles of Node, bit for bit, in every file.`,
    '',
    '| file | values | difference at most | on a floor | Chromium |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.name} | ${row.values} | ${row.below} | ${row.onFloor} | same bytes |`),
    '',
  ].join('\n');
}

/** The page may not claim more than was measured. */
function expectTrue(rows: readonly Row[], text: string): void {
  for (const { name, values, below, onFloor } of rows) {
    const claim = text.split('\n').find((line) => line.startsWith(`| ${name} |`));
    if (claim === undefined) continue;
    const [, , claimed, difference, floor] = claim.split('|').map((cell) => cell.trim());
    expect(Number(claimed), name).toBe(values);
    expect(Number(below), name).toBeLessThanOrEqual(Number(difference));
    expect(onFloor, name).toBeLessThanOrEqual(Number(floor));
  }
}

describe.skipIf('missing' in found || !hasShared('mri-pyradiomics'))(
  `accuracy, file by file${reason}`,
  () => {
    it('is what docs/reference/accuracy.md says, in Node and in Chromium', async () => {
      const goldens = [...realCases(), ...phantoms()];
      const browser = await openPage((found as { path: string }).path);
      try {
        const there = await browser.measure(
          goldens.map(({ job }) => job),
          2,
        );
        const rows: Row[] = [];
        for (const [index, golden] of goldens.entries())
          rows.push(rowOf(golden, await inNode(golden.job), there[index]!));
        if (printing) writeFileSync(page, printed(rows, browser.version));
        expectTrue(rows, readFileSync(page, 'utf8'));
      } finally {
        await browser.close();
      }
    });
  },
);
