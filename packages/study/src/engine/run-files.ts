import { canonicalJson } from '@sentinode/core';
import { writeBundle } from '../bundle/bundle.ts';
import { writeCsv, writeFeatureParquet } from '../tables/index.ts';
import type { StudyOutcome } from './outcome.ts';
import type { Provenance } from './provenance.ts';

/** A file of a run folder: path with `/`, content, made when it is written where many files would not fit at once. */
export interface RunFile {
  readonly path: string;
  readonly content: Uint8Array | string | (() => Promise<Uint8Array>);
}

const pretty = (value: unknown): string => `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 1)}\n`;

/** The files of a run that are not drawn: ledger, selection, models, predictions, metrics, audit, provenance, features. */
export async function runFiles(outcome: StudyOutcome, provenance: Provenance): Promise<RunFile[]> {
  const { results } = outcome;
  const files: RunFile[] = [
    { path: 'ledger.csv', content: ledgerCsv(outcome) },
    { path: 'selection.json', content: selectionJson(outcome) },
    { path: 'predictions.csv', content: predictionsCsv(outcome) },
    { path: 'metrics.json', content: pretty(results) },
    { path: 'audit.json', content: pretty(outcome.audit) },
    { path: 'plan.json', content: pretty(outcome.plan) },
    { path: 'provenance.json', content: pretty(provenance) },
  ];
  for (const [name, table] of outcome.features)
    files.push({ path: `features/${name}.parquet`, content: writeFeatureParquet(table) });
  const network = (await outcome.network?.()) ?? null;
  // the processor is of the run, not of its models
  const { processor: _, ...versions } = provenance.versions;
  for (const [index, model] of outcome.models.entries()) {
    const extras = {
      resamples: outcome.resamples[index]!,
      development: outcome.development[index]!,
      versions,
    };
    for (const [name, content] of await writeBundle(model, model.deep !== null ? network : null, extras))
      files.push({ path: `models/${model.name}/${name}`, content });
  }
  return files;
}

function selectionJson({ results }: StudyOutcome): string {
  return pretty({
    notice: results.notice,
    banners: results.study.banners,
    selection: results.selection,
    agreement: results.agreement,
    clinical: results.clinical,
  });
}

/** Everything that was fitted or decided, by path in the run folder; classifiers that were not chosen beside it. */
export async function fittedFiles(outcome: StudyOutcome): Promise<Map<string, string>> {
  const files = new Map([
    ['plan.json', pretty(outcome.plan)],
    ['selection.json', selectionJson(outcome)],
  ]);
  const text = new TextDecoder();
  for (const [index, model] of outcome.models.entries())
    for (const [name, content] of await writeBundle(model, null, { resamples: outcome.resamples[index]! }))
      files.set(`models/${model.name}/${name}`, text.decode(content));
  for (const model of outcome.candidates)
    files.set(`classifiers/${model.name}/${model.classifier.classifier}`, canonicalJson(model));
  return files;
}

function ledgerCsv({ ledger, results, groups, imputed, repairs }: StudyOutcome): string {
  const conflicts = (id: string): string =>
    (results.derivation?.conflicts ?? [])
      .filter(({ patient }) => patient === id)
      .map(
        ({ variable, supplied, derived, used, reason }) =>
          `${variable}: supplied ${supplied === '' ? 'nothing' : supplied}, derived ${derived === '' ? 'nothing' : derived}, used ${used === '' ? 'nothing' : used} (${reason})`,
      )
      .join(' | ');
  const repairsOf = (id: string): string =>
    repairs
      .filter(({ patient }) => patient === id)
      .map(({ mask, copy, cause }) => `${mask}: ${cause}, read from ${copy}`)
      .join(' | ');
  return writeCsv(
    [
      'patient',
      'outcome',
      'status',
      'step',
      'reason',
      'cohort',
      'group',
      'conflicts',
      'imputed',
      'repairs',
      'notice',
    ],
    ledger.rows.map((row) => [
      row.id,
      row.outcome === null ? '' : String(row.outcome),
      row.exclusion === null ? 'included' : 'excluded',
      row.exclusion?.step ?? '',
      row.exclusion?.reason ?? '',
      row.cohort ?? '',
      groups?.get(row.id) ?? '',
      conflicts(row.id),
      row.exclusion === null ? (imputed.get(row.id) ?? []).join(', ') : '',
      repairsOf(row.id),
      results.notice,
    ]),
  );
}

function predictionsCsv({ predictions, results }: StudyOutcome): string {
  return writeCsv(
    ['patient', 'cohort', 'model', 'classifier', 'probability', 'outcome', 'chosen', 'notice'],
    predictions.map((row) => [
      row.patient,
      row.cohort,
      row.model,
      row.classifier,
      String(row.probability),
      String(row.outcome),
      row.chosen ? 'yes' : 'no',
      results.notice,
    ]),
  );
}
