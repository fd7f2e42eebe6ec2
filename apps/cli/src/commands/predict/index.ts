import { SentinodeError } from '@sentinode/core';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { openBundle, signatureRemark } from '../bundle/open-bundle.ts';
import { trustedKeys, usualStore } from '../bundle/trust-store.ts';
import type { CommandKind, Session } from '../command.ts';
import type { PredictOptions, Scored } from './options.ts';
import { predictionsCsv } from './predictions-csv.ts';
import { predictCase } from './score-case.ts';
import { predictTable } from './score-table.ts';

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
      .option('--sheet <page>', 'also a page to print (.html), one sheet for each patient, with pictures')
      .option(
        '--occlusion <page>',
        'with --case: a page (.html) of where the network looked; one forward pass for each square, visit and slice, said before it starts',
      )
      .option('--patch <pixels>', 'side of the square that --occlusion covers', '32')
      .option('--stride <pixels>', 'distance between squares', '16')
      .addHelpText(
        'after',
        '\nExamples:\n  sentinode predict --model results/models/dlr --case case.yaml --sheet sheet.html\n  sentinode predict --model results/models/clinical --table new.csv --format csv\n\nOutside the domain of the model there is no probability: the model refuses and says why.',
      )
      .action((options: PredictOptions) => run((session) => predictPatients(options, session)));
  },
};

async function predictPatients(options: PredictOptions, session: Session): Promise<number> {
  if ((options.case === undefined) === (options.table === undefined))
    throw new SentinodeError('usage', 'Give either --case or --table.');
  if (options.occlusion !== undefined && options.case === undefined)
    throw new SentinodeError('usage', '--occlusion needs the images of one patient: give --case.');
  const format = formatOf(options, session);
  const bundle = await openBundle(options.model, await trustedKeys(usualStore()));
  const { predictions, pictures, failures }: Scored =
    options.case !== undefined
      ? await predictCase(options.case, bundle, options, session)
      : await predictTable(options.table!, options, bundle);
  for (const banner of bundle.model.banners) session.remark(`${banner}.`);
  session.remark(signatureRemark(bundle.signature));
  const text = format === 'json' ? `${JSON.stringify(predictions, null, 2)}\n` : predictionsCsv(predictions);
  if (options.out === undefined) session.print(text.replace(/\r?\n$/, ''));
  else await atomicWrite(options.out, text);
  if (options.sheet !== undefined && predictions.length > 0) {
    const { renderPredictions } = await import('@sentinode/report');
    const page = renderPredictions(predictions, pictures, {
      model: bundle.model,
      signature: signatureRemark(bundle.signature),
    });
    await atomicWrite(options.sheet, page);
    session.remark(`Sheet: ${options.sheet}`);
  }
  if (failures.length > 0) {
    throw new SentinodeError(
      'cases-failed',
      `${failures.length} of ${failures.length + predictions.length} patients could not be scored; the first: ${failures[0]!.message}`,
      failures[0]!.place,
    );
  }
  return 0;
}

function formatOf(options: PredictOptions, session: Session): 'json' | 'csv' {
  const format = options.format ?? (session.global.json || options.case !== undefined ? 'json' : 'csv');
  if (format === 'json' || format === 'csv') return format;
  throw new SentinodeError(
    format === 'fhir' || format === 'dicom-sr' ? 'not-built' : 'usage',
    `--format takes json or csv, not "${format}".`,
    { field: '--format' },
  );
}
