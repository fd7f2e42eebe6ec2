import { dirname, join, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import {
  checkStudy,
  InputRecord,
  type MaskRepair,
  parseStudy,
  REPAIRS_FILE,
  REPAIRS_FOLDER,
  type Study,
  type StudyCheck,
  writeRepairs,
} from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readUserFile } from '../../adapters/files/read-file.ts';
import { openRepairFolder } from '../../adapters/files/repair-folder.ts';
import { jobsOf } from '../../adapters/worker-pool/jobs.ts';
import { workerPool } from '../../adapters/worker-pool/worker-pool.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { hostOf } from '../run.ts';
import type { CheckCommandOptions } from './options.ts';
import { checkJson, readableCheck } from './readable.ts';

const noCache = { get: async () => undefined, put: async () => undefined };

/** Checks the study of a file; with `--repair` writes copies of masks beside it. */
export async function checkStudyFile(
  path: string,
  options: CheckCommandOptions,
  session: Session,
): Promise<number> {
  if (typeof options.repair === 'string' || options.label !== undefined || options.labels !== undefined)
    throw new SentinodeError(
      'usage',
      'For a study, --repair takes no file (the folder is images.masks.repaired) and the label is images.masks.label (by name with images.masks.labels).',
      {
        field:
          typeof options.repair === 'string'
            ? '--repair'
            : options.label === undefined
              ? '--labels'
              : '--label',
      },
    );
  const study = parseStudy(new TextDecoder().decode(await readUserFile(path, 'study file')), path);
  const folder = dirname(resolve(path));
  const pool = workerPool(jobsOf(options.jobs));
  const display = terminalProgress(session.global.quiet);
  try {
    const { progress } = display;
    const host = await hostOf(folder, new InputRecord(), { cache: noCache }, pool, progress, session.signal);
    const pictures = options.out === undefined ? 0 : picturesOf(options.pictures);
    const { found, repairs } = await (options.repair === undefined
      ? checkStudy(study, host, { pictures }).then((checked) => ({ found: checked, repairs: null }))
      : repairStudy(study, folder, (repair) => checkStudy(study, host, { pictures, repair })));
    display.end();
    if (options.out !== undefined) {
      const { renderCheck } = await import('@sentinode/report');
      await atomicWrite(options.out, renderCheck(found));
    }
    session.print(session.global.json ? checkJson(found, repairs) : readableCheck(found, options.out));
    if (repairs !== null) session.remark(repairSentence(study, repairs));
    refuseFailed(found, repairs ?? []);
    return 0;
  } finally {
    display.end();
    await pool.close();
  }
}

const foldersOf = (study: Study): string => study.images?.masks.repaired ?? REPAIRS_FOLDER;

/** Writes every copy, and their list when all are there. */
async function repairStudy(
  study: Study,
  folder: string,
  check: (write: (repair: MaskRepair, bytes: Uint8Array) => Promise<void>) => Promise<StudyCheck>,
): Promise<{ found: StudyCheck; repairs: readonly MaskRepair[] }> {
  const copies = await openRepairFolder(folder, foldersOf(study), REPAIRS_FILE);
  const repairs: MaskRepair[] = [];
  const found = await check(async (repair, bytes) => {
    repairs.push(repair);
    await copies.write(repair.copy, bytes);
  });
  repairs.sort((a, b) => (a.copy < b.copy ? -1 : 1));
  if (repairs.length > 0) await copies.writeList(writeRepairs(repairs));
  return { found, repairs };
}

function repairSentence(study: Study, repairs: readonly MaskRepair[]): string {
  if (repairs.length === 0) return 'No mask can be repaired with certainty; nothing was written.';
  const folder = foldersOf(study);
  const next =
    study.images?.masks.repaired === undefined
      ? `Add "repaired: ${folder}" under images.masks of the study file, and every run reads them and says so in its ledger.`
      : 'Every run reads them and says so in its ledger.';
  return `${repairs.length} repaired ${repairs.length === 1 ? 'copy' : 'copies'} in ${join(folder, REPAIRS_FILE)}. ${next}`;
}

function picturesOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,4}$/.test(text))
    throw new SentinodeError('usage', `--pictures takes a number, not "${text}".`, { field: '--pictures' });
  return Number(text);
}

function refuseFailed({ failed, images }: StudyCheck, repairs: readonly MaskRepair[]): void {
  const repaired = new Set(repairs.map(({ mask }) => mask));
  const left = failed.filter(({ error }) => error.file === undefined || !repaired.has(error.file));
  const first = left[0];
  if (first === undefined) return;
  const { message, code: _, ...place } = first.error;
  throw new SentinodeError(
    'cases-failed',
    `${left.length} of ${failed.length + images.length} images cannot be measured; the first, ${first.files.visit} ${first.files.sequence}: ${message}`,
    place,
  );
}
