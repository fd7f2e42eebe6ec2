import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulaFile } from '../../../../../packages/deep/src/testing/safetensors-file.ts';
import { reference } from '../../../../../reference/locator.ts';
import { sentinode, sentinodeBeside } from '../../testing/command.ts';

describe('weights', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-weights-'));
  const file = join(folder, 'mine.safetensors');
  const out = join(folder, 'weights');
  const pinned = join(out, 'mine.onnx');
  const errorOf = (args: readonly string[]) => {
    const { code, out: printed, err } = sentinode([...args, '--json']);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    return JSON.parse(err).error;
  };
  beforeAll(() => writeFileSync(file, formulaFile('resnet18', 20240)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('import, verify and list a file of the user', () => {
    const imported = sentinode(['weights', 'import', file, '--out', out, '--origin', 'formula', '--json']);
    expect(imported.code).toBe(0);
    const { record } = JSON.parse(imported.out);
    expect(record).toMatchObject({
      backbone: 'resnet18',
      features: 512,
      origin: 'formula',
      licence: 'not stated',
    });
    expect(record.source).toMatchObject({ file: 'mine.safetensors', bytes: readFileSync(file).length });
    const verified = sentinode(['weights', 'verify', pinned]);
    expect(verified.out).toMatch(/unchanged.*resnet18, origin formula; gives features/);
    expect(sentinode(['weights', 'list', out]).out).toMatch(/mine\.onnx\s+resnet18\s+formula/);
    // the same file again gives the same bytes
    const before = readFileSync(pinned);
    expect(sentinode(['weights', 'import', file, '--out', out, '--origin', 'formula']).code).toBe(0);
    expect(readFileSync(pinned).equals(before)).toBe(true);
  });
  it('find a network that was changed after its import', () => {
    const changed = readFileSync(pinned);
    changed[changed.length - 100]! ^= 1;
    mkdirSync(join(folder, 'changed'));
    writeFileSync(join(folder, 'changed', 'mine.onnx'), changed);
    writeFileSync(join(folder, 'changed', 'mine.json'), readFileSync(join(out, 'mine.json')));
    expect(errorOf(['weights', 'verify', join(folder, 'changed', 'mine.onnx')])).toMatchObject({
      code: 'weights-invalid',
      message: expect.stringContaining('not the one that was imported'),
    });
  });
  it.each([
    ['hostile_os_system.pth', 'weights-unsafe', /nothing of it was run/],
    ['hostile_whole_module.pth', 'weights-unsafe', /state_dict/],
    ['broken_short_storage.pth', 'weights-invalid', /120 bytes where 240/],
    ['basic.pth', 'weights-invalid', /resnet/],
  ])('refuse %s', (name, code, sentence) => {
    const source = reference('deep', 'tiny', name);
    const error = errorOf(['weights', 'import', source, '--out', join(folder, 'none')]);
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(JSON.stringify(error)).not.toContain('SENTINEL');
  });

  describe('fetch', () => {
    let server: Server;
    let url: string;
    const ranges: (string | undefined)[] = [];
    const content = Buffer.alloc(300_000, 7);
    beforeAll(async () => {
      server = createServer((request, response) => {
        ranges.push(request.headers.range);
        const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
        response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
        if (from > 0) return void response.end(content.subarray(from));
        response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 100));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => server.close());

    it('goes on where it stopped, and removes what is not the published file', async () => {
      const fetch = () =>
        sentinodeBeside([
          'weights',
          'fetch',
          'resnet18',
          '--from',
          url,
          '--out',
          join(folder, 'got'),
          '--json',
        ]);
      const first = await fetch();
      expect(JSON.parse(first.err.trim().split('\n').at(-1)!).error).toMatchObject({
        code: 'download-failed',
        message: expect.stringContaining('goes on from there'),
      });
      const second = await fetch();
      expect(second.code).toBe(2);
      expect(JSON.parse(second.err.trim().split('\n').at(-1)!).error.message).toMatch(
        /not f37072fd; it was removed/,
      );
      expect(ranges[0]).toBeUndefined();
      expect(ranges[1]).toMatch(/^bytes=\d+-$/);
    });
    it('says what to do without a network, and which names there are', async () => {
      const away = await sentinodeBeside([
        'weights',
        'fetch',
        'resnet50',
        '--from',
        'http://127.0.0.1:1',
        '--out',
        folder,
      ]);
      expect(away.code).toBe(2);
      expect(away.err).toMatch(/cannot be reached.*weights import FILE/s);
      expect(errorOf(['weights', 'fetch', 'vgg16']).message).toMatch(
        /resnet50 \(torchvision IMAGENET1K_V1\)/,
      );
    });
  });
});
