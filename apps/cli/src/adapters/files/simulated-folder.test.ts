import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { openSimulatedFolder } from './simulated-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const place = (): Promise<string> => mkdtemp(join(tmpdir(), 'sentinode-simulated-'));

describe('folder of a simulation', () => {
  it('replaces what an earlier simulation wrote and leaves everything else', async () => {
    const path = await place();
    const first = await openSimulatedFolder(path);
    await first.write({ path: 'images/P001/pre_DCE.nii.gz', bytes: bytes('old') });
    await first.write({ path: 'study.yaml', bytes: bytes('old') });
    await writeFile(join(path, 'notes.txt'), 'mine');
    const second = await openSimulatedFolder(path);
    expect((await readdir(path)).includes('study.yaml')).toBe(false);
    await second.write({ path: 'study.yaml', bytes: bytes('new') });
    expect(await readdir(join(path, 'images', 'P001'))).toEqual([]);
    expect(await readFile(join(path, 'study.yaml'), 'utf8')).toBe('new');
    expect(await readFile(join(path, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it("refuses a folder with other people's files, and touches none of them", async () => {
    const path = await place();
    await writeFile(join(path, 'thesis.txt'), 'mine');
    const error = await openSimulatedFolder(path).catch((thrown: unknown) => thrown);
    expect(isSentinodeError(error, 'output-not-empty')).toBe(true);
    expect(await readdir(path)).toEqual(['thesis.txt']);
  });
});
