import type { StudyResults } from '@sentinode/study';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableHtml } from '../html/parts.ts';
import { numbersUnder, untraced, valuesAt } from '../testing/places.ts';
import { hostile, referenceResults, withBanners, withImages } from '../testing/results.ts';
import { tableCsv } from './csv.ts';
import { tables } from './index.ts';

let full: StudyResults;
let clinical: StudyResults;
beforeAll(async () => {
  const [whole, alone] = await Promise.all([
    referenceResults('[clinical, radiomics, deep, dlr]', true),
    referenceResults('[clinical]'),
  ]);
  full = withImages(whole);
  clinical = alone;
}, 300_000);

it('a number that stands nowhere is found', () => {
  expect(untraced('0.123 (0.100–0.600)', [0.5, 0.1, 0.6])).toEqual(['0.123']);
  expect(untraced('96 (54.2 %)', [96, 0.5424])).toEqual([]);
});

describe.each(tables.map((table) => [table.name, table] as const))('table %s', (_, table) => {
  it('has as many cells in each row as columns', () => {
    const cells = table.cells(full);
    if ('missing' in cells) throw new Error('a whole study has every table');
    expect(cells.rows.length).toBeGreaterThan(0);
    for (const row of cells.rows) expect(row).toHaveLength(cells.columns.length);
  });
  it('names the places of its numbers in metrics.json, and prints no other', () => {
    const places = table.from.map((place) => valuesAt(full, place));
    for (const [at, found] of places.entries())
      expect([table.from[at], found.length > 0]).toEqual([table.from[at], true]);
    const values = places.flat().flatMap(numbersUnder);
    const cells = table.cells(full);
    if ('missing' in cells) throw new Error('a whole study has every table');
    for (const row of cells.rows)
      for (const cell of row) expect([row, untraced(cell, values)]).toEqual([row, []]);
  });
  it('prints no number that is none', () => {
    for (const results of [full, clinical]) expect(tableCsv(table, results)).not.toMatch(/\bNaN\b|Infinity/);
  });
  it('carries notice and banners', () => {
    const csv = tableCsv(table, withBanners(full));
    for (const line of [...withBanners(full).study.banners, 'Research use only']) expect(csv).toContain(line);
  });
  it('escapes what it prints', () => {
    expect(tableHtml(table, hostile(full))).not.toContain('<script');
  });
});
