import type { PlaneView } from '@sentinode/study';
import { greyPng, pngAddress } from '../drawing/png.ts';
import { element, text } from '../drawing/svg.ts';

/** Colours of the regions, distinguishable with any colour vision (Okabe and Ito). */
export const regionColours = ['#ffb000', '#56b4e9', '#d55e9d', '#2dd4a7', '#f0e442'] as const;

const CAPTION = 15;

/** What stands at the left and right edge of a plane, and at its top. */
const sides = {
  axial: ['R', 'L', 'A'],
  coronal: ['R', 'L', 'S'],
  sagittal: ['A', 'P', 'S'],
} as const;

export interface PictureOptions {
  /** Words under the picture. */
  readonly caption: string;
  /** Whether the corners of the fields are drawn. */
  readonly boxes?: boolean;
}

/** A plane of an image with the outlines of its regions and the letters of the patient's sides, in square pixels. */
export function planePicture(view: PlaneView, { caption, boxes = false }: PictureOptions): string {
  const { width, height, grey } = view;
  const [left, right, top] = sides[view.plane];
  const letter = (x: number, y: number, content: string, anchor: string): string =>
    text(x, y, content, {
      'font-size': 9,
      fill: '#fff',
      stroke: '#000',
      'stroke-width': 2,
      'paint-order': 'stroke',
      'text-anchor': anchor,
    });
  const frame = Math.max(width, 70);
  return element(
    'svg',
    {
      width: frame,
      height: height + CAPTION,
      viewBox: `0 0 ${frame} ${height + CAPTION}`,
      role: 'img',
      'aria-label': caption,
    },
    element('image', {
      href: pngAddress(greyPng(width, height, grey)),
      width,
      height,
      style: 'image-rendering:pixelated',
    }),
    // The first region is the one that counts: it is drawn last, on top of the others.
    ...view.regions
      .map((region, k) =>
        element('path', {
          d: outline(region, width, height),
          fill: 'none',
          stroke: regionColours[k % regionColours.length],
          'stroke-width': 1,
        }),
      )
      .reverse(),
    ...(boxes ? view.boxes.map((box, k) => boxOutline(box, k)) : []),
    letter(3, height / 2 + 3, left, 'start'),
    letter(width - 3, height / 2 + 3, right, 'end'),
    letter(width / 2, 10, top, 'middle'),
    text(1, height + 11, caption, { 'font-size': 9.5 }),
  );
}

/** Edges between pixels inside and outside a region; runs of edges in one line are one stroke. */
function outline(region: Uint8Array, width: number, height: number): string {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && region[y * width + x] !== 0;
  const parts: string[] = [];
  for (let y = 0; y <= height; y++)
    runs(
      width,
      (x) => inside(x, y) !== inside(x, y - 1),
      (from, to) => parts.push(`M${from},${y}H${to}`),
    );
  for (let x = 0; x <= width; x++)
    runs(
      height,
      (y) => inside(x, y) !== inside(x - 1, y),
      (from, to) => parts.push(`M${x},${from}V${to}`),
    );
  return parts.join('');
}

function runs(
  count: number,
  holds: (at: number) => boolean,
  found: (from: number, to: number) => void,
): void {
  let from = -1;
  for (let at = 0; at <= count; at++) {
    const here = at < count && holds(at);
    if (here && from < 0) from = at;
    if (!here && from >= 0) {
      found(from, at);
      from = -1;
    }
  }
}

/** Pairs of corners that share an edge: the first axis of a box changes fastest. */
const edges = [0, 1, 2].flatMap((axis) =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((corner) =>
    (corner >> axis) & 1 ? [] : [[corner, corner | (1 << axis)] as const],
  ),
);

/** The field of a grid: that of the image white, that of a mask in its colour and dashed. */
function boxOutline(corners: PlaneView['boxes'][number], index: number): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const d = edges
    .map(([a, b]) => `M${corners[a]!.map(round).join(',')}L${corners[b]!.map(round).join(',')}`)
    .join('');
  return element('path', {
    d,
    fill: 'none',
    stroke: index === 0 ? '#ffffff' : regionColours[index - 1],
    'stroke-width': 1,
    'stroke-dasharray': index === 0 ? undefined : '3 2',
    opacity: 0.85,
  });
}
