import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Tests of the command run what users run: the bundle, made anew before the first test. */
export default function setup(): void {
  execFileSync(
    process.execPath,
    ['node_modules/tsdown/dist/run.mjs', '--config', 'apps/cli/tsdown.config.ts'],
    {
      cwd: root,
      stdio: 'pipe',
    },
  );
}
