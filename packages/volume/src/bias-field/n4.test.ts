import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../../../../reference/locator.ts';
import { readVolume } from '../formats/index.ts';
import type { Volume } from '../volume.ts';
import { correctBiasField } from './n4.ts';
import { otsuThreshold } from './otsu.ts';

const folder = new URL('../../../../reference/bias-field/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  cases: Record<
    string,
    {
      iterations: number[];
      shrink: number;
      controlPoints: number;
      mask: number;
      step: number;
      field: number[];
    }
  >;
};
const read = async (path: string | URL): Promise<Volume> => readVolume(new Uint8Array(readFileSync(path)));
const phantom = await read(new URL('phantom.nii.gz', folder));

/** Largest difference of the logarithm of the field from SimpleITK's, at the voxels that were kept. */
function furthest(image: Volume, name: string): number {
  const { step, field: wanted, iterations, shrink, controlPoints } = cases[name];
  const { field } = correctBiasField(image, { iterations, shrink, controlPoints });
  const [nx, ny, nz] = image.geometry.size;
  let [most, at] = [0, 0];
  for (let z = 0; z < nz; z += step)
    for (let y = 0; y < ny; y += step)
      for (let x = 0; x < nx; x += step)
        most = Math.max(most, Math.abs(Math.log(field[x + nx * (y + ny * z)]) - wanted[at++]));
  expect(at).toBe(wanted.length);
  console.log(name, most);
  return most;
}

describe('N4 beside SimpleITK', () => {
  it.each(['phantom', 'phantom-two-levels', 'phantom-shrunk'])('%s', (name) => {
    expect(furthest(phantom, name)).toBeLessThan(1);
  });

  it.skipIf(!hasShared('mri-sts002-t1-rtstruct'))('of a real image', async () => {
    const image = await read(shared('mri-sts002-t1-rtstruct', 'image.nii.gz'));
    const threshold = otsuThreshold(image.data);
    expect([...image.data].filter((value) => value > threshold).length).toBe(cases.real.mask);
    expect(furthest(image, 'real')).toBeLessThan(1);
  });
});
