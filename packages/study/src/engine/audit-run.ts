import type { FeatureTable } from '@sentinode/core';
import type { Audit } from '../audit/audit.ts';
import { auditRun } from '../audit/audit-run.ts';
import { TrailRecord } from '../audit/trail.ts';
import { type ClinicalData, valuesOf } from '../cohort/clinical-data.ts';
import { included, type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { AuditSummary } from '../results/study-results.ts';
import type { ChosenClassifiers } from './choose-classifiers.ts';
import type { ValidationGate } from './cohort-data.ts';
import type { ProfileFit } from './fit-profile.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** Models that were fitted, and what was chosen among them. */
export interface FittedRun {
  readonly fit: ProfileFit;
  readonly chosen: ChosenClassifiers;
  readonly copies: readonly FeatureTable[];
}

/**
 * Audits a run from what it did: rows of every fitted object and decision, readings, and the tables it was given.
 * @param adjacent the models once more, as the sensitivity to adjacent slices fitted them
 */
export function auditOf(
  run: FittedRun,
  adjacent: FittedRun | null,
  gate: ValidationGate,
  ledger: Ledger,
  prepared: PreparedStudy,
  measured: MeasuredStudy,
): Audit {
  const record = new TrailRecord();
  const validation = ofCohort(ledger, 'validation').map((row) => row.id);
  recordRun(record, run, validation, '');
  if (adjacent !== null) recordRun(record, adjacent, validation, ' (adjacent slices)');
  return auditRun({
    trail: record.trail(gate.reads),
    patients: included(ledger).flatMap((row) => {
      if (row.cohort === null) return [];
      const group = prepared.groups?.get(row.id);
      const dates = prepared.dates.get(row.id);
      return [
        {
          id: row.id,
          outcome: row.outcome,
          cohort: row.cohort,
          ...(group === undefined ? {} : { group }),
          ...(dates === undefined ? {} : { dates }),
        },
      ];
    }),
    tables: tablesOf(prepared, measured),
  });
}

/** Who was seen by everything that was fitted or decided. @param of added to the names of a repeated run */
function recordRun(
  record: TrailRecord,
  { fit, chosen, copies }: FittedRun,
  validation: readonly string[],
  of: string,
): void {
  const { shared } = fit.models[0]!;
  for (const [block, fitted] of [
    ['radiomics', shared.radiomics],
    ['deep', shared.deep],
  ] as const)
    for (const step of fitted?.pipeline.steps ?? [])
      record.fitted(`${block} selection${of}: ${step.step}`, step.rows);
  copies.forEach(({ ids }, copy) => {
    record.fitted(`augmented pictures${of}, copy ${copy + 1}`, ids);
  });
  if (shared.clinical !== null) record.fitted(`clinical regression${of}`, shared.clinical.rows);
  if (shared.imputed !== null)
    record.fitted(`imputation of clinical variables${of}`, shared.imputed.imputation.rows);
  for (const { locked } of fit.candidates.flat())
    record.fitted(`model ${locked.name}${of}: ${locked.classifier.classifier}`, locked.classifier.rows);
  fit.models.forEach(({ model }, index) => {
    const choice = chosen.choices[index]!;
    const { locked } = chosen.scored[index]![chosen.chosen[index]!]!.fitted;
    if (fit.recipe.candidates.length > fit.recipe.classifiers.length)
      record.decided(
        `settings of ${choice.classifier} in ${model.name}${of}`,
        'inner cross-validation',
        fit.rows,
      );
    if (choice.among > 1)
      record.decided(
        `classifier of ${model.name}${of}`,
        choice.rule,
        fit.chosen === null ? validation : fit.rows,
      );
    record.decided(`cut-off of ${model.name}${of}`, locked.thresholdRule, fit.rows);
  });
}

/** Tables as they were supplied, else as they were measured; and the clinical variables as numbers. */
function tablesOf(
  { tables, clinical, ledger }: PreparedStudy,
  measured: MeasuredStudy,
): Map<string, FeatureTable> {
  const found = new Map<string, FeatureTable>();
  const add = (name: string, table: FeatureTable | null | undefined): void => {
    const supplied = tables?.supplied.get(name) ?? table;
    if (supplied !== null && supplied !== undefined) found.set(name, supplied);
  };
  add('radiomics', measured.radiomics);
  add('reader1', measured.readers?.[0]);
  add('reader2', measured.readers?.[1]);
  add('deep', measured.deep);
  add('deep-adjacent', measured.adjacent?.features);
  if (clinical.variables.length > 0)
    found.set(
      'clinical',
      clinicalTable(
        clinical,
        included(ledger).map((row) => row.id),
      ),
    );
  return found;
}

/** Continuous variables as they are, and a 0/1 column per level; missing cells are undefined. */
function clinicalTable(clinical: ClinicalData, ids: readonly string[]): FeatureTable {
  const columns = clinical.variables.flatMap((variable) => {
    const values = valuesOf(clinical, ids, variable.name);
    const column = (of: (value: number | string) => number): Float64Array =>
      Float64Array.from(values, (value) => (value === null ? Number.NaN : of(value)));
    return variable.kind === 'continuous'
      ? [{ name: variable.name, values: column(Number) }]
      : variable.levels.map((level) => ({
          name: `${variable.name}=${level}`,
          values: column((value) => (value === level ? 1 : 0)),
        }));
  });
  return {
    ids,
    names: columns.map(({ name }) => name),
    columns: columns.map(({ values }) => values),
  };
}

/** What the report prints of an audit. */
export function summaryOf({ checks, findings, trail }: Audit): AuditSummary {
  return {
    checks: checks.map(({ looksFor, findings: count }) => ({ looksFor, findings: count })),
    findings: findings.map(({ rows, ...finding }) => ({ ...finding, rows: rows.length })),
    reads: trail.reads.map(({ purpose, rows }) => ({ purpose, rows })),
  };
}
