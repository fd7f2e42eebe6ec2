import { describe, expect, it } from 'vitest';
import { overrideSettings } from './override-settings.ts';
import { parseParameters, parseProtocol } from './parse-parameters.ts';

describe('settings changed on the command line', () => {
  const file = 'imageType: {Original: {}}\nsetting:\n  binWidth: 25   # ours\n  label: 2\n';
  const changed = (...changes: string[]) =>
    parseParameters(overrideSettings(file, changes, 'pyradiomics'), 'p.yaml');

  it('take the place of those of the file, or join them', () => {
    const settings = changed('binWidth:10', 'distances: [1, 2]', 'kernelRadius:3', 'weightingNorm:euclidean');
    expect(settings.measurement).toMatchObject({
      binWidth: 10,
      distances: [1, 2],
      weightingNorm: 'euclidean',
    });
    expect(settings.voxel.kernelRadius).toBe(3);
    expect(settings.label).toBe(2);
    expect(new Map(settings.configuration.settings).get('binWidth')).toBe('10');
  });
  it('are checked as those of a file', () => {
    expect(() => changed('binWith:10')).toThrow(/binWidth/);
    expect(() => changed('binWidth:-1')).toThrow(/binWidth/);
    expect(() => changed('binWidth')).toThrow(/key:value/);
    expect(() => changed('binWidth:')).toThrow(/key:value/);
  });
  it('reach into parts of an IBSI file', () => {
    const ibsi = 'standard: ibsi\ndiscretisation: {method: fixedBinSize, binWidth: 25}\n';
    const text = overrideSettings(ibsi, ['discretisation.binWidth:10', 'label:3'], 'ibsi');
    expect(parseProtocol(text, 'p.yaml')).toMatchObject({ label: 3, discretisation: { binWidth: 10 } });
  });
});
