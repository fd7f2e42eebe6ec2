import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type InferenceRuntime, wholeFile } from '@sentinode/deep';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exported } from '../../../../../packages/deep/src/testing/exported.ts';
import { inProcess } from './in-process.ts';
import { inProcessOf } from './node-runtime.ts';

/** The program that `npm run build` makes; the tests build it first. */
const built = inProcessOf(new URL('../../../dist/network.js', import.meta.url));
const SIDE = 16;
const shape = [1, 3, SIDE, SIDE];
const pictures = [0.25, 3, -7].map((value) => new Float32Array(3 * SIDE ** 2).fill(value));

describe('a network in a process of its own', () => {
  let folder: string;
  const usual = process.env.TMPDIR;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sentinode-process-'));
    process.env.TMPDIR = folder;
  });
  afterEach(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (runtime: InferenceRuntime, bytes = exported(5, SIDE, 0.3)) =>
    runtime(wholeFile(bytes), 'mine.onnx');

  it('gives the bits of one in this process, several pictures at once, and leaves no file', async () => {
    const [one, other] = [await open(built), await open(inProcess)];
    expect(readdirSync(folder)).toEqual([]);
    const found = await Promise.all(pictures.map((picture) => one.run(picture, shape)));
    for (const [at, picture] of pictures.entries())
      expect(found[at]).toEqual(await other.run(picture, shape));
    await Promise.all([one.close(), other.close(), one.close()]);
    await expect(one.run(pictures[0]!, shape)).rejects.toMatchObject({ code: 'weights-invalid' });
  });
  it('refuses what the runtime refuses, with the name of the file', async () => {
    const damaged = exported(5, SIDE).subarray(0, 100);
    await expect(open(built, damaged)).rejects.toMatchObject({
      code: 'weights-invalid',
      place: { file: 'mine.onnx', field: 'deep.weights' },
    });
    const network = await open(built);
    await expect(network.run(new Float32Array(3), [1, 3, 1, 1])).rejects.toThrow(
      'pictures of shape [1, 3, 1, 1]',
    );
    await network.close();
    expect(readdirSync(folder)).toEqual([]);
  });
  it('says so where the process ends, and does not wait', async () => {
    const program = join(folder, 'ends.mjs');
    writeFileSync(
      program,
      'process.on("message", ({ id, ask }) => ask === "open" ? process.send({ id, values: null }) : process.kill(process.pid, "SIGKILL"));',
    );
    const network = await open(inProcessOf(pathToFileURL(program)));
    const both = pictures.slice(0, 2).map((picture) => network.run(picture, shape));
    for (const run of both)
      await expect(run).rejects.toMatchObject({
        code: 'weights-invalid',
        message: expect.stringContaining('"mine.onnx" ended (SIGKILL)'),
      });
    await network.close();
    await expect(open(inProcessOf(pathToFileURL(join(folder, 'absent.mjs'))))).rejects.toThrow('ended');
  });
  it('names the folder where there is no room for the network', async () => {
    rmSync(folder, { recursive: true });
    await expect(open(built)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
