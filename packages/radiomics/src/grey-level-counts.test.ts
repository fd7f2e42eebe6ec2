import { describe, expect, it } from 'vitest';
import { summariseGreyLevels } from './grey-level-counts.ts';

const region = (...found: [image: string, levels: number, binWidth: number | null][]) => ({
  unusualLevels: found.map(([image, levels, binWidth]) => ({ image, levels, binWidth })),
});

describe('grey levels of many regions in one sentence', () => {
  it('says nothing where all are usual', () => {
    expect(summariseGreyLevels([{ unusualLevels: [] }, {}])).toBeUndefined();
  });
  it('names the image types with most regions, their medians and the bin width for 32', () => {
    const text = summariseGreyLevels([
      region(['original', 9, 6], ['wavelet-HHH', 2, 0.4]),
      region(['wavelet-HHH', 4, 0.6]),
      region(['wavelet-HHH', 3, 0.5], ['wavelet-LHH', 1, null], ['wavelet-LLH', 5, 2]),
      region(),
    ]);
    expect(text).toBe(
      'Grey levels outside the usual 16 to 128, medians: wavelet-HHH 3 (3 of 4 regions; binWidth 0.5 gives 32), original 9 (1 of 4 regions; binWidth 6 gives 32), wavelet-LHH 1 (1 of 4 regions; flat), and 1 more image type. Each image type may have a binWidth of its own.',
    );
  });
});
