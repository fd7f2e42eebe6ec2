import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { ink } from './palette.ts';
import { element, FONT, text } from './svg.ts';

/** A chart as a part of a figure: its place, its title, what Plot draws in it. */
export interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly options: Plot.PlotOptions;
}

const TITLE_HEIGHT = 22;

/** Draws a chart with Plot on a document of its own (no browser needed) and places it. */
export function panel({ x, y, width, height, title, options }: Panel): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    width,
    height: height - TITLE_HEIGHT,
    marginTop: 12,
    marginRight: 14,
    marginBottom: 40,
    marginLeft: 48,
    ...options,
    document: document as unknown as Document,
    className: 'chart',
    style: { background: 'none', fontFamily: FONT, fontSize: '10.5px', color: ink },
  });
  const svg = drawn.outerHTML
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/^<svg [^>]*>/, (open) => {
      const box = /viewBox="([^"]*)"/.exec(open)?.[1] ?? `0 0 ${width} ${height - TITLE_HEIGHT}`;
      return `<svg x="${x}" y="${y + TITLE_HEIGHT}" width="${width}" height="${height - TITLE_HEIGHT}" viewBox="${box}" font-size="10.5" text-anchor="middle" fill="currentColor">`;
    })
    .replace(/\d+\.\d{5,}/g, (number) => String(Math.round(Number(number) * 100) / 100));
  return element('g', {}, text(x + 14, y + 15, title, { 'font-weight': 'bold', 'font-size': 11.5 }), svg);
}
