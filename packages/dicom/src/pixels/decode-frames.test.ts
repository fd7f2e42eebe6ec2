import { readdirSync } from 'node:fs';
import { isSentinodeError, sha1 } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, shared } from '../../../../reference/locator.ts';
import { readDicom } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { explicit, file, text, us } from '../testing/bytes.ts';
import { openFrames } from './decode-frames.ts';

describe.skipIf(!hasShared('dicom-samples'))('one CT slice in nine transfer syntaxes', () => {
  const names = hasShared('dicom-samples')
    ? readdirSync(shared('dicom-samples', 'transfer-syntaxes')).filter((name) => name.startsWith('CTImage'))
    : [];

  it('is there nine times', () => {
    expect(names).toHaveLength(9);
  });

  it.each(names)('%s', async (name) => {
    const frames = await openFrames(readDicom(readBytes(shared('dicom-samples', 'transfer-syntaxes', name))));
    const pixels = Int32Array.from(frames.read(0));
    expect(pixels).toHaveLength(512 * 512);
    expect(sha1(new Uint8Array(pixels.buffer))).toMatch(/^5dd97d11bfe9/);
  });

  it('is decoded file after file, also after a damaged one', async () => {
    const name = names.find((one) => one.includes('JPEG2000'))!;
    const whole = readBytes(shared('dicom-samples', 'transfer-syntaxes', name));
    const damaged = whole.slice();
    damaged.fill(0, whole.length - 150_000, whole.length - 20);
    const outcome = async (bytes: Uint8Array): Promise<number | string> => {
      try {
        return (await openFrames(readDicom(bytes))).read(0)[100_000];
      } catch (error) {
        return isSentinodeError(error) ? error.code : 'another error';
      }
    };
    const first = await outcome(whole);
    expect(await outcome(whole)).toBe(first);
    expect(await outcome(damaged)).not.toBe('another error');
    expect(await outcome(whole)).toBe(first);
  });

  it('without pixels is refused', async () => {
    const bare = readDicom(readBytes(shared('dicom-samples', 'transfer-syntaxes', 'no-pixel-data.dcm')));
    await expect(openFrames(bare)).rejects.toMatchObject({ code: 'dicom-pixels' });
  });
});

interface Stored {
  readonly bytes: Uint8Array;
  readonly allocated: number;
  readonly stored?: number;
  readonly high?: number;
  readonly signed?: boolean;
  readonly size?: readonly [number, number];
  readonly frames?: number;
}
const vrOfPixels = (allocated: number): string => (allocated > 8 ? 'OW' : 'OB');

function image({
  bytes,
  allocated,
  stored = allocated,
  high = stored - 1,
  signed = false,
  size = [2, 1],
  frames,
}: Stored): Uint8Array {
  return file([
    us(TAG.SamplesPerPixel, 1),
    text(TAG.PhotometricInterpretation, 'CS', 'MONOCHROME2'),
    ...(frames === undefined ? [] : [text(TAG.NumberOfFrames, 'IS', String(frames))]),
    us(TAG.Rows, size[1]),
    us(TAG.Columns, size[0]),
    us(TAG.BitsAllocated, allocated),
    us(TAG.BitsStored, stored),
    us(TAG.HighBit, high),
    us(TAG.PixelRepresentation, signed ? 1 : 0),
    explicit(TAG.PixelData, vrOfPixels(allocated), bytes),
  ]);
}
const read = async (stored: Stored, frame = 0): Promise<number[]> =>
  Array.from((await openFrames(readDicom(image(stored)))).read(frame));
const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer as ArrayBuffer);

describe('stored values', () => {
  it.each<[string, Stored, number[]]>([
    ['8 bits', { bytes: Uint8Array.of(0, 255), allocated: 8 }, [0, 255]],
    ['8 bits with sign', { bytes: Uint8Array.of(1, 255), allocated: 8, signed: true }, [1, -1]],
    ['16 bits', { bytes: bytesOf(Uint16Array.of(1, 65_535)), allocated: 16 }, [1, 65_535]],
    ['16 bits with sign', { bytes: bytesOf(Int16Array.of(-2, 3)), allocated: 16, signed: true }, [-2, 3]],
    ['32 bits', { bytes: bytesOf(Uint32Array.of(7, 4e9)), allocated: 32 }, [7, 4e9]],
    ['32 bits with sign', { bytes: bytesOf(Int32Array.of(-7, 2e9)), allocated: 32, signed: true }, [-7, 2e9]],
    [
      '12 of 16 bits with an overlay above them',
      { bytes: bytesOf(Uint16Array.of(0xf123, 0x0fff)), allocated: 16, stored: 12 },
      [0x123, 0xfff],
    ],
    [
      '12 of 16 bits with sign',
      { bytes: bytesOf(Uint16Array.of(0x0fff, 0x0001)), allocated: 16, stored: 12, signed: true },
      [-1, 1],
    ],
    [
      '12 bits at the upper end',
      { bytes: bytesOf(Uint16Array.of(0x123f, 0xfff0)), allocated: 16, stored: 12, high: 15 },
      [0x123, 0xfff],
    ],
    ['1 bit', { bytes: Uint8Array.of(0b1001, 0), allocated: 1, size: [4, 1] }, [1, 0, 0, 1]],
  ])('of %s', async (_, stored, wanted) => {
    expect(await read(stored)).toEqual(wanted);
  });

  it('of 1 bit run on from frame to frame', async () => {
    const stored: Stored = { bytes: Uint8Array.of(0b11_010_001, 1), allocated: 1, size: [3, 1], frames: 3 };
    expect([await read(stored, 0), await read(stored, 1), await read(stored, 2)]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 1],
    ]);
  });

  it.each<[string, Stored, string]>([
    ['fewer bytes than pixels', { bytes: new Uint8Array(2), allocated: 16 }, 'dicom-damaged'],
    [
      'sizes beyond all measure',
      { bytes: new Uint8Array(2), allocated: 16, size: [65_535, 65_535] },
      'too-large',
    ],
    ['many frames', { bytes: new Uint8Array(2), allocated: 8, frames: 2_000_000_000 }, 'too-large'],
    ['no rows', { bytes: new Uint8Array(2), allocated: 8, size: [2, 0] }, 'dicom-attribute'],
    [
      'more bits than there is room for',
      { bytes: new Uint8Array(2), allocated: 8, stored: 12 },
      'dicom-pixels',
    ],
    ['12 bits allocated', { bytes: new Uint8Array(4), allocated: 12 }, 'dicom-pixels'],
  ])('with %s are refused', async (_, stored, code) => {
    await expect(read(stored)).rejects.toMatchObject({ code });
  });
});
