import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/sentinode.js', import.meta.url));

/** What a command left on the terminal. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a user would. */
export function sentinode(args: readonly string[], cwd?: string): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs the command while this process goes on, for tests that serve it. */
export async function sentinodeBeside(args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const part of stream.setEncoding('utf8')) text += part;
    return text;
  }) as [Promise<string>, Promise<string>];
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out: await out, err: await err };
}

/** Starts the command and kills it, as a power cut would, once `when` holds. */
export async function killed(args: readonly string[], when: () => boolean, cwd?: string): Promise<void> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: 'ignore', cwd });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  while (child.exitCode === null && !when()) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await ended;
}

/** A folder of its own that is removed after `use`. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file under a folder by relative path with `/`, hidden ones left out. */
export function filesUnder(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const walk = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      if (name.startsWith('.')) continue;
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.set(relative(folder, path).split(sep).join('/'), readFileSync(path));
    }
  };
  walk(folder);
  return found;
}
