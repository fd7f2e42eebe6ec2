import type { Geometry, Mask, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { pictureSchema } from './options.ts';
import { type SequenceImage, slicesTakenAgain, visitPictures } from './visit-pictures.ts';

/** A stack whose slice k holds the grey value 10 k, with one white and one black pixel; slices of some thickness. */
function stack(name: string, slices: number, thickness: number, tumour: readonly number[]): SequenceImage {
  const geometry = {
    size: [6, 5, slices],
    spacing: [2, 2, thickness],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as unknown as Geometry;
  const data = Float32Array.from({ length: 30 * slices }, (_, at) => {
    if (at % 30 === 0) return -100;
    return at % 30 === 29 ? 1000 : 10 * Math.floor(at / 30);
  });
  const mask: Mask = { geometry, data: new Uint8Array(data.length) };
  for (const at of tumour) mask.data[at] = 1;
  return { volume: { geometry, elementType: 'float32', data } satisfies Volume, mask, file: name };
}
const at = (x: number, y: number, z: number): number => x + 6 * (y + 5 * z);
/** Grey value of pixel (2, 2) of a picture of 6 x 5 pixels, on the scale of the stack. */
const options = (given: object) =>
  pictureSchema.parse({ resize: 'nearest', antialias: false, window: 'volume', ...given });

describe('pictures of a visit', () => {
  const thin = stack('dce', 9, 2, [at(2, 2, 4), at(3, 2, 4), at(2, 2, 0)]);
  const thick = stack('dwi', 4, 5, [at(2, 2, 3)]);
  const level = (value: number): number => (value + 100) / 1100;
  const middle = (side: number): number => Math.floor(side / 2) * side + Math.floor(side / 2);

  it('take the largest slice of each sequence, and those beside it, the outermost again at the end', () => {
    const found = visitPictures([thin, thick, thin], [0, 1], options({}), 5);
    expect(found.map((colours) => colours.map(({ values }) => values[middle(5)]))).toEqual([
      [level(40), level(30), level(40)],
      [level(50), level(30), level(50)],
    ]);
  });
  it('refuse an offset that no slice of a volume has', () => {
    expect(() => visitPictures([thin, thick, thin], [4], options({}), 5)).toThrow(
      expect.objectContaining({ code: 'slice-outside', place: expect.objectContaining({ file: 'dwi' }) }),
    );
  });
  it('count the sequences that end before an offset', () => {
    expect(slicesTakenAgain([thin, thick, thin], [-3, -1, 0, 1, 3], options({}))).toEqual([0, 0, 0, 1, 1]);
  });
  it('take the slice at the same place in the patient', () => {
    // slice 4 of the thin stack lies at 8 mm, nearest to slice 2 (10 mm) of the thick one
    const [colours] = visitPictures([thin, thick, thick], [0], options({ slice: 'same-position' }), 5);
    expect(colours!.map(({ values }) => values[middle(5)])).toEqual([level(40), level(20), level(20)]);
  });
  it('refuse a volume that does not reach there', () => {
    const short = stack('t2', 2, 2, [at(1, 1, 1)]);
    expect(() => visitPictures([thin, short, short], [0], options({ slice: 'same-position' }), 5)).toThrow(
      expect.objectContaining({ code: 'slice-outside', place: expect.objectContaining({ file: 't2' }) }),
    );
  });
  it('show the tumour alone, black around it', () => {
    const red = visitPictures([thin, thin, thin], [0], options({ region: 'masked' }), 30)[0]![0];
    const shown = new Set(red.values);
    expect([...shown].sort()).toEqual([0, level(40)]);
    expect(red.values.filter((value) => value > 0)).toHaveLength(2 * 5 * 6);
  });
  it('show the box of the tumour with its margin', () => {
    const bare = visitPictures([thin, thin, thin], [0], options({ region: 'box', margin: 0 }), 4)[0]![0];
    expect(new Set(bare.values)).toEqual(new Set([level(40)]));
    const wide = visitPictures([thin, thin, thin], [0], options({ region: 'box', margin: 100 }), 30)[0]![0];
    expect(Math.max(...wide.values)).toBe(1);
    expect(Math.min(...wide.values)).toBe(0);
  });
  it('have 256 grey levels by the 8-bit path', () => {
    const eight = pictureSchema.parse({ depth: '8-bit', window: 'volume' });
    const red = visitPictures([thin, thin, thin], [0], eight, 12)[0]![0];
    expect(red.values.every((value) => Number.isInteger(Math.round(value * 255 * 1e9) / 1e9))).toBe(true);
  });
  it('name the image whose mask is empty or lies elsewhere', () => {
    const empty = stack('t2', 4, 5, []);
    expect(() => visitPictures([thin, empty, thick], [0], options({}), 5)).toThrow(
      expect.objectContaining({ code: 'mask-empty', place: expect.objectContaining({ file: 't2' }) }),
    );
    const other = { ...thick, mask: thin.mask };
    expect(() => visitPictures([thin, other, thick], [0], options({}), 5)).toThrow(
      expect.objectContaining({ code: 'mask-size', place: expect.objectContaining({ file: 'dwi' }) }),
    );
  });
});
