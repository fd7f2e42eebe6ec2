import type { SeenPicture, StudyResults } from '@sentinode/study';
import { rgbPng } from '../drawing/png.ts';

/**
 * What the network saw, one PNG file for each patient and visit: `pictures/<patient>_<visit>.png`, drawn when it is
 * written. Characters that no file name has become `-`; a name that would come twice gets a number.
 */
export function* pictureFiles(
  pictures: readonly SeenPicture[],
  { notice, study }: StudyResults,
): Generator<{ path: string; content: () => Promise<Uint8Array> }> {
  const text = [notice, ...study.banners.map((banner) => `${banner}.`)].join(' ');
  const used = new Map<string, number>();
  for (const { patient, visit, side, pixels } of pictures) {
    const name = `${patient}_${visit}`.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-');
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    const path = `pictures/${times === 1 ? name : `${name}-${times}`}.png`;
    yield { path, content: async () => rgbPng(side, side, await pixels(), text) };
  }
}
