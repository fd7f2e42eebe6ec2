import { isSentinodeError, sha256 } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../../reference/locator.ts';
import type { Architecture } from '../../resnet/architecture.ts';
import { formulaWeights } from '../../testing/formula.ts';
import { stateDict } from '../state-dict.ts';
import { readTensors } from './index.ts';

const tiny = (name: string) => readBytes(reference('deep', 'tiny', name));
interface Expected {
  name: string;
  dtype: string;
  shape: number[];
  sha256: string;
}
interface Listed {
  kind?: string;
  shape?: number[];
  sha256?: string;
  state_dict?: Expected[];
}
const expected = readJson<Record<string, Expected[] | Listed>>(
  reference('deep', 'tiny', 'expected_tensors.json'),
);
const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));
const basic: Architecture = { name: 'tiny', block: 'basic', layers: [1, 1, 1, 1], width: 8 };

describe('weights files as torch and safetensors write them', () => {
  it.each(Object.keys(expected).filter((name) => Array.isArray(expected[name])))(
    '%s: every tensor with its type, shape and bytes',
    async (name) => {
      const found = await Promise.all(
        readTensors(tiny(name), name).map(async (tensor) => ({
          name: tensor.name,
          dtype: tensor.type,
          shape: [...tensor.shape],
          sha256: await sha256(tensor.bytes().slice()),
        })),
      );
      const wanted = (expected[name] as Expected[]).map(({ name: tensor, dtype, shape, sha256: hash }) => ({
        name: tensor,
        dtype,
        shape,
        sha256: hash,
      }));
      const byTensor = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(found.sort(byTensor)).toEqual(wanted.sort(byTensor));
    },
  );
  it('a bare parameter', async () => {
    const { shape, sha256: hash } = expected['parameter.pth'] as Listed;
    const [tensor, ...others] = readTensors(tiny('parameter.pth'), 'parameter.pth');
    expect(others).toEqual([]);
    expect(tensor!.shape).toEqual(shape);
    expect(await sha256(tensor!.bytes().slice())).toBe(hash);
  });
  it.each([
    'basic.pth',
    'basic.legacy.pth',
    'basic.wrapped.pth',
    'basic.wrapped.legacy.pth',
    'basic.safetensors',
  ])('%s gives the network its weights', (name) => {
    const weights = stateDict(readTensors(tiny(name), name), basic, name);
    for (const [tensor, values] of formulaWeights(basic, seed)) expect(weights.get(tensor)).toEqual(values);
  });
});

describe('files that are refused', () => {
  const refusals = readJson<Record<string, string>>(reference('deep', 'tiny', 'expected_refusals.json'));
  const sentences: Record<string, RegExp> = {
    'hostile_os_system.pth': /"(posix|os)\.system"/,
    'hostile_builtins_eval.pth': /"(builtins|__builtin__)\.eval"/,
    'hostile_nested_in_state_dict.pth': /"(posix|os)\.system"/,
    'hostile_whole_module.pth': /whole pickled network.*__main__\.Tiny.*state_dict/,
    'broken_truncated.pth': /cut off or damaged/,
    'broken_not_a_checkpoint.pth': /none of the kinds/,
    'broken_short_storage.pth': /has 120 bytes where 240 are claimed/,
  };
  it.each(Object.entries(refusals))('%s: %s', (name) => {
    const read = (): unknown => readTensors(tiny(name), name);
    const code = name.startsWith('hostile') ? 'weights-unsafe' : 'weights-invalid';
    expect(read).toThrow(expect.objectContaining({ code, place: expect.objectContaining({ file: name }) }));
    expect(read).toThrow(sentences[name.replace('.legacy', '')]);
  });
  it.each(['basic.pth', 'basic.legacy.pth', 'basic.wrapped.legacy.pth', 'storage.pth', 'storage.legacy.pth'])(
    '%s with damaged bytes is read or refused, and never fails in another way',
    (name) => {
      const whole = tiny(name);
      fc.assert(
        fc.property(
          fc.nat(whole.length - 1),
          fc.integer({ min: 1, max: 255 }),
          fc.boolean(),
          (at, change, cut) => {
            const damaged = cut ? whole.slice(0, at) : whole.slice();
            if (!cut) damaged[at]! ^= change;
            try {
              for (const tensor of readTensors(damaged, name)) tensor.bytes();
            } catch (error) {
              expect(isSentinodeError(error)).toBe(true);
            }
          },
        ),
        { numRuns: 150 },
      );
    },
  );
  it('a pickle of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 200 }), (bytes) => {
        const pickle = Uint8Array.from([0x80, 2, ...bytes]);
        try {
          readTensors(pickle, 'w.pth');
        } catch (error) {
          expect(isSentinodeError(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the weights of a network', () => {
  const tensors = readTensors(tiny('basic.pth'), 'w.pth');
  const read = (change: (name: string) => string) => () =>
    stateDict(
      tensors.map((tensor) => ({ ...tensor, name: change(tensor.name) })),
      basic,
      'w.pth',
    );
  it.each([
    ['a wrapper', (name: string) => `model.backbone.${name}`],
    ['parallel training', (name: string) => `module.${name}`],
    [
      'layers by position',
      (name: string) => {
        const positions: Record<string, string> = {
          conv1: '0',
          bn1: '1',
          layer1: '4',
          layer2: '5',
          layer3: '6',
          layer4: '7',
        };
        const [first, ...rest] = name.split('.');
        return `backbone.${[positions[first!] ?? first, ...rest].join('.')}`;
      },
    ],
  ])('are found under %s', (_, change) => {
    expect(read(change)().get('conv1.weight')).toEqual(formulaWeights(basic, seed).get('conv1.weight'));
  });
  it('are refused with the names of what is missing or not known', () => {
    const other = { ...basic, layers: [1, 1, 1, 2] } as Architecture;
    expect(() => stateDict(tensors, other, 'w.pth')).toThrow(
      /layer4\.1\.conv1\.weight.* and 7 more, which the file lacks/,
    );
    expect(() => stateDict(tensors, { ...basic, width: 16 }, 'w.pth')).toThrow(
      /has shape \[8, 3, 7, 7\].*others/,
    );
    expect(read((name) => (name === 'bn1.bias' ? 'bn1.offset' : name))).toThrow(
      /"bn1\.bias", which the file lacks.*holds the tensor "bn1\.offset" that tiny does not have/,
    );
    const fewer = tensors.filter(({ name }) => name !== 'layer4.0.bn2.weight');
    const all = [...fewer, { ...tensors[0]!, name: 'head.weight' }];
    const wrong = all.map((tensor) => (tensor.name === 'bn1.weight' ? { ...tensor, shape: [4] } : tensor));
    expect(() => stateDict(wrong, basic, 'w.pth')).toThrow(
      /"layer4\.0\.bn2\.weight", which the file lacks.*"head\.weight" that.*"bn1\.weight" has shape \[4\].*needs \[8\]/,
    );
  });
});
