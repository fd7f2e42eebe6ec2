import { crc32 } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { rasterise } from './rasterise.ts';
import { withResolution } from './resolution.ts';

describe('pictures of figures', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36"><rect width="72" height="36" fill="#0072B2"/></svg>';

  it('say how many pixels go on an inch, right after their header', async () => {
    const plain = await rasterise(svg, 2);
    const png = withResolution(plain, 600);
    const view = new DataView(png.buffer, png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([144, 72]);
    expect(String.fromCharCode(...png.subarray(37, 41))).toBe('pHYs');
    // 600 dots per inch are 23,622 per metre
    expect([view.getUint32(41), view.getUint32(45), png[49]]).toEqual([23_622, 23_622, 1]);
    expect(view.getUint32(50)).toBe(crc32(png.subarray(37, 50)));
    expect(png.length).toBe(plain.length + 21);
  });

  it('are still pictures that are read', async () => {
    const png = withResolution(await rasterise(svg, 1), 300);
    const address = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
    const again = await rasterise(
      `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36"><image width="72" height="36" href="${address}"/></svg>`,
      1,
    );
    expect(again).toEqual(await rasterise(svg, 1));
  });
});
