import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, readCsv, reference, shared } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import { parseProtocol } from '../parameters/parse-parameters.ts';
import { compliance, phantomOf } from '../testing/ibsi-reference.ts';
import { ibsiCodes } from './codes.ts';
import { defaultIbsiSettings } from './settings/settings.ts';

const file = reference('..', 'examples', 'ibsi', 'digital-phantom.yaml');

const phantom = (name: string): Parameters<typeof phantomOf>[0] => ({
  image: readBytes(shared('ibsi-1', name, 'image.nii.gz')),
  mask: readBytes(shared('ibsi-1', name, 'mask.nii.gz')),
});
const consensus = (config: string): ReturnType<typeof readCsv> =>
  readCsv(shared('ibsi-1', 'reference_values_zrad', `${config}.csv`));

describe.skipIf(!hasShared('ibsi-1'))('IBSI-1 digital phantom', () => {
  it('agrees with every consensus value, as the example file and without one', async () => {
    const { image, mask } = await phantomOf(phantom('digital_phantom'));
    const vector = extract(image, mask, parseProtocol(readFileSync(file, 'utf8'), file));
    const families = compliance(consensus('digital_phantom'), vector);
    expect(families.flatMap(({ outside }) => outside)).toEqual([]);
    expect(families.reduce((sum, { within }) => sum + within, 0)).toBe(482);
    expect(vector.undefinedReasons).toEqual({});
    expect(Array.from(extract(image, mask, defaultIbsiSettings()).values)).toEqual(Array.from(vector.values));
    const codes = ibsiCodes(vector.names);
    expect(Object.keys(codes)).toEqual(vector.names);
    expect(codes.cm_joint_max_3D_comb).toBe('GYBY.IAZD');
  });
});
