import type { CasePicture } from '@sentinode/study';
import { greyPng, pngAddress } from '../drawing/png.ts';
import { element, text } from '../drawing/svg.ts';

const SIDE = 150;

/** The slice of a case with the largest tumour area, scaled to its darkest and brightest voxel, with the outline of the region. */
export function regionPicture({ visit, sequence, image, region }: CasePicture): string {
  const { width, height, values } = image;
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const grey = Uint8Array.from(values, (value) =>
    high > low ? Math.round((255 * (value - low)) / (high - low)) : 0,
  );
  const scale = SIDE / Math.max(width, height);
  return element(
    'svg',
    {
      width: SIDE,
      height: SIDE + 18,
      viewBox: `0 0 ${SIDE} ${SIDE + 18}`,
      role: 'img',
      'aria-label': `${visit} ${sequence} with the outline of the region`,
    },
    element('image', {
      href: pngAddress(greyPng(width, height, grey)),
      width: width * scale,
      height: height * scale,
      preserveAspectRatio: 'none',
      style: 'image-rendering:pixelated',
    }),
    element('path', {
      d: outline(region.values, width, height, scale),
      fill: 'none',
      stroke: '#ffb000',
      'stroke-width': 1.2,
    }),
    text(2, SIDE + 13, `${visit} ${sequence}`, { 'font-size': 11 }),
  );
}

/** Edges between pixels inside and outside the region. */
function outline(region: Float64Array, width: number, height: number, scale: number): string {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && region[y * width + x] !== 0;
  const at = (value: number): string => String(Math.round(value * scale * 100) / 100);
  const parts: string[] = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      if (inside(x, y) !== inside(x, y - 1)) parts.push(`M${at(x)},${at(y)}H${at(x + 1)}`);
      if (inside(x, y) !== inside(x - 1, y)) parts.push(`M${at(x)},${at(y)}V${at(y + 1)}`);
    }
  }
  return parts.join('');
}
