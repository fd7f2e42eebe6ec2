import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import {
  type ArrangedImage,
  type Arrangement,
  arrangeStudy,
  choiceKey,
  type IndexEntry,
  makeImage,
  parameterNames,
  parseRules,
  seriesParameters,
} from '@sentinode/dicom';
import { NOTICE, readTable, SIMULATED_MANUFACTURER } from '@sentinode/study';
import { readVolume, writeVolume } from '@sentinode/volume';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { folderReader, readIfThere, readUserFile } from '../../adapters/files/read-file.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import { textTable } from '../../terminal/text-table.ts';
import type { CommandKind, Session } from '../command.ts';
import { studyOfImport } from './study-of-import.ts';

interface Options {
  out: string;
  rules?: string;
  choices?: string;
  study?: string;
  key?: string;
}

/** Scanner and sequence of every arranged image; the study file names it under `images.scans`. */
const SCANS = 'scans.csv';

/** What is written, so that the next arrangement knows what is its own. */
const RECORD = 'arrangement.json';

export const arrange: CommandKind = {
  name: 'arrange',
  declare: (command, start) => {
    command
      .description('imported volumes as the images of a study: visits, sequences, time points, b-values')
      .argument('<import>', 'folder that import filled')
      .requiredOption('--out <folder>', 'folder of the study; new, empty, or filled by arrange')
      .option('--rules <file>', 'YAML: which study is which visit, which volume is which sequence')
      .option('--choices <file>', 'the table of open choices, with the column file filled in')
      .option(
        '--study <file>',
        'study file to complete: its tables get the pseudonyms, its images what was arranged',
      )
      .option('--key <file>', 'secret of the import; <import>.key when left out')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode import dicom --out imported\n  sentinode arrange imported --out study\n  sentinode arrange imported --out study --study template.yaml\n  sentinode arrange imported --out study --choices study/choices.csv',
      )
      .action((path: string, options: Options) =>
        start(async (session) => {
          const arrangement = await arrangeFolder(path, options, session);
          session.print(
            session.global.json
              ? JSON.stringify({ ...arrangement, notice: NOTICE }, null, 2)
              : readable(arrangement, options.out, options.study !== undefined),
          );
          return 0;
        }),
      );
  },
};

async function arrangeFolder(path: string, options: Options, session: Session): Promise<Arrangement> {
  const entries = indexOf(await readUserFile(join(path, 'index.json'), 'index of an import'), path);
  const text =
    options.rules === undefined ? '' : new TextDecoder().decode(await readUserFile(options.rules, 'rules'));
  const rules = parseRules(text, options.rules ?? 'rules');
  const choices =
    options.choices === undefined ? new Map<string, string>() : await choicesOf(options.choices);
  const arrangement = arrangeStudy(entries, rules, choices);
  const study =
    options.study === undefined
      ? undefined
      : await studyOfImport(options.study, arrangement, options.key ?? `${path.replace(/[\\/]+$/, '')}.key`);
  await clear(options.out);
  const imported = folderReader(path);
  const read = async (file: string): Promise<Uint8Array> => {
    const bytes = await imported.read(file);
    if (bytes !== undefined) return bytes;
    throw new SentinodeError(
      'file-missing',
      `"${file}" is in the index and not in the folder; import again.`,
      { file },
    );
  };
  const display = terminalProgress(session.global.quiet);
  const written: string[] = [];
  const write = async (file: string, content: Uint8Array | string): Promise<void> => {
    await atomicWrite(join(options.out, ...file.split('/')), content);
    written.push(file);
  };
  try {
    for (const [done, image] of arrangement.images.entries()) {
      display.progress({ stage: 'writing images', done, total: arrangement.images.length });
      await write(
        `images/${image.patient}/${image.visit}_${image.sequence}.nii.gz`,
        await bytesOf(image, read),
      );
      for (const [reader, mask] of image.masks.entries())
        await write(
          `masks/${image.patient}/${image.visit}_${image.sequence}_reader${reader + 1}.nii.gz`,
          await read(mask),
        );
    }
  } finally {
    display.end();
  }
  if (entries.some(({ acquisition }) => acquisition.manufacturer === SIMULATED_MANUFACTURER))
    await write(
      'SIMULATED.txt',
      'Simulated data, not patients: the DICOM files that were imported say so.\n',
    );
  for (const { path: name, text: content } of study?.tables ?? []) await write(name, content);
  if (study !== undefined) await write('study.yaml', study.text);
  await write(SCANS, scansTable(arrangement, entries));
  await write('choices.csv', choicesTable(arrangement, options.choices === undefined ? [] : [...choices]));
  await write(
    'findings.csv',
    table(
      ['patient', 'code', 'message'],
      arrangement.findings.map(({ patient, code, message }) => [patient, code, message]),
    ),
  );
  await write(RECORD, `${JSON.stringify({ ...arrangement, written }, null, 2)}\n`);
  return arrangement;
}

function indexOf(bytes: Uint8Array, path: string): IndexEntry[] {
  try {
    const { volumes } = JSON.parse(new TextDecoder().decode(bytes)) as { volumes?: unknown };
    if (Array.isArray(volumes)) return volumes as IndexEntry[];
  } catch {
    // Said below: whatever is wrong with the file, it is not what import wrote.
  }
  throw new SentinodeError('file-syntax', 'index.json is not what import wrote; import again.', {
    file: join(path, 'index.json'),
  });
}

async function choicesOf(path: string): Promise<Map<string, string>> {
  const { columns, rows } = readTable(await readUserFile(path, 'table of choices'), { file: path });
  const [patient, visit, sequence, file] = ['patient', 'visit', 'sequence', 'file'].map((name) => {
    const at = columns.indexOf(name);
    if (at < 0)
      throw new SentinodeError('column-unknown', `The table of choices has no column "${name}".`, {
        file: path,
        field: name,
      });
    return at;
  });
  return new Map(
    rows
      .filter((row) => row[file] !== '')
      .map((row) => [choiceKey(row[patient], row[visit], row[sequence]), row[file]]),
  );
}

/** Removes what an earlier arrangement wrote. @throws SentinodeError `output-not-empty` for other people's files */
async function clear(out: string): Promise<void> {
  const entries = await readdir(out).catch(() => [] as string[]);
  if (entries.length === 0) return;
  const record = await readIfThere(join(out, RECORD));
  if (record === undefined)
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" holds files that arrange did not make; choose another --out.`,
      { file: out },
    );
  const { written } = JSON.parse(new TextDecoder().decode(record)) as { written: string[] };
  for (const file of written)
    if (file !== 'choices.csv') await rm(join(out, ...file.split('/')), { force: true });
}

async function bytesOf(
  { files, making }: ArrangedImage,
  read: (file: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (making.by === 'copy') return read(files[0]);
  const volumes = [];
  for (const file of files) volumes.push(await readVolume(await read(file), { file }));
  return writeVolume(makeImage(making, volumes), 'made.nii.gz');
}

/** Choices that were made stay in the table, so that it can be fed back again. */
function choicesTable({ open }: Arrangement, made: readonly (readonly [string, string])[]): string {
  const decided = made.filter(
    ([key]) => !open.some((one) => choiceKey(one.patient, one.visit, one.sequence) === key),
  );
  return table(
    ['patient', 'visit', 'sequence', 'file', 'reason', 'candidates'],
    [
      ...decided.map(([key, file]) => [...key.split('|'), file, 'chosen', '']),
      ...open.map(({ patient, visit, sequence, reason, candidates }) => [
        patient,
        visit,
        sequence,
        '',
        reason,
        candidates.join('; '),
      ]),
    ],
  );
}

function scansTable({ images }: Arrangement, entries: readonly IndexEntry[]): string {
  const rows = images.map(({ patient, visit, sequence, files }) => {
    const own = entries.find((entry) => entry.patient === patient && entry.file === files[0]);
    const series = entries.filter(
      (entry) => entry.patient === patient && entry.study === own?.study && entry.series === own?.series,
    );
    return { place: [patient, visit, sequence], stated: seriesParameters(series) };
  });
  const names = parameterNames.filter((name) => rows.some(({ stated }) => stated.has(name)));
  return table(
    ['patient', 'visit', 'sequence', ...names],
    rows.map(({ place, stated }) => [...place, ...names.map((name) => stated.get(name) ?? '')]),
  );
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

function readable({ images, open, findings }: Arrangement, out: string, withStudy: boolean): string {
  return [
    `${images.length} image${images.length === 1 ? '' : 's'} in ${out}`,
    ...(withStudy
      ? [`Study file with the pseudonyms: ${join(out, 'study.yaml')}`]
      : ['Give --study and a study file, and its tables and images are filled in.']),
    ...(open.length === 0
      ? []
      : [
          '',
          `${open.length} open: fill in the column file of ${join(out, 'choices.csv')} and give it back with --choices.`,
          textTable(
            ['patient', 'visit', 'sequence', 'reason', 'candidates'],
            open.map(({ patient, visit, sequence, reason, candidates }) => [
              patient,
              visit,
              sequence,
              reason,
              candidates.join(' '),
            ]),
          ),
        ]),
    ...(findings.length === 0
      ? []
      : ['', ...findings.map(({ patient, message }) => `${patient}: ${message}`)]),
    NOTICE,
  ].join('\n');
}
