import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';

const examples = fileURLToPath(new URL('../', import.meta.url));

/** Bundles programs of this folder with everything they import into a temporary folder, as `<name>.js`. */
export async function bundle(
  entry: Readonly<Record<string, string>>,
  platform: 'node' | 'browser',
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-example-'));
  await build({
    config: false,
    cwd: examples,
    entry,
    outDir: folder,
    platform,
    format: 'esm',
    target: platform === 'node' ? 'node20' : 'es2022',
    dts: false,
    clean: false,
    outExtensions: () => ({ js: platform === 'node' ? '.mjs' : '.js' }),
    deps: { alwaysBundle: [/.*/] },
    logLevel: 'silent',
  });
  return folder;
}
