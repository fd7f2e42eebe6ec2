import type { SeenPicture, StudyResults } from '@sentinode/study';
import { describe, expect, it } from 'vitest';
import { contactSheet } from './contact-sheet.ts';
import { pictureFiles } from './picture-files.ts';
import { smaller } from './smaller.ts';

const results = {
  notice: 'Research use only.',
  study: { banners: ['Simulated data, not patients'] },
} as unknown as StudyResults;
const picture = (patient: string, visit: string): SeenPicture => ({
  patient,
  visit,
  channels: ['DCE', 'DWI', 'T2WI'],
  side: 224,
  pixels: async () => Uint8Array.from({ length: 3 * 224 * 224 }, (_, at) => (at * 2654435761) >>> 24),
});
const many = Array.from({ length: 300 }, (_, at) => [
  picture(`p${at}`, 'pre'),
  picture(`p${at}`, 'post'),
]).flat();

describe('pictures that the network saw', () => {
  it('become smaller by the mean of what each pixel covers', () => {
    const pixels = Uint8Array.from([0, 0, 0, 100, 10, 2, 200, 20, 4, 100, 10, 2]);
    expect(smaller(pixels, 2, 1)).toEqual(Uint8Array.of(100, 10, 2));
    expect(smaller(pixels, 2, 2)).toEqual(pixels);
    const white = new Uint8Array(3 * 224 * 224).fill(255);
    expect(smaller(white, 224, 80).every((value) => value === 255)).toBe(true);
  });
  it('stand in the report, as many as a small page holds', async () => {
    const page = await contactSheet(many, results);
    expect(page.match(/<img /g)).toHaveLength(48);
    expect(page).toContain('The first 24 of 300 patients');
    expect(page).toContain('DCE in red, DWI in green, T2WI in blue');
    expect(page).toContain('Simulated data, not patients.');
    expect(page.length).toBeLessThan(1_500_000);
    expect(await contactSheet([], results)).toBe('');
  });
  it('are files whose names stay in their folder, with the notice inside', async () => {
    const files = [
      ...pictureFiles([picture('../a/b', 'pre'), picture('..:a:b', 'pre'), picture('P-1', 'post')], results),
    ];
    expect(files.map(({ path }) => path)).toEqual([
      'pictures/--a-b_pre.png',
      'pictures/--a-b_pre-2.png',
      'pictures/P-1_post.png',
    ]);
    for (const file of files) {
      const content = await file.content();
      expect([...content.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      expect(Buffer.from(content).toString('latin1')).toContain(
        'Research use only. Simulated data, not patients.',
      );
    }
  });
});
