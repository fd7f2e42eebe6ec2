import { describe, expect, it } from 'vitest';
import type { Geometry } from '../volume.ts';
import { gridMismatch } from './grid-mismatch.ts';
import { repairGrid } from './repair-grid.ts';

const image: Geometry = {
  size: [60, 50, 20],
  spacing: [0.8, 0.8, 3],
  origin: [-25.3, 14.2, -80.75],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const mask = (changes: Partial<Geometry>): Geometry => ({ ...image, ...changes });

describe('why a mask does not lie on its image', () => {
  it.each<[string, Geometry, boolean]>([
    ['lps-ras', mask({ origin: [25.3, -14.2, -80.75], direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1] }), true],
    ['rounding', mask({ origin: [-25.32, 14.21, -80.75] }), true],
    ['rounding', mask({ spacing: [0.8005, 0.8, 3] }), true],
    ['header-lost', mask({ spacing: [1, 1, 1], origin: [0, 0, 0] }), false],
    ['half-voxel', mask({ origin: [-24.9, 14.6, -80.75] }), false],
    ['shifted', mask({ origin: [-25.3, 14.2, -77.75] }), false],
    ['spacing', mask({ spacing: [0.8, 0.8, 2] }), false],
    [
      'flipped-axes',
      mask({ origin: [-25.3 + 59 * 0.8, 14.2, -80.75], direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] }),
      false,
    ],
    ['other-orientation', mask({ direction: [1, 0, 0, 0, 0, 1, 0, -1, 0] }), false],
    ['resampled', mask({ size: [48, 40, 60], spacing: [1, 1, 1], origin: [-25.2, 14.3, -81.75] }), false],
    ['permuted-axes', mask({ size: [50, 60, 20], direction: [0, 1, 0, 1, 0, 0, 0, 0, 1] }), false],
    ['size', mask({ size: [60, 50, 12] }), false],
  ])('%s', (cause, grid, repairable) => {
    const found = gridMismatch(image, grid);
    expect(found?.cause).toBe(cause);
    expect(found?.sentence).toMatch(/\.$/);
    expect(found?.repaired !== undefined).toBe(repairable);
    if (repairable) expect(gridMismatch(image, found!.repaired!)).toBeUndefined();
  });

  it('is left open where the image lies symmetrically about the origin, so that two repairs would fit', () => {
    const centred: Geometry = { ...image, origin: [-23.6, -19.6, -80.75] };
    const turned = {
      ...centred,
      origin: [23.6, 19.6, -80.75],
      direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1],
    } as const;
    const found = gridMismatch(centred, turned);
    expect(found).toMatchObject({ cause: 'lps-ras', ambiguous: true });
    expect(found?.repaired).toBeUndefined();
    const data = new Uint8Array(60 * 50 * 20);
    expect(repairGrid(centred, { geometry: turned, elementType: 'uint8', data })).toBeUndefined();
  });

  it('is nothing where both grids are one, in single precision too', () => {
    expect(gridMismatch(image, image)).toBeUndefined();
    expect(gridMismatch(image, mask({ spacing: [Math.fround(0.8), Math.fround(0.8), 3] }))).toBeUndefined();
  });
});
