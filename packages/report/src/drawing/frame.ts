import { faint, ink } from './palette.ts';
import { element, FONT, text } from './svg.ts';
import { wrap } from './text-width.ts';

const MARGIN = 12;
const SMALL = 8.5;

/** What the frame prints of a result. */
export interface Framed {
  readonly notice: string;
  readonly study: { readonly banners: readonly string[] };
}

/** What every figure carries: white ground, accessible name, the study's banners on top, the notice below. */
export function frame(
  results: Framed,
  label: string,
  size: { readonly width: number; readonly height: number },
  body: string,
): string {
  const { width, height } = size;
  const banners = results.study.banners.flatMap((banner) => wrap(banner, width - 2 * MARGIN, 10));
  const notice = wrap(results.notice, width - 2 * MARGIN, SMALL);
  const top = banners.length === 0 ? 4 : 8 + 13 * banners.length;
  const bottom = 10 + 11 * notice.length;
  const total = height + top + bottom;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: total,
      viewBox: `0 0 ${width} ${total}`,
      role: 'img',
      'aria-label': label,
      'font-family': FONT,
      'font-size': 11,
      fill: ink,
      color: ink,
    },
    element('title', {}, text0(label)),
    element('rect', { width, height: total, fill: '#ffffff' }),
    ...banners.map((line, index) =>
      text(MARGIN, 14 + 13 * index, line, { 'font-size': 10, 'font-weight': 'bold', fill: '#B03A00' }),
    ),
    element('g', { transform: `translate(0,${top})` }, body),
    ...notice.map((line, index) =>
      text(MARGIN, height + top + 12 + 11 * index, line, { 'font-size': SMALL, fill: faint }),
    ),
  );
}

/** Text content of an element without a position. */
function text0(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
