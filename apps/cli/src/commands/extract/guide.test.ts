import { readFileSync } from 'node:fs';
import { parseParameters } from '@sentinode/radiomics';
import { describe, expect, it } from 'vitest';

describe('docs/guide/extract.md', () => {
  it('shows a parameter file that is one', () => {
    const guide = readFileSync(new URL('../../../../../docs/guide/extract.md', import.meta.url), 'utf8');
    const [, text] = /```yaml\n([\s\S]*?)```/.exec(guide)!;
    const settings = parseParameters(text!, 'guide.yaml');
    expect(settings.imageTypes.map(({ name }) => name)).toEqual(['Original', 'LoG']);
    expect(settings.imageTypes[1]!.measurement.binWidth).toBe(5);
    expect(settings.remarks).toEqual([]);
  });
});
