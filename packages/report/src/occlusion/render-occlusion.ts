import type { Occlusion, OcclusionMap } from '@sentinode/study';
import { pngAddress, rgbPng } from '../drawing/png.ts';
import { element, text } from '../drawing/svg.ts';
import { style } from '../html/style.ts';
import { escapeText } from '../text/escape.ts';

/** What stands on the page beside the maps. */
export interface OcclusionPage {
  readonly model: string;
  readonly notice: string;
  readonly banners: readonly string[];
}

/** Colours of a change, safe for colour-blind readers: covering lowers (purple) or raises (orange) the probability. */
const lowers = '#5e3c99';
const raises = '#e66101';
const SIDE = 336;

/** One page with what the network saw of each visit and how covering each square changes the probability. */
export function renderOcclusion({ probability, passes, maps }: Occlusion, page: OcclusionPage): string {
  const most = Math.max(...maps.flatMap(({ change }) => Array.from(change, Math.abs)));
  const { patch, stride } = maps[0]!;
  const figures = maps
    .map(
      (map) =>
        `<figure>${seen(map)}${overlay(map, most)}<figcaption>${escapeText(map.visit)}: what the network saw (left) and the change of probability (right).</figcaption></figure>`,
    )
    .join('\n');
  const banners = [page.notice, ...page.banners.map((banner) => `${banner}.`)].map(escapeText).join(' ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Where the network looked</title><style>${style}</style></head>
<body><div class="notice" role="note"><b>${banners}</b></div><div class="page" style="display:block"><main>
<h1>Where the network looked</h1>
<p>Model ${escapeText(page.model)}. Probability with nothing covered: ${probability.toFixed(3)}. Squares of ${patch} x ${patch} pixels, ${stride} apart, were covered with the mean of their channel, one at a time, in all slices of one visit; ${passes} forward passes. Everything else stayed as it was.</p>
<p><span style="color:${lowers}">■</span> covering lowers the probability, <span style="color:${raises}">■</span> covering raises it; full colour is a change of ${most.toFixed(4)}. The map describes this model on this picture; it does not show that the tissue there causes the outcome.</p>
${figures}
</main></div></body></html>
`;
}

const frame = (label: string, ...content: readonly string[]): string =>
  element(
    'svg',
    {
      width: SIDE,
      height: SIDE,
      viewBox: `0 0 ${SIDE} ${SIDE}`,
      role: 'img',
      'aria-label': label,
      style: 'margin-right:8px',
    },
    ...content,
  );

function image({ picture: [red, green, blue] }: OcclusionMap): string {
  const { width, height } = red;
  const pixels = new Uint8Array(3 * width * height);
  [red, green, blue].forEach(({ values }, channel) => {
    values.forEach((value, at) => {
      pixels[3 * at + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
    });
  });
  return element('image', { href: pngAddress(rgbPng(width, height, pixels)), width: SIDE, height: SIDE });
}

function seen(map: OcclusionMap): string {
  return frame(`${map.visit}: picture that the network saw`, image(map));
}

function overlay(map: OcclusionMap, most: number): string {
  const { picture, stride, patch, columns, change } = map;
  const scale = SIDE / picture[0].width;
  const margin = ((patch - stride) / 2) * scale;
  const squares = Array.from(change, (value, at) =>
    element('rect', {
      x: round((at % columns) * stride * scale + margin),
      y: round(Math.floor(at / columns) * stride * scale + margin),
      width: round(stride * scale),
      height: round(stride * scale),
      fill: value < 0 ? lowers : raises,
      'fill-opacity': most > 0 ? round((0.8 * Math.abs(value)) / most) : 0,
    }),
  );
  return frame(
    `${map.visit}: change of probability where squares are covered`,
    image(map),
    ...squares,
    text(4, SIDE - 6, `full colour: ${most.toFixed(4)}`, { 'font-size': 11, fill: '#ffffff' }),
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
