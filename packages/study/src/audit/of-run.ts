import { type FeatureTable, SentinodeError } from '@sentinode/core';
import type { Cohort } from '../results/study-results.ts';
import { readFeatureParquet, readTable } from '../tables/index.ts';
import type { Audit, AuditPatient } from './audit.ts';
import { auditRun } from './audit-run.ts';

/** Feature tables that a run may hold. */
const tableNames = ['radiomics', 'reader1', 'reader2', 'deep', 'deep-adjacent'];

/**
 * Audits a run from what it left: `audit.json` (trail), `ledger.csv` and `features/*.parquet`. The checks are made anew;
 * findings that need the study's own files (rows that are not in the study) are taken over from the run.
 * @throws SentinodeError `file-missing` when the folder is no finished run, `file-syntax` when a file of it is damaged
 */
export async function auditOfRun(
  read: (path: string) => Promise<Uint8Array | undefined>,
  folder: string,
): Promise<Audit> {
  const recorded = await parsed(read, folder, 'audit.json');
  const ledgerBytes = await needed(read, folder, 'ledger.csv');
  const ledger = await readTable(ledgerBytes, { file: `${folder}/ledger.csv` });
  const column = (name: string): number => ledger.columns.indexOf(name);
  const at = {
    id: column('patient'),
    outcome: column('outcome'),
    cohort: column('cohort'),
    group: column('group'),
  };
  const patients = ledger.rows.flatMap((row): AuditPatient[] => {
    const cohort = row[at.cohort] ?? '';
    if (cohort !== 'training' && cohort !== 'validation') return [];
    const group = row[at.group] ?? '';
    return [
      {
        id: row[at.id]!,
        outcome: row[at.outcome] === '1' ? 1 : 0,
        cohort: cohort as Cohort,
        ...(group === '' ? {} : { group }),
      },
    ];
  });
  const tables = new Map<string, FeatureTable>();
  for (const name of tableNames) {
    const bytes = await read(`features/${name}.parquet`);
    if (bytes !== undefined) tables.set(name, await readFeatureParquet(bytes));
  }
  const again = auditRun({ trail: recorded.trail, patients, tables });
  const known = new Set(again.findings.map(({ code, where }) => `${code} ${where}`));
  const further = recorded.findings.filter(({ code, where }) => !known.has(`${code} ${where}`));
  return { ...again, findings: [...again.findings, ...further] };
}

async function needed(
  read: (path: string) => Promise<Uint8Array | undefined>,
  folder: string,
  name: string,
): Promise<Uint8Array> {
  const bytes = await read(name);
  if (bytes === undefined)
    throw new SentinodeError(
      'file-missing',
      `"${folder}" has no ${name}; name the folder of a finished run (run --out).`,
      { file: `${folder}/${name}` },
    );
  return bytes;
}

async function parsed(
  read: (path: string) => Promise<Uint8Array | undefined>,
  folder: string,
  name: string,
): Promise<Audit> {
  const bytes = await needed(read, folder, name);
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Audit;
    if (value.trail !== undefined && Array.isArray(value.findings)) return value;
  } catch {
    // told below, with the name of the file
  }
  throw new SentinodeError(
    'file-syntax',
    `${name} of "${folder}" is not what a run of this version writes; run the study again.`,
    { file: `${folder}/${name}` },
  );
}
