import { execFileSync, execSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inFolder } from '../testing/command.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** npm as a user runs it: without what the test runner put into the environment. */
const environment = Object.fromEntries(
  Object.entries({ ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }).filter(
    ([name]) =>
      !/^npm_(?!config_(registry|cafile|proxy|https_proxy|userconfig|globalconfig|cache)$)/i.test(name),
  ),
);

describe('one packed file', () => {
  it('installs in an empty folder and runs the demo', () =>
    inFolder((folder) => {
      execSync(`npm pack --silent --ignore-scripts --pack-destination "${folder}"`, {
        cwd: root,
        env: environment,
        stdio: 'pipe',
      });
      const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
      const home = join(folder, 'empty');
      mkdirSync(home);
      writeFileSync(join(home, 'package.json'), '{"private": true}');
      execSync(`npm install --no-audit --no-fund "${join(folder, tarball!)}"`, {
        cwd: home,
        env: environment,
        stdio: 'pipe',
      });
      const bin = join(home, 'node_modules', 'sentinode', 'apps', 'cli', 'bin', 'sentinode.js');
      const out = execFileSync(process.execPath, [bin, 'demo', '--patients', '20', '--quiet'], {
        cwd: home,
        encoding: 'utf8',
      });
      expect(out).toContain('Simulated data, not patients');
      expect(existsSync(join(home, 'sentinode-demo', 'run', 'report.html'))).toBe(true);
      expect(existsSync(join(home, 'sentinode-demo', 'run', 'figures', 'roc.png'))).toBe(true);
    }));
});
