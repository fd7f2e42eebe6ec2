import { dirname, join } from 'node:path';
import { isSentinodeError, sha256 } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../../reference/locator.ts';
import { indexToWorld } from '../../geometry/geometry.ts';
import type { Volume } from '../../volume.ts';
import { readVolume } from '../index.ts';

interface Expected {
  readonly size: number[];
  readonly spacing: number[];
  readonly origin: number[];
  readonly direction: number[];
  readonly world: Record<string, number[]>;
  readonly sha256: string;
}
const golden = readJson<{ files: Record<string, Expected> }>(reference('metaimage', 'expected.json')).files;
const place = (name: string): string => reference('metaimage', 'files', name);
const read = (name: string, bytes = readBytes(place(name))): Promise<Volume> =>
  readVolume(bytes, { file: name, sibling: async (other) => readBytes(join(dirname(place(name)), other)) });

/** Headers are decimal text with all digits. */
const TOLERANCE = 1e-12;
const near = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => expect(Math.abs(value - wanted[at])).toBeLessThanOrEqual(TOLERANCE));
};

describe('MetaImage', () => {
  it.each(Object.entries(golden))('%s is what SimpleITK reads', async (name, wanted) => {
    const { geometry, data } = await read(name);
    expect(geometry.size).toEqual(wanted.size);
    for (const part of ['spacing', 'origin', 'direction'] as const) near(geometry[part], wanted[part]);
    near(indexToWorld(geometry, [3, 2, 1]), wanted.world['3,2,1']);
    expect(await sha256(new Uint8Array(Float64Array.from(data).buffer))).toBe(wanted.sha256);
  });

  it.each(['oblique-int16.mha', 'oblique-int16-zlib.mha'])('%s cut anywhere is refused', async (name) => {
    const bytes = readBytes(place(name));
    for (let length = 0; length < bytes.length; length++) {
      const error = await read(name, bytes.subarray(0, length)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(isSentinodeError(error), `cut at ${length}`).toBe(true);
    }
  });

  it.each([
    ['DimSize = 5 4 3', 'DimSize = 9999999 9999999 9999999', 'too-large'],
    ['DimSize = 5 4 3', 'DimSize = 5 -4 3', 'volume-geometry'],
    ['DimSize = 5 4 3', 'DimSize = 5 4', 'volume-header'],
    ['ElementType = MET_SHORT', 'ElementType = MET_STRING', 'volume-header'],
    ['ElementSpacing = 0.75 0.5 2.5', 'ElementSpacing = 0 0.5 2.5', 'volume-geometry'],
    ['ElementDataFile = LOCAL', 'ElementDataFile = ../../etc/passwd', 'path-outside'],
    ['NDims = 3', 'NDims = 4', 'volume-dimensions'],
  ])('with %s turned into %s is refused', async (from, to, code) => {
    const text = new TextDecoder('latin1').decode(readBytes(place('oblique-int16.mha')));
    expect(text).toContain(from);
    const bytes = Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0));
    await expect(read('x.mha', bytes)).rejects.toMatchObject({ code, place: { file: 'x.mha' } });
  });
});
