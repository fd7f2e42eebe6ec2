import { isSentinodeError } from '@sentinode/core';
import {
  type ExtractionSettings,
  type FeatureVector,
  type Parameters,
  parseParameters,
  resolveSettings,
} from '@sentinode/radiomics';
import { extractImage } from '@sentinode/study';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../../reference/locator.ts';
import { volumeFile } from './settings.ts';

interface BadInput {
  readonly name: string;
  readonly image: string;
  readonly mask: string;
  readonly settings: Record<string, unknown>;
  readonly imageType: Record<string, Record<string, unknown>>;
  readonly featureClass: Record<string, string[]>;
  readonly yaml?: string;
  readonly call?: string;
  readonly raised: { readonly type: string } | null;
  readonly features?: Record<string, number | string | null>;
}

const folder = (...parts: string[]): string => reference('pyradiomics-settings', ...parts);
const inputs = readJson<{ errors: BadInput[] }>(folder('errors.json')).errors;
const page = new URL('../../../../../docs/reference/bad-input.md', import.meta.url).pathname;
/** Relative, as SOURCE.md of the values. */
const RELATIVE = 1e-9;

/** Where we refuse what the reference measures or accepts, and why. */
const refusedHere: Readonly<Record<string, string>> = {
  nan_image: 'NaN inside the region: the reference returns numbers that mean nothing',
  padDistance_negative: 'the image would be cut smaller than its region',
  interpolator_unknown: 'the reference warns and takes another interpolator',
  unknown_setting: 'the reference ignores it, so that a typing error changes nothing and nobody sees it',
  unknown_image_type: 'the reference warns and leaves it out',
  unknown_feature_class: 'the reference warns and leaves it out',
};
/** Where we measure something else than the reference, and why. */
const otherHere: Readonly<Record<string, string>> = {};

type Outcome =
  | { readonly vector: FeatureVector }
  | { readonly code: string; readonly sentence: string }
  | { readonly settings: ExtractionSettings };

/** What a call of the reference's programming interface amounts to in a parameter file. */
const calls: Readonly<Record<string, Parameters>> = {
  unknown_image_type: { imageType: { Foo: {} } },
  unknown_feature_class: { featureClass: { foo: null } },
  unknown_feature: { featureClass: { glcm: ['Foo'] } },
};

async function outcome(input: BadInput): Promise<Outcome> {
  try {
    if (input.yaml !== undefined) return { settings: parseParameters(input.yaml, 'p.yaml') };
    if (input.call !== undefined) return { settings: resolveSettings(calls[input.call]!) };
    const { imageType, featureClass } = input;
    const settings = resolveSettings({ setting: input.settings, imageType, featureClass });
    const { vectors } = await extractImage({
      image: await volumeFile(folder(input.image), 'image'),
      masks: [await volumeFile(folder(input.mask), 'mask')],
      settings,
      region: { lesions: 'union', label: settings.label },
      otherGrid: true,
    });
    return { vector: vectors[0]! };
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    const { file, line, field, part } = error.place;
    const place = [file, line === undefined ? undefined : `line ${line}`, field, part];
    const sentence = `${error.message} (${place.filter((one) => one !== undefined).join(', ')})`;
    return { code: error.code, sentence: sentence.replaceAll(folder('phantoms/'), '') };
  }
}

function different(vector: FeatureVector, expected: NonNullable<BadInput['features']>): string[] {
  expect(vector.names).toEqual(Object.keys(expected));
  return vector.names.filter((name, at) => {
    const [got, wanted] = [vector.values[at]!, expected[name]];
    if (typeof wanted !== 'number') return !Number.isNaN(got);
    return !(Math.abs(got - wanted) <= Math.max(RELATIVE * Math.abs(wanted), 1e-15));
  });
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

describe('bad and odd input of PyRadiomics', () => {
  const rows = new Map<string, string>();
  it.each(inputs.map((input) => [input.name, input] as const))('%s', async (name, input) => {
    const found = await outcome(input);
    const theirs =
      input.raised === null
        ? `${Object.keys(input.features ?? {}).length || 'accepted'}${input.features === undefined ? '' : ' values'}`
        : input.raised.type;
    const reason = refusedHere[name] ?? otherHere[name] ?? '';
    const ours =
      'code' in found
        ? `\`${found.code}\` ${found.sentence}`
        : 'vector' in found
          ? `${found.vector.names.length} values${name in otherHere ? '' : ', equal'}`
          : 'accepted';
    rows.set(name, `| ${[name, theirs, ours, reason].map(cell).join(' | ')} |`);
    if ('code' in found) {
      expect(input.raised !== null || name in refusedHere, found.sentence).toBe(true);
      expect(found.code).not.toBe('not-built');
      expect(found.sentence.length).toBeGreaterThan(20);
    } else {
      expect(input.raised).toBeNull();
      if ('vector' in found)
        expect(different(found.vector, input.features!).length > 0).toBe(name in otherHere);
    }
  });
  it('has no decision on an input that does not exist', () => {
    const names = inputs.map((input) => input.name);
    for (const name of Object.keys({ ...refusedHere, ...otherHere })) expect(names).toContain(name);
  });
  it('docs/reference/bad-input.md', async ({ skip }) => {
    if (rows.size < inputs.length) skip('not all inputs were run');
    const text = [
      '<!-- Printed by the tests (`npm run docs`); do not edit. -->',
      '# Bad and odd input',
      '',
      'What PyRadiomics 3.1.0 does with each of these inputs, and what `sentinode` does: a code with the sentence that a user sees, or values that are compared with those of PyRadiomics at 1e-9. Where the two decide differently, the last column says why.',
      '',
      '| input | PyRadiomics | sentinode | why not the same |',
      '| --- | --- | --- | --- |',
      ...inputs.map(({ name }) => rows.get(name)!),
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(page);
  });
});
