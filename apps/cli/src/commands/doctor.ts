import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, freemem, platform, tmpdir, totalmem } from 'node:os';
import { NOTICE } from '@sentinode/study';
import pc from 'picocolors';
import { loadRuntime } from '../adapters/inference-session/runtime.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';

interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do when it is not well. */
  readonly remedy: string;
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

async function loads(name: string, load: () => Promise<unknown>, remedy: string): Promise<Check> {
  try {
    await load();
    return { what: name, ok: true, found: 'loads', remedy };
  } catch (error) {
    return {
      what: name,
      ok: false,
      found: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
      remedy,
    };
  }
}

async function checks(): Promise<Check[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const disk = await statfs(process.cwd()).then(
    (entry) => entry.bavail * entry.bsize,
    () => Number.NaN,
  );
  return [
    {
      what: 'Node',
      ok: major > 20 || (major === 20 && minor >= 19),
      found: `${process.versions.node}, ${platform()} ${arch()}`,
      remedy: 'Install Node 20.19 or newer.',
    },
    {
      what: 'processors',
      ok: availableParallelism() >= 2,
      found: String(availableParallelism()),
      remedy: 'One processor works, more slowly.',
    },
    {
      what: 'memory',
      ok: totalmem() >= 3 * 2 ** 30,
      found: `${gibibytes(freemem())} free of ${gibibytes(totalmem())}`,
      remedy: 'A study of 254 patients needs about 2 GiB.',
    },
    {
      what: 'disk here',
      ok: !(disk < 2 ** 30),
      found: Number.isNaN(disk) ? 'unknown' : `${gibibytes(disk)} free`,
      remedy: 'Make room or choose another --out.',
    },
    { what: 'temporary folder', ok: true, found: tmpdir(), remedy: '' },
    await loads(
      'network runtime',
      loadRuntime,
      'Deep features need onnxruntime-node: run `npm ci` again (its install script may be skipped).',
    ),
    await loads(
      'rasteriser',
      () => import('@resvg/resvg-js'),
      'PNG figures need @resvg/resvg-js: run `npm ci` again.',
    ),
    await loads('worker threads', () => import('piscina'), 'Run `npm ci` again.'),
  ];
}

export const doctor: CommandKind = {
  name: 'doctor',
  declare: (command, run) => {
    command
      .description('what works on this machine, and what to do about what does not')
      .addHelpText('after', '\nExample:\n  sentinode doctor')
      .action(() =>
        run(async ({ global, print }) => {
          const found = await checks();
          if (global.json) print(JSON.stringify({ notice: NOTICE, checks: found }, null, 2));
          else {
            print(
              textTable(
                ['', 'what', 'found'],
                found.map((check) => [check.ok ? pc.green('ok') : pc.red('no'), check.what, check.found]),
              ),
            );
            for (const check of found) if (!check.ok) print(`${check.what}: ${check.remedy}`);
          }
          return found.every((check) => check.ok) ? 0 : 1;
        }),
      );
  },
};
