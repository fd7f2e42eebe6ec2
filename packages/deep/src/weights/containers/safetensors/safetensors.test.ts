import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../../../reference/locator.ts';
import { type Architecture, architectures, tensorsOf } from '../../../resnet/architecture.ts';
import { formulaWeights } from '../../../testing/formula.ts';
import { stateDict } from '../../state-dict.ts';
import { readTensors } from '../index.ts';

const basic: Architecture = { name: 'tiny', block: 'basic', layers: [1, 1, 1, 1], width: 8 };
const bytes = readBytes(reference('deep', 'tiny', 'basic.safetensors'));
const read = (content: Uint8Array, architecture = basic) =>
  stateDict(readTensors(content, 'w.safetensors'), architecture, 'w.safetensors');

/** The file with its header replaced. */
function withHeader(
  change: (header: Record<string, { shape: number[]; dtype: string; data_offsets: number[] }>) => void,
): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const out = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true);
  out.set(text, 8);
  out.set(bytes.subarray(8 + length), 8 + text.length);
  return out;
}

describe('a .safetensors file', () => {
  it('reads half precision to its rounding', () => {
    const half = read(readBytes(reference('deep', 'tiny', 'basic.fp16.safetensors')));
    for (const [name, values] of formulaWeights(basic, 20240))
      half.get(name)!.forEach((value, at) => {
        expect(Math.abs(value - values[at]!)).toBeLessThanOrEqual(
          Math.abs(values[at]!) * 2 ** -11 + 2 ** -24,
        );
      });
  });
  it.each([
    [
      'a missing tensor',
      withHeader((h) => delete h['bn1.bias']),
      'needs the tensor "bn1.bias", which the file lacks',
    ],
    [
      'another shape',
      withHeader((h) => {
        h['bn1.bias']!.shape = [2, 4];
      }),
      'has shape [2, 4]',
    ],
    [
      'an unknown tensor',
      withHeader((h) => {
        h.extra = h['bn1.bias']!;
      }),
      '"extra"',
    ],
    [
      'an unknown type',
      withHeader((h) => {
        h['bn1.bias']!.dtype = 'F8_E4M3';
      }),
      'of type F8_E4M3',
    ],
    [
      'offsets outside the file',
      withHeader((h) => {
        h['bn1.bias']!.data_offsets = [1e9, 1e9 + 32];
      }),
      'outside the file',
    ],
    ['a cut file', bytes.subarray(0, bytes.length - 1000), 'outside the file'],
    ['a cut header', bytes.subarray(0, 100), 'longer than the file'],
    ['no header', new Uint8Array(3), 'none of the kinds'],
    ['text', new TextEncoder().encode('not a weights file at all, only words'), 'none of the kinds'],
  ])('refuses %s', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
  });
  it('reads or refuses a header with any byte changed, and never fails otherwise', () => {
    const end = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    fc.assert(
      fc.property(fc.nat(end - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        try {
          const weights = read(damaged);
          for (const { name } of tensorsOf(basic)) expect(weights.get(name)).toBeDefined();
        } catch (error) {
          expect(error).toMatchObject({ code: 'weights-invalid', place: { file: 'w.safetensors' } });
        }
      }),
      { numRuns: 60 },
    );
  });
  it('refuses the weights of another network', () => {
    expect(() => read(bytes, architectures.resnet50)).toThrow(/resnet50/);
  });
});
