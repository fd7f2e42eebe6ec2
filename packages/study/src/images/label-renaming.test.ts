import { defaultIbsiSettings, type Protocol, resolveSettings } from '@sentinode/radiomics';
import { type Volume, writeVolume } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractImage } from './extraction-job.ts';

const geometry = {
  size: [9, 8, 7] as const,
  spacing: [1, 1.5, 2] as const,
  origin: [4, -3, 10] as const,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const length = 9 * 8 * 7;
const place = (k: number): [number, number, number] => [k % 9, Math.floor(k / 9) % 8, Math.floor(k / 72)];
const inside = (k: number): boolean => {
  const [x, y, z] = place(k);
  return (x - 4) ** 2 + (y - 3.5) ** 2 + (z - 3) ** 2 < 9;
};
const image: Volume = {
  geometry,
  elementType: 'float32',
  data: Float32Array.from({ length }, (_, k) => ((k * 37) % 97) + (k % 3)),
};

/** Features of the region with one label, in a mask where other voxels have the labels of `others`. */
async function measure(
  protocol: Protocol,
  label: number,
  others: readonly number[],
  elementType: 'uint8' | 'int16' | 'float32',
): Promise<[string, number][]> {
  const values = Array.from({ length }, (_, k) =>
    inside(k) ? label : (others[k % Math.max(1, others.length)] ?? 0),
  );
  const arrays = { uint8: Uint8Array, int16: Int16Array, float32: Float32Array };
  const mask: Volume = { geometry, elementType, data: arrays[elementType].from(values) };
  const named = (volume: Volume, file: string) => ({ file, bytes: writeVolume(volume, file) });
  const { vectors } = await extractImage({
    image: named(image, 'image.nrrd'),
    masks: [named(mask, 'mask.nrrd')],
    settings: { ...protocol, label },
    region: { lesions: 'union', label },
  });
  const [{ names, values: found }] = vectors as [(typeof vectors)[number]];
  return names.map((name, k) => [name, found[k]!]);
}

const label = fc.integer({ min: 1, max: 255 });
const protocols = [
  ['PyRadiomics', resolveSettings({ imageType: { Original: {}, Wavelet: {}, LoG: { sigma: [1] } } })],
  [
    'IBSI',
    {
      ...defaultIbsiSettings(),
      discretisation: { method: 'fixedBinNumber', binCount: 16 },
      families: ['morphology', 'statistics', 'glcm', 'gldzm'],
    },
  ],
] as const;

describe.each(protocols)('features by %s', (_, protocol) => {
  it('do not change, to the last bit, when labels are renamed and stored otherwise', async () => {
    const wanted = await measure(protocol as Protocol, 1, [0], 'uint8');
    expect(wanted.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(
        label,
        fc.array(label, { maxLength: 3 }),
        fc.constantFrom('int16' as const, 'float32' as const, 'uint8' as const),
        async (own, others, type) => {
          const apart = others.filter((other) => other !== own);
          expect(await measure(protocol as Protocol, own, [0, ...apart], type)).toEqual(wanted);
        },
      ),
      { numRuns: 4 },
    );
  });
});
