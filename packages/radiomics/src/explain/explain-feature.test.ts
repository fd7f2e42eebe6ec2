import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import { featureClasses } from '../features/index.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { explainFeature } from './explain-feature.ts';

async function caseOf(image: string, mask = image) {
  const read = (name: string) => {
    const file = reference('pyradiomics-settings', 'phantoms', `${name}.nrrd`);
    return readVolume(readBytes(file), { file });
  };
  return { image: await read(`${image}_image`), mask: maskFromLabels(await read(`${mask}_mask`), 1) };
}

describe('explanations', () => {
  it('of every feature of every class have the value, a formula, a source and evidence that adds up', async () => {
    const { image, mask } = await caseOf('oneslice');
    const every = Object.fromEntries(
      featureClasses.map(({ name, features }) => [name, features.map((feature) => feature.name)]),
    );
    const settings = resolveSettings({ featureClass: every, setting: { force2D: true, binWidth: 25 } });
    const { names, values } = extract(image, mask, settings);
    expect(names.length).toBeGreaterThan(110);
    names.forEach((name, at) => {
      const one = explainFeature(image, mask, settings, name);
      expect(one.value, name).toBe(Number.isNaN(values[at]!) ? null : values[at]!);
      expect(one.formula.length, name).toBeGreaterThan(2);
      expect(one.source.definition, name).toMatch(/PyRadiomics 3\.1\.0, class \w+/);
      expect(one.evidence.length, name).toBeGreaterThan(0);
      for (const { rows, columns, values: cells } of one.evidence) {
        expect(cells.length).toBe(rows.length);
        for (const row of cells) expect(row.length).toBe(columns.length);
      }
      const counted = one.greyLevels.reduce((sum, { voxels }) => sum + voxels, 0);
      if (one.greyLevels.length > 0) expect(counted, name).toBe(one.region.voxels);
      for (const { from, to } of one.greyLevels) expect(to - from).toBeCloseTo(25, 9);
    });
  });
  it('name a code of the IBSI manual once, for features that exist', () => {
    const codes = featureClasses.flatMap(({ explanation: { ibsi } }) => Object.values(ibsi));
    expect(new Set(codes).size).toBe(codes.length);
    for (const { features, explanation } of featureClasses) {
      const known = features.map(({ name }) => name);
      for (const table of [explanation.ibsi, explanation.differs ?? {}])
        for (const name of Object.keys(table)) expect(known).toContain(name);
    }
  });
  it('say why there is no value', async () => {
    const { image, mask } = await caseOf('oneslice', 'twodiagonal');
    const settings = resolveSettings({ setting: { minimumROIDimensions: 1 } });
    const reasons = extract(image, mask, settings).undefinedReasons;
    const [name] = Object.keys(reasons);
    const one = explainFeature(image, mask, settings, name!);
    expect([one.value, one.undefined]).toEqual([null, reasons[name!]]);
  });
});
