import type { StudyResults } from '@sentinode/study';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { forSharing } from '../disclosure/for-sharing.ts';
import { valuesAt } from '../testing/places.ts';
import {
  hostile,
  referenceResults,
  withBanners,
  withResampling,
  withSmallCells,
} from '../testing/results.ts';
import type { Figure } from './figure.ts';
import { figures } from './index.ts';

let full: StudyResults;
let clinical: StudyResults;
beforeAll(async () => {
  const [published, alone] = await Promise.all([
    referenceResults('[clinical, radiomics, deep, dlr]'),
    referenceResults('[clinical]'),
  ]);
  full = withResampling(published);
  clinical = alone;
});
const drawn = (figure: Figure, results: StudyResults): string => {
  const found = figure.draw(results);
  return 'svg' in found ? found.svg : '';
};

describe.each(figures.map((figure) => [figure.name, figure] as const))('figure %s', (_, figure) => {
  it('is drawn of a whole study, the same bytes each time', () => {
    expect(drawn(figure, full)).not.toBe('');
    expect(drawn(figure, full)).toBe(drawn(figure, full));
  });

  it('has a name for those who cannot see it, and the notice', () => {
    const svg = drawn(figure, full);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]+"/);
    expect(svg).toContain('<title>');
    expect(svg).toContain('Research use only');
  });

  it('says what the study is made of', () => {
    for (const banner of withBanners(full).study.banners)
      expect(drawn(figure, withBanners(full))).toContain(banner);
  });

  it('holds no number that is none', () => {
    for (const results of [full, clinical, forSharing(withSmallCells(full, 5))])
      expect(drawn(figure, results)).not.toMatch(/="[^"]*(NaN|undefined|Infinity)|>NaN/);
  });

  it('is well-formed and escapes what it prints', () => {
    const svg = drawn(figure, hostile(full));
    expect(svg).not.toContain('<script');
    const opened = svg.match(/<[a-z][^>]*(?<!\/)>/g)!.length;
    expect(svg.match(/<\/[a-z]+>/g)!.length).toBe(opened);
    const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
    expect(document.querySelectorAll('script')).toHaveLength(0);
  });

  it('keeps its own text inside its frame', () => {
    const svg = drawn(figure, hostile(full));
    const [width, height] = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg)!.slice(1).map(Number);
    for (const [, x, y] of svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(width!);
      expect(Number(y)).toBeLessThanOrEqual(height!);
    }
  });

  it('says why there is none, or draws, for a clinical study', () => {
    const found = figure.draw(clinical);
    if ('missing' in found) expect(found.missing).toMatch(/\w+ \w+/);
    else expect(found.svg).toContain('</svg>');
  });

  it('names the places of its numbers in metrics.json', () => {
    for (const place of figure.from.filter((one) => !one.startsWith('/readerMasks')))
      expect([place, valuesAt(full, place).length > 0]).toEqual([place, true]);
  });

  it('has a caption that names the cohort it shows', () => {
    expect(figure.caption(full)).toMatch(/\d+/);
  });
});
