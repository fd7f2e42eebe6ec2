import { describe, expect, it } from 'vitest';
import { type ElementType, elementBytes, floatValues, type StoredTensor } from './stored-tensor.ts';

/** Bits of 1.5, NaN, infinity and the largest number, little-endian. */
const bits: Readonly<Record<'float64' | 'float32' | 'float16' | 'bfloat16', readonly bigint[]>> = {
  float64: [0x3ff8000000000000n, 0x7ff8000000000000n, 0x7ff0000000000000n, 0x7fefffffffffffffn],
  float32: [0x3fc00000n, 0x7fc00000n, 0x7f800000n, 0x7f7fffffn],
  float16: [0x3e00n, 0x7e00n, 0x7c00n, 0x7bffn],
  bfloat16: [0x3fc0n, 0x7fc0n, 0x7f80n, 0x7f7fn],
};

function tensor(type: ElementType, ...values: readonly bigint[]): StoredTensor {
  const step = elementBytes[type];
  const bytes = Uint8Array.from({ length: values.length * step }, (_, at) =>
    Number((values[Math.floor(at / step)]! >> BigInt(8 * (at % step))) & 255n),
  );
  return { name: 'layer1.0.conv1.weight', type, shape: [values.length], bytes: () => bytes };
}

describe.each(Object.entries(bits) as [keyof typeof bits, readonly bigint[]][])('%s weights', (type, of) => {
  const [one, nan, infinite, largest] = of as [bigint, bigint, bigint, bigint];

  it('are read', () => {
    expect([...floatValues(tensor(type, one, one), 'w.pth')]).toEqual([1.5, 1.5]);
  });

  it.each([
    ['NaN', nan],
    ['infinity', infinite],
  ])('with %s are refused, the file and the tensor named', (_, bad) => {
    expect(() => floatValues(tensor(type, one, bad), 'w.pth')).toThrow(
      expect.objectContaining({
        code: 'weights-invalid',
        message: expect.stringMatching(/"layer1\.0\.conv1\.weight" holds values that are not finite/),
        place: expect.objectContaining({ file: 'w.pth', field: 'layer1.0.conv1.weight' }),
      }),
    );
  });

  it('that single precision cannot hold are refused', () => {
    const read = (): Float32Array => floatValues(tensor(type, largest), 'w.pth');
    if (type === 'float64') expect(read).toThrow(expect.objectContaining({ code: 'weights-invalid' }));
    else expect(read().every(Number.isFinite)).toBe(true);
  });
});

it('whole numbers are no weights', () => {
  expect(() => floatValues(tensor('int32', 1n), 'w.pth')).toThrow(/int32 values; weights are float32/);
});
