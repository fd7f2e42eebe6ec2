import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './testing/bundle.ts';

const programs = ['features-of-a-volume', 'maps-of-a-volume'] as const;

describe('examples', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await bundle(Object.fromEntries(programs.map((name) => [name, `${name}.ts`])), 'node');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const lines = (name: (typeof programs)[number]): string[] =>
    execFileSync(process.execPath, [join(folder, `${name}.mjs`)], { encoding: 'utf8', stdio: 'pipe' })
      .trim()
      .split('\n');

  it('features-of-a-volume prints 2 + 9 x 4 features', () => {
    const found = lines('features-of-a-volume');
    expect(found).toHaveLength(38);
    expect(found[0]).toMatch(/^original_shape_MeshVolume \d+/);
    for (const line of found) expect(Number(line.split(' ')[1])).not.toBeNaN();
  });
  it('maps-of-a-volume prints two maps with a value in every voxel of the ball', () => {
    const found = lines('maps-of-a-volume');
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'original_firstorder_Mean',
      'original_glcm_JointEntropy',
    ]);
    for (const line of found) expect(line).toMatch(/ 15x15x9 \d+ voxels, mean \d/);
  });
});
