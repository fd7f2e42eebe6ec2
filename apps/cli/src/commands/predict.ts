import { dirname, isAbsolute, join } from 'node:path';
import { isSentinodeError, type Progress, parseNumber, SentinodeError } from '@sentinode/core';
import {
  type CaseHost,
  clinicalValuesOf,
  clinicalVariablesOf,
  extractImage,
  type LockedModel,
  measureCase,
  type Occlusion,
  occlusionMaps,
  type PatientPrediction,
  parseCase,
  readTable,
  scorePatient,
  withSiblings,
  writeCsv,
} from '@sentinode/study';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { readIfThere, readUserFile } from '../adapters/files/read-file.ts';
import { nodeRuntime } from '../adapters/inference-session/node-runtime.ts';
import { terminalProgress } from '../terminal/progress.ts';
import { openBundle } from './bundle/open-bundle.ts';
import type { CommandKind, Session } from './command.ts';

interface Options {
  model: string;
  case?: string;
  table?: string;
  id?: string;
  decimal: '.' | ',';
  format?: string;
  out?: string;
  occlusion?: string;
  patch: string;
  stride: string;
}

export const predict: CommandKind = {
  name: 'predict',
  declare: (command, run) => {
    command
      .description('probabilities of a locked model for new patients')
      .requiredOption('--model <bundle>', 'folder of a model that a run left (models/<name>)')
      .option('--case <file>', 'one patient: images with masks and clinical values (case.yaml)')
      .option('--table <file>', 'many patients: clinical values and features by column')
      .option('--id <column>', 'id column of the table; default the first')
      .option('--decimal <mark>', 'decimal mark of the table', '.')
      .option('--format <name>', 'json or csv (default json for a case, csv for a table)')
      .option('--out <file>', 'write here instead of the terminal')
      .option(
        '--occlusion <page>',
        'with --case: a page (.html) of where the network looked; one forward pass for each square',
      )
      .option('--patch <pixels>', 'side of the square that --occlusion covers', '32')
      .option('--stride <pixels>', 'distance between squares', '16')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode predict --model results/models/dlr --case case.yaml\n  sentinode predict --model results/models/clinical --table new.csv --format csv\n\nOutside the domain of the model there is no probability: the model refuses and says why.',
      )
      .action((options: Options) => run((session) => predictPatients(options, session)));
  },
};

async function predictPatients(options: Options, session: Session): Promise<number> {
  if ((options.case === undefined) === (options.table === undefined))
    throw new SentinodeError('usage', 'Give either --case or --table.');
  if (options.occlusion !== undefined && options.case === undefined)
    throw new SentinodeError('usage', '--occlusion needs the images of one patient: give --case.');
  const format = formatOf(options, session);
  const { model, network } = await openBundle(options.model);
  const failures: SentinodeError[] = [];
  const predictions =
    options.case !== undefined
      ? [await predictCase(options.case, model, network, options, session)]
      : await predictTable(options.table!, options, model, failures);
  for (const banner of model.banners) session.remark(`${banner}.`);
  const text = format === 'json' ? `${JSON.stringify(predictions, null, 2)}\n` : predictionsCsv(predictions);
  if (options.out === undefined) session.print(text.replace(/\r?\n$/, ''));
  else await atomicWrite(options.out, text);
  if (failures.length > 0) {
    throw new SentinodeError(
      'cases-failed',
      `${failures.length} of ${failures.length + predictions.length} patients could not be scored; the first: ${failures[0]!.message}`,
      failures[0]!.place,
    );
  }
  return 0;
}

function formatOf(options: Options, session: Session): 'json' | 'csv' {
  const format = options.format ?? (session.global.json || options.case !== undefined ? 'json' : 'csv');
  if (format === 'json' || format === 'csv') return format;
  throw new SentinodeError(
    format === 'fhir' || format === 'dicom-sr' ? 'not-built' : 'usage',
    `--format takes json or csv, not "${format}".`,
    { field: '--format' },
  );
}

async function predictCase(
  path: string,
  model: LockedModel,
  network: Uint8Array | null,
  options: Options,
  session: Session,
): Promise<PatientPrediction> {
  const given = parseCase(new TextDecoder().decode(await readUserFile(path, 'case file')), path);
  const place = (file: string): string => (isAbsolute(file) ? file : join(dirname(path), file));
  const host: CaseHost = {
    read: async (file) =>
      withSiblings({ file, bytes: await readUserFile(place(file)) }, (name) =>
        readIfThere(join(dirname(place(file)), name)),
      ),
    extract: extractImage,
    inference: nodeRuntime,
  };
  const feature = await measureCase(model, network, given, host);
  const clinical = clinicalValuesOf(model, given.clinical);
  const prediction = scorePatient(model, { id: given.id, feature, clinical });
  if (options.occlusion !== undefined && prediction.probability !== null)
    await writeOcclusion(options.occlusion, options, session, (squares, watch) =>
      occlusionMaps(model, network, given, clinical, host, squares, watch),
    );
  return prediction;
}

/** Draws where the network looked. A refused patient has no probability and so no map. */
async function writeOcclusion(
  page: string,
  { patch, stride, model }: Options,
  session: Session,
  maps: (
    squares: { patch: number; stride: number },
    watch: { progress: Progress; signal: AbortSignal },
  ) => Promise<Occlusion>,
): Promise<void> {
  const pixels = (text: string, field: string): number => {
    const value = parseNumber(text);
    if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= 512) return value;
    throw new SentinodeError(
      'usage',
      `${field} takes a whole number of pixels from 1 to 512, not "${text}".`,
      {
        field,
      },
    );
  };
  const { progress, end } = terminalProgress(session.global.quiet);
  const found = await maps(
    { patch: pixels(patch, '--patch'), stride: pixels(stride, '--stride') },
    { progress, signal: session.signal },
  );
  end();
  const { renderOcclusion } = await import('@sentinode/report');
  const { model: locked } = await openBundle(model);
  await atomicWrite(
    page,
    renderOcclusion(found, { model: locked.name, notice: locked.notice, banners: locked.banners }),
  );
  session.remark(`Where the network looked: ${page} (${found.passes} forward passes).`);
}

async function predictTable(
  path: string,
  options: Options,
  model: LockedModel,
  failures: SentinodeError[],
): Promise<PatientPrediction[]> {
  const table = await readTable(await readUserFile(path, 'table'), { file: path, decimal: options.decimal });
  const position = new Map(table.columns.map((name, index) => [name, index]));
  const idColumn = options.id === undefined ? 0 : position.get(options.id);
  if (idColumn === undefined)
    throw new SentinodeError('column-unknown', `The table has no column "${options.id}".`, {
      file: path,
      field: '--id',
    });
  const found: PatientPrediction[] = [];
  for (const row of table.rows) {
    const id = (row[idColumn] ?? '').trim();
    const cell = (name: string): string | undefined => {
      const at = position.get(name);
      return at === undefined ? undefined : row[at];
    };
    const number = (name: string): number | undefined => {
      const text = cell(name);
      return text === undefined
        ? undefined
        : parseNumber(options.decimal === ',' ? text.replace(',', '.') : text);
    };
    const given = Object.fromEntries(
      clinicalVariablesOf(model).map((variable) => [
        variable.name,
        variable.kind === 'continuous' ? (number(variable.name) ?? cell(variable.name)) : cell(variable.name),
      ]),
    );
    try {
      found.push(scorePatient(model, { id, feature: number, clinical: clinicalValuesOf(model, given) }));
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      failures.push(error.at({ file: path, patient: id }));
    }
  }
  return found;
}

function predictionsCsv(predictions: readonly PatientPrediction[]): string {
  return writeCsv(
    ['id', 'probability', 'class', 'threshold', 'domain', 'reasons', 'model', 'notice'],
    predictions.map((one) => [
      one.id,
      one.probability === null ? '' : String(one.probability),
      one.class === null ? '' : String(one.class),
      String(one.threshold),
      one.domain,
      one.reasons.join('; '),
      one.model,
      [one.notice, ...one.banners].join(' '),
    ]),
  );
}
