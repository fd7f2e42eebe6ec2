import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import { goldenSettings } from '../testing/golden-settings.ts';
import { defaultProtocol } from './default-protocol.ts';
import { parseParameters } from './parse-parameters.ts';
import type { ExtractionSettings } from './settings.ts';
import { writeParameters } from './write-parameters.ts';

const folder = reference('pyradiomics-settings', 'goldens');

/** What decides numbers and names; the text of the file is another one. */
function meaning({ configuration: _, remarks: __, ...rest }: ExtractionSettings): unknown {
  const bspline = rest.resampledPixelSpacing === null ? { interpolator: 'bspline' } : {};
  return { ...rest, ...bspline };
}

/** Values that only the reference's constructor takes, and no file. */
const notInFiles = /^(weighting_unknown|log_too_small)/;

describe('settings written as a parameter file', () => {
  it.each(readdirSync(folder).filter((name) => !notInFiles.test(name)))('%s', (name) => {
    const settings = goldenSettings(readFileSync(`${folder}/${name}`, 'utf8'), name);
    const again = parseParameters(writeParameters(settings), name);
    expect(meaning(again)).toEqual(meaning(settings));
    expect(writeParameters(again)).toBe(writeParameters(settings));
  });
  it('the default protocol', () => {
    expect(defaultProtocol().featureClasses.map(({ name }) => name)).not.toContain('shape2D');
    expect(meaning(parseParameters(writeParameters(defaultProtocol()), 'p.yaml'))).toEqual(
      meaning(defaultProtocol()),
    );
  });
  it('keeps what an image type has of its own, and how widths are written', () => {
    const text = readFileSync(reference('pyradiomics-settings', 'params', 'overrides.yaml'), 'utf8');
    expect(writeParameters(parseParameters(text, 'overrides.yaml'))).toContain(
      '  LoG:\n    sigma: [3, 1.5]\n    binCount: 16\n',
    );
  });
});
