import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { interfaceOf } from '../backbone.ts';
import { relativeToLargest } from '../testing/formula.ts';
import { readNpy } from '../testing/npy.ts';
import { channelsOf, networkInput } from './network-input.ts';
import { pictureSchema, publishedPicture } from './options.ts';
import type { Picture } from './picture.ts';
import { resize, resizeLevels } from './resize/index.ts';
import { applyWindow, range, windowOf } from './window.ts';

const npy = (name: string) => readNpy(readBytes(reference('deep', 'images', `${name}.npy`)));
const picture = (name: string): Picture => {
  const { shape, values } = npy(name);
  return { width: shape[1]!, height: shape[0]!, values };
};
/** torch and Pillow keep weights and sums in float32; measured up to 2e-6. */
const TOLERANCE = 3e-6;
const bilinear = { resize: 'bilinear', antialias: true, alignCorners: false } as const;
const bicubic = { ...bilinear, resize: 'bicubic' } as const;
const points = { ...bilinear, antialias: false } as const;
const methods = [
  ['torchvision_bilinear_antialias_True', bilinear],
  ['torchvision_bilinear_antialias_False', points],
  ['torch_bilinear', points],
  ['torch_bilinear_align_corners', { ...points, alignCorners: true }],
  ['torch_bicubic', { ...points, resize: 'bicubic' }],
  ['torch_nearest', { ...points, resize: 'nearest' }],
  ['pil_F_bilinear', bilinear],
  ['pil_F_bicubic', bicubic],
  ['down_torchvision_bilinear_antialias_True', bilinear],
  ['down_torchvision_bilinear_antialias_False', points],
  ['down_pil_F_bilinear', bilinear],
  ['down_pil_F_bicubic', bicubic],
] as const;

describe.each(['s0', 's1'])('slice %s against torchvision and Pillow', (slice) => {
  it.each(methods)('resizes as %s', (name, options) => {
    const expected = npy(`${slice}_${name}`);
    const from = picture(`${slice}_percentile_1_99`);
    const { values } = resize(from, expected.shape[1]!, expected.shape[0]!, options);
    expect(relativeToLargest(values, expected.values)).toBeLessThan(TOLERANCE);
  });
  it.each(['pil_L_bilinear', 'pil_L_bicubic', 'down_pil_L_bilinear', 'down_pil_L_bicubic'])(
    'resizes grey levels exactly as %s',
    (name) => {
      const expected = npy(`${slice}_${name}`);
      const method = name.endsWith('bicubic') ? 'bicubic' : 'bilinear';
      const from = picture(`${slice}_uint8`);
      expect(resizeLevels(from, expected.shape[1]!, expected.shape[0]!, method).values).toEqual(
        expected.values,
      );
    },
  );
  it('scales by lowest and highest value, and by percentiles as numpy', () => {
    const from = picture(`${slice}_input`);
    const scaled = applyWindow(from, range(from.values));
    expect(relativeToLargest(scaled.values, npy(`${slice}_minmax`).values)).toBeLessThan(1e-12);
    const options = pictureSchema.parse({ window: 'percentile', percentiles: [1, 99] });
    const cut = applyWindow(from, windowOf(from, from.values, options));
    expect(relativeToLargest(cut.values, npy(`${slice}_percentile_1_99`).values)).toBeLessThan(1e-12);
  });
  it('rounds to 256 levels', () => {
    const { values } = npy(`${slice}_percentile_1_99`);
    expect(values.map((value) => Math.floor(value * 255 + 0.5))).toEqual(npy(`${slice}_uint8`).values);
  });
  it('gives the ImageNet scores of red, green and blue', () => {
    const expected = npy(`${slice}_imagenet_normalised`);
    const grey = picture(`${slice}_down_torchvision_bilinear_antialias_False`);
    const network = { ...interfaceOf('resnet50'), side: grey.width };
    const input = networkInput([grey, grey, grey], network);
    expect(relativeToLargest(input, expected.values)).toBeLessThan(TOLERANCE);
    const swapped = networkInput([grey, grey, grey], { ...network, channels: 'BGR' });
    expect(swapped).toEqual(input);
  });
});

it('compares every resized picture that there is', () => {
  const { arrays } = readJson<{ arrays: { file: string }[] }>(reference('deep', 'images', 'manifest.json'));
  const resized = arrays
    .map(({ file }) => file.replace(/^s\d_|\.npy$/g, ''))
    .filter((name) => /bilinear|bicubic|nearest/.test(name) && !name.startsWith('rotate'));
  const compared = new Set<string>([
    ...methods.map(([name]) => name),
    ...resized.filter((n) => n.includes('pil_L')),
  ]);
  expect(resized.filter((name) => !compared.has(name))).toEqual([]);
});

describe('windows', () => {
  const flat = (value: number): Picture => ({ width: 3, height: 2, values: new Float64Array(6).fill(value) });
  it('make a flat picture black', () => {
    expect(applyWindow(flat(7), range(flat(7).values)).values).toEqual(new Float64Array(6));
  });
  it('of the volume reach beyond the slice', () => {
    const options = pictureSchema.parse({ window: 'volume' });
    expect(windowOf(flat(7), [0, 7, 14], options)).toEqual({ low: 0, high: 14 });
  });
  it('refuse values that are not finite', () => {
    expect(() => range([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'volume-nan' }));
  });
  it('do not change when grey values are scaled and shifted by powers of two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 12, maxLength: 12 }),
        (values) => {
          const one = { width: 4, height: 3, values: Float64Array.from(values) };
          const other = { ...one, values: one.values.map((value) => value * 4 + 8) };
          const scaled = (from: Picture) => applyWindow(from, windowOf(from, from.values, publishedPicture));
          expect(scaled(other).values).toEqual(scaled(one).values);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('picture options', () => {
  it.each([
    [{ percentiles: [99, 1] }, 'percentiles'],
    [{ alignCorners: true }, 'alignCorners'],
    [{ resize: 'nearest', antialias: false, alignCorners: true }, 'alignCorners'],
    [{ depth: '8-bit', antialias: false }, 'depth'],
    [{ region: 'lesion' }, 'region'],
  ])('refuse %j', (options, field) => {
    const { error } = pictureSchema.safeParse(options);
    expect(error?.issues[0]?.path).toEqual([field]);
  });
  it('map sequences to colours', () => {
    expect(channelsOf(['T2WI', 'DCE', 'DWI'])).toEqual(['DCE', 'DWI', 'T2WI']);
    expect(channelsOf(['T1'])).toEqual(['T1', 'T1', 'T1']);
    expect(() => channelsOf(['T1', 'T2'])).toThrow('three sequences');
  });
});
