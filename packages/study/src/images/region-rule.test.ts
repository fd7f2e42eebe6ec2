import { describe, expect, it } from 'vitest';
import type { StudyHost } from '../host/study-host.ts';
import { labelNamesOf, regionRuleOf } from './region-rule.ts';

const descriptions = '0 0 0 0 0 0 0 "Clear Label"\n3 255 0 0 1 1 1 "Tumour"\n';
const host = {
  readInput: async (path: string) => (path === 'l.txt' ? new TextEncoder().encode(descriptions) : undefined),
} as StudyHost;

describe('the label that a study measures', () => {
  it('is a number, or a name of its file of labels', async () => {
    expect(await regionRuleOf(host, { lesions: 'largest', label: 2 })).toEqual({
      lesions: 'largest',
      label: 2,
    });
    expect(await regionRuleOf(host, { lesions: 'union', label: 'tumour', labels: 'l.txt' })).toEqual({
      lesions: 'union',
      label: 3,
    });
    expect(await labelNamesOf(host, { lesions: 'union' })).toEqual([]);
  });

  it('is refused where it is unknown or the file is missing, with the field', async () => {
    await expect(
      regionRuleOf(host, { lesions: 'union', label: 'node', labels: 'l.txt' }),
    ).rejects.toMatchObject({ code: 'mask-label', place: { field: 'images.masks.label' } });
    await expect(regionRuleOf(host, { lesions: 'union', label: 'node' })).rejects.toThrow(
      /No file describes the labels/,
    );
    await expect(
      regionRuleOf(host, { lesions: 'union', label: 'node', labels: 'none.txt' }),
    ).rejects.toMatchObject({ code: 'file-missing', place: { file: 'none.txt' } });
  });
});
