import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium that runs here, or the reason why there is none. */
export type Found = { readonly path: string } | { readonly missing: string };

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function installed(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) return given;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/**
 * The browser of tests: CHROMIUM_PATH, one on the PATH, or Debian's package, which a root user's run installs. Nothing
 * else is ever downloaded.
 */
export function findChromium(): Found {
  const before = installed();
  if (before !== undefined) return { path: before };
  if (process.getuid?.() !== 0)
    return { missing: 'no Chromium on the PATH; install one (Debian: apt-get install chromium)' };
  try {
    const quiet = { stdio: 'ignore', timeout: 300_000 } as const;
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  } catch {
    return { missing: 'no Chromium on the PATH, and apt-get could not install one' };
  }
  const after = installed();
  return after === undefined ? { missing: 'no Chromium after its installation' } : { path: after };
}
