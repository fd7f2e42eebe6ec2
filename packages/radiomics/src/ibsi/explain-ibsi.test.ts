import type { Mask, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { explainFeature } from '../explain.ts';
import { extract } from '../extract.ts';
import { ibsiCodes, ibsiColumns } from './codes.ts';
import { responseMaps } from './response-maps.ts';
import { ibsiSchema } from './settings/settings.ts';

const geometry = {
  size: [7, 6, 5] as const,
  spacing: [1, 1.5, 2] as const,
  origin: [0, 0, 0] as const,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const at = (k: number): [number, number, number] => [k % 7, Math.floor(k / 7) % 6, Math.floor(k / 42)];
const image: Volume = {
  geometry,
  elementType: 'int16',
  data: Int16Array.from({ length: 210 }, (_, k) => ((k * 37) % 90) + 10),
};
const mask: Mask = {
  geometry,
  data: Uint8Array.from({ length: 210 }, (_, k) => {
    const [x, y, z] = at(k);
    return x > 0 && x < 6 && y > 0 && y < 5 && z > 0 && z < 4 && k !== 66 ? 1 : 0;
  }),
};
const settings = ibsiSchema.parse({
  standard: 'ibsi',
  discretisation: { method: 'fixedBinSize', binWidth: 10, start: 0 },
  filters: [{ type: 'none' }, { type: 'mean', support: 3 }],
});

describe('explanations of IBSI features', () => {
  it('have the value, a formula, a code and evidence, for every feature that the settings give', () => {
    const { names, values } = extract(image, mask, settings);
    const codes = ibsiCodes(names);
    names.forEach((name, k) => {
      const one = explainFeature(image, mask, settings, name);
      expect(one.feature).toBe(name);
      expect(one.value, name).toBe(Number.isNaN(values[k]!) ? null : values[k]!);
      expect(one.formula.length, name).toBeGreaterThan(2);
      expect(one.source.ibsi, name).toBe(codes[name]);
      expect(one.source.definition).toMatch(/IBSI reference manual/);
      expect(one.evidence.length, name).toBeGreaterThan(0);
      for (const { rows, columns, values: cells } of one.evidence) {
        expect(cells.length).toBe(rows.length);
        for (const row of cells) expect(row.length).toBe(columns.length);
      }
      for (const { from, to } of one.greyLevels) expect(to - from).toBeCloseTo(10, 9);
      const counted = one.greyLevels.reduce((sum, { voxels }) => sum + voxels, 0);
      expect(counted === 0 || counted === one.region.voxels, name).toBe(true);
    });
  });
  it('show the matrices that a value is the mean of', () => {
    const average = explainFeature(image, mask, settings, 'cm_contrast_3D_avg');
    expect(average.evidence).toHaveLength(13);
    expect(average.evidence[0]!.title).toMatch(/3D, averaged: matrix 1 of 13/);
    // contrast from the entries of the merged matrix, by its formula
    const merged = explainFeature(image, mask, settings, 'cm_contrast_3D_comb');
    const [{ rows, columns, values }] = merged.evidence as [(typeof merged.evidence)[number]];
    let [pairs, sum] = [0, 0];
    rows.forEach((i, a) => {
      columns.forEach((j, b) => {
        pairs += values[a]![b]!;
        sum += (Number(i) - Number(j)) ** 2 * values[a]![b]!;
      });
    });
    expect(merged.value).toBeCloseTo(sum / pairs, 10);
  });
  it('take a name without its aggregation, or a code', () => {
    expect(explainFeature(image, mask, settings, 'cm_contrast').feature).toBe('cm_contrast_2D_avg');
    expect(explainFeature(image, mask, settings, 'ACUI.IAZD').feature).toBe('cm_contrast_3D_comb');
    expect(explainFeature(image, mask, settings, 'Q4LE').feature).toBe('stat_mean');
  });
  it('name what the settings do not give', () => {
    expect(() => explainFeature(image, mask, settings, 'stat_maen')).toThrow(/did you mean "stat_mean"/);
    expect(() => explainFeature(image, mask, settings, 'mean-3D-3__morph_volume')).toThrow(/no feature/);
  });
});

describe('matrices of the 5 x 5 picture of the documentation, to be checked by eye', () => {
  const picture = [
    [5, 2, 5, 4, 4],
    [3, 3, 3, 1, 3],
    [2, 1, 1, 1, 3],
    [4, 2, 2, 2, 3],
    [3, 5, 3, 3, 2],
  ];
  const flat = { ...geometry, size: [5, 5, 1] as const, spacing: [1, 1, 1] as const };
  const slice: Volume = { geometry: flat, elementType: 'uint8', data: Uint8Array.from(picture.flat()) };
  const whole: Mask = { geometry: flat, data: new Uint8Array(25).fill(1) };
  const table = (name: string) =>
    explainFeature(slice, whole, ibsiSchema.parse({ standard: 'ibsi' }), name).evidence[0]!;

  it('zones by distance from the border', () => {
    // the ring of the border has distance 1, the next one 2, the middle 3; a zone has that of its nearest voxel
    const { rows, columns, values } = table('dzm_sde_2D');
    expect([rows, columns]).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2],
    ]);
    expect(values).toEqual([
      [0, 1],
      [2, 0],
      [3, 0],
      [2, 0],
      [3, 0],
    ]);
  });
  it('dependences: a voxel and its equal neighbours', () => {
    const { columns, values } = table('ngl_lde_2D');
    expect(columns).toEqual([1, 2, 3, 4]);
    expect(values).toEqual([
      [0, 1, 2, 1],
      [1, 2, 3, 0],
      [1, 4, 4, 0],
      [1, 2, 0, 0],
      [3, 0, 0, 0],
    ]);
  });
  it('zones by size', () => {
    expect(table('szm_sze_2D').values).toEqual([
      [0, 0, 0, 1, 0],
      [1, 0, 0, 0, 1],
      [1, 0, 1, 0, 1],
      [1, 1, 0, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });
});

describe('columns of IBSI features', () => {
  it('have code, family, aggregation, filter and unit', () => {
    const { names } = extract(image, mask, settings);
    const columns = ibsiColumns(names);
    expect(columns.map(({ name }) => name)).toEqual(names);
    expect(columns.find(({ name }) => name === 'morph_volume')).toEqual({
      name: 'morph_volume',
      code: 'RNU0',
      family: 'morphology',
      feature: 'Volume (mesh)',
      aggregation: '',
      filter: '',
      unit: 'mm^3',
    });
    expect(columns.filter(({ filter }) => filter !== '').length).toBeGreaterThan(200);
    expect(columns.find(({ name }) => name.endsWith('__cm_energy_2_5D_comb'))).toMatchObject({
      code: '8ZQL.ZW7Z',
      aggregation: '2.5D, merged',
      unit: '',
    });
  });
});

describe('response maps', () => {
  it('are the images whose features are measured', () => {
    const [whole, mean] = [...responseMaps(image, settings)];
    expect([whole!.name, mean!.name]).toEqual(['image', 'mean-3D-3']);
    expect(Array.from(whole!.map.data)).toEqual(Array.from(image.data));
    expect(mean!.map.geometry).toEqual(geometry);
    const { names, values } = extract(image, mask, settings);
    const inside = Array.from(mean!.map.data as Float32Array).filter((_, k) => mask.data[k] === 1);
    const found = values[names.indexOf('mean-3D-3__stat_mean')]!;
    expect(inside.reduce((sum, value) => sum + value, 0) / inside.length).toBeCloseTo(found, 4);
  });
});
