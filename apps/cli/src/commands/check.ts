import { dirname, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { checkStudy, InputRecord, parseStudy, type StudyCheck } from '@sentinode/study';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import { workerPool } from '../adapters/worker-pool/worker-pool.ts';
import { terminalProgress } from '../terminal/progress.ts';
import { textTable } from '../terminal/text-table.ts';
import type { CommandKind } from './command.ts';
import { hostOf, jobsOf } from './run.ts';

interface Options {
  out?: string;
  pictures: string;
  jobs?: string;
}

const noCache = { get: async () => undefined, put: async () => undefined };

export const check: CommandKind = {
  name: 'check',
  declare: (command, start) => {
    command
      .description(
        'what can be known before the long work: patients, files, geometry, grey levels, missing cells',
      )
      .argument('<study>', 'study file (study.yaml)')
      .option('--out <file>', 'also write a page with pictures of the regions, e.g. check.html')
      .option('--pictures <number>', 'patients of whom the page shows pictures', '6')
      .option('--jobs <number>', 'worker threads')
      .addHelpText('after', '\nExample:\n  sentinode check study.yaml --out check.html')
      .action((path: string, options: Options) =>
        start(async (session) => {
          const study = parseStudy(new TextDecoder().decode(await readUserFile(path, 'study file')), path);
          const pool = workerPool(jobsOf(options.jobs));
          const display = terminalProgress(session.global.quiet);
          try {
            const folder = dirname(resolve(path));
            const host = await hostOf(
              folder,
              new InputRecord(),
              { cache: noCache },
              pool,
              display.progress,
              session.signal,
            );
            const pictures = options.out === undefined ? 0 : picturesOf(options.pictures);
            const found = await checkStudy(study, host, pictures);
            display.end();
            if (options.out !== undefined) {
              const { renderCheck } = await import('@sentinode/report');
              await atomicWrite(options.out, renderCheck(found));
            }
            session.print(session.global.json ? json(found) : readable(found, options.out));
            refuseFailed(found);
            return 0;
          } finally {
            display.end();
            await pool.close();
          }
        }),
      );
  },
};

function picturesOf(text: string): number {
  if (!/^\d{1,4}$/.test(text))
    throw new SentinodeError('usage', `--pictures takes a number, not "${text}".`, { field: '--pictures' });
  return Number(text);
}

function refuseFailed({ failed, images }: StudyCheck): void {
  const first = failed[0];
  if (first === undefined) return;
  throw new SentinodeError(
    'cases-failed',
    `${failed.length} of ${failed.length + images.length} images cannot be measured; the first, ${first.files.visit} ${first.files.sequence}: ${first.error.message}`,
    first.error.place,
  );
}

function json(found: StudyCheck): string {
  const { pictures: _, failed, ...rest } = found;
  return JSON.stringify({ ...rest, failed: failed.map(({ error }) => error.toJSON()) }, null, 2);
}

const range = (values: readonly number[]): string => {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const text = (value: number): string => String(Math.round(value * 100) / 100);
  return low === high ? text(low) : `${text(low)}–${text(high)}`;
};

function derived({ derivation }: StudyCheck): string[] {
  return (derivation?.variables ?? []).map(({ name, sentence, missing, levels, supplied }) => {
    const conflicts = derivation!.conflicts.filter(({ variable }) => variable === name).length;
    const compared =
      supplied === null
        ? ''
        : `; ${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'} with ${supplied}`;
    return `Derived ${name}: ${sentence}; ${levels.map(({ level, n }) => `${level} ${n}`).join(', ')}, missing ${missing}${compared}.`;
  });
}

function readable(found: StudyCheck, out: string | undefined): string {
  const lines = found.flow.flatMap(({ label, n, events, excluded }) => [
    ...excluded.map((reason) => `    − ${reason.n} ${reason.reason}`),
    `${label}: ${n}${events === null ? '' : ` (${events} events)`}`,
  ]);
  const missing = found.missing.filter(({ n }) => n > 0).map(({ variable, n }) => `${variable} ${n}`);
  const groups = [...new Set(found.images.map(({ visit, sequence }) => `${visit} ${sequence}`))];
  const rows = groups.map((group) => {
    const images = found.images.filter(({ visit, sequence }) => `${visit} ${sequence}` === group);
    const unusual = images.filter(({ warnings }) => warnings.length > 0).length;
    return [
      group,
      String(images.length),
      [0, 1, 2].map((axis) => range(images.map(({ spacing }) => spacing[axis]!))).join(' × '),
      range(images.map(({ measuredVoxels }) => measuredVoxels)),
      range(images.map(({ greyLevels }) => greyLevels)),
      String(unusual),
    ];
  });
  return [
    ...found.banners.map((banner) => `${banner}.`),
    `${found.study}: models ${found.models.join(', ')}, from ${found.source}.`,
    ...lines,
    ...derived(found),
    missing.length === 0 ? 'No clinical cell is missing.' : `Missing cells: ${missing.join(', ')}.`,
    ...(rows.length === 0
      ? []
      : [
          '',
          textTable(['images', 'n', 'spacing, mm', 'region, voxels', 'grey levels', 'with warnings'], rows),
        ]),
    ...(out === undefined ? [] : ['', `Pictures and all images: ${out}`]),
    found.notice,
  ].join('\n');
}
