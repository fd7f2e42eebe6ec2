import { computeMap, derivedMaps, type Volume } from '@sentinode/volume';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared } from '../../../../reference/locator.ts';
import { scanFiles } from '../import/scan.ts';
import { archived } from '../testing/shared-series.ts';
import { groupBy } from './group-by.ts';
import { readStack } from './read-volume.ts';
import { type SeriesVolume, splitSeries } from './split-series.ts';

const map = (name: string) => derivedMaps.find((one) => one.name === name)!;

async function read(
  folder: string,
  file: string,
  isIt: (volume: SeriesVolume) => boolean,
): Promise<Volume[]> {
  const scan = await scanFiles(archived(folder, file));
  const images = scan.files.filter(({ role }) => role === 'image');
  const series = [...groupBy(images, ({ attributes }) => attributes.series).values()];
  const volumes = series
    .flatMap((files) => splitSeries(files.flatMap(({ slices }) => slices)).volumes)
    .filter(isIt);
  return Promise.all(volumes.map((volume) => readStack(volume, scan.open)));
}

describe.skipIf(!hasShared('mri-breast-dce-ucsf'))('the maps that UCSF made of a breast series', () => {
  let phases: Volume[];
  let pe1: Volume;
  let ser: Volume;
  beforeAll(async () => {
    const file = 'UCSF-BR-06.tar.gz';
    phases = await read('mri-breast-dce-ucsf', file, ({ phase }) => phase !== undefined);
    [pe1] = await read('mri-breast-dce-ucsf', file, ({ flavour }) => flavour.includes('PE1'));
    [ser] = await read('mri-breast-dce-ucsf', file, ({ flavour }) => flavour.includes('SER'));
  });

  it('percentage enhancement is theirs in every voxel, once rounded down as they do', () => {
    const settings = { minimumSignal: 35, minimumEnhancement: 0, cap: Number.POSITIVE_INFINITY };
    const ours = computeMap(map('pe'), phases.slice(0, 2), [], settings).volume.data;
    let [compared, different] = [0, 0];
    for (let at = 0; at < ours.length; at++) {
      const rounded = Math.max(0, Math.floor(ours[at]));
      if (rounded > 0 || pe1.data[at] > 0) compared++;
      if (rounded !== pe1.data[at]) different++;
    }
    expect([compared, different]).toEqual([151_027, 0]);
  });

  it('signal enhancement ratio is theirs in every voxel that they wrote, within the thousandth to which they round', () => {
    const settings = { minimumSignal: 35, minimumEnhancement: 70, cap: 3 };
    const ours = computeMap(map('ser'), phases, [], settings).volume.data;
    let [below, capped, furthest, theirsOnly, oursOnly] = [0, 0, 0, 0, 0];
    for (let at = 0; at < ours.length; at++) {
      const theirs = ser.data[at];
      if (theirs === 0) {
        if (ours[at] > 0) oursOnly++;
        continue;
      }
      if (theirs < 2.9995) below++;
      else capped++;
      if (ours[at] === 0) theirsOnly++;
      furthest = Math.max(furthest, Math.abs(ours[at] - theirs));
    }
    expect([below, capped, theirsOnly]).toEqual([41_576, 20, 0]);
    expect(furthest).toBeLessThanOrEqual(0.001);
    // Their software leaves out some voxels by a rule of its own that the files do not state.
    expect(oursOnly).toBe(1120);
  });
});

describe.skipIf(!hasShared('mri-dwi-philips'))('the ADC of a Philips series', () => {
  it('has a median of about 1.4e-3 mm²/s where b = 0 is brightest', async () => {
    const volumes = await read('mri-dwi-philips', 'classic_b0_b1000x3.tar', () => true);
    const { data } = computeMap(map('adc'), volumes, [0, 1000, 1000, 1000]).volume;
    const order = [...volumes[0].data.keys()].sort((a, b) => volumes[0].data[b] - volumes[0].data[a]);
    const brightest = order.slice(0, Math.round(0.15 * order.length)).map((at) => data[at]);
    const median = brightest.sort((a, b) => a - b)[Math.floor(brightest.length / 2)];
    expect(Math.abs(median - 1400)).toBeLessThan(50);
  });
});
