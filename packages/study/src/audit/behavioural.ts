import { createRandom, type FeatureTable, type Random } from '@sentinode/core';
import type { ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';
import type { MeasuredStudy } from '../engine/measured-study.ts';
import type { StudyOutcome } from '../engine/outcome.ts';
import type { PreparedStudy } from '../engine/prepare-study.ts';
import { fittedFiles } from '../engine/run-files.ts';
import { modelStudy } from '../engine/run-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { ofCohort } from '../ledger/ledger.ts';
import type { AuditFinding } from './audit.ts';

/** What fits and evaluates a study; a program of the caller's own may add steps. */
export type StudyProgram = (
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
) => Promise<StudyOutcome>;

/** What the behavioural test compared. */
export interface BehaviouralAudit {
  /** Fitted files that were compared, by path in the run folder. */
  readonly files: readonly string[];
  /** Validation patients whose features, clinical values and outcome were replaced. */
  readonly rows: number;
  readonly findings: readonly AuditFinding[];
}

/**
 * The decisive test: fits the study twice, the second time with noise in place of every validation row's features,
 * clinical values and outcome. A fitted file that changes has learned from validation rows, whatever row ids it reports.
 * The split stays; bootstraps, nested folds and the other profile write no fitted file and are left out.
 */
export async function behaviouralAudit(
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
  program: StudyProgram = modelStudy,
): Promise<BehaviouralAudit> {
  const study = {
    ...prepared.study,
    comparison: false,
    ablations: false,
    resampling: { ...prepared.study.resampling, outer: 2, repeats: 1, bootstraps: 0 },
  };
  const given = { ...prepared, study, ledger: measured.ledger };
  // the runs of the test are no runs of the study: they leave no plan behind
  const { commitPlan: _, ...apart } = host;
  const first = await fittedFiles(await program(given, measured, apart));
  const noisy = withNoise(given, measured);
  const second = await fittedFiles(await program(noisy.prepared, noisy.measured, apart));
  const changed = [...new Set([...first.keys(), ...second.keys()])].filter(
    (path) => first.get(path) !== second.get(path),
  );
  const validation = ofCohort(measured.ledger, 'validation').map((row) => row.id);
  return {
    files: [...first.keys()],
    rows: validation.length,
    findings: changed.map((path) => ({
      code: 'depends-on-validation',
      severity: 'leak',
      where: path,
      rows: validation,
      message: `${path} changes when the validation rows are replaced by noise: something in it was learned from them.`,
      matters:
        'Every number of the validation cohort that depends on this file is optimistic, up to the whole gap to the training performance.',
    })),
  };
}

/** The same study with noise in every validation row; both outcomes still occur. */
function withNoise(
  prepared: PreparedStudy,
  measured: MeasuredStudy,
): { prepared: PreparedStudy; measured: MeasuredStudy } {
  const random = createRandom(prepared.study.seed, 'behavioural audit');
  const held = ofCohort(measured.ledger, 'validation').map((row) => row.id);
  const chosen = new Set(held);
  const shuffled = random.fork('outcomes').shuffle(held.map((_, index): 0 | 1 => (index % 2 === 0 ? 1 : 0)));
  const outcome = new Map(held.map((id, index) => [id, shuffled[index]!]));
  const ledger = {
    rows: measured.ledger.rows.map((row) =>
      chosen.has(row.id) ? { ...row, outcome: outcome.get(row.id)! } : row,
    ),
  };
  const noise = (table: FeatureTable | null, name: string): FeatureTable | null =>
    table === null ? null : disturbed(table, chosen, random.fork(name));
  const clinical = {
    variables: prepared.clinical.variables,
    values: new Map(
      [...prepared.clinical.values].map(([id, values]): [string, ClinicalValues] => [
        id,
        chosen.has(id)
          ? otherValues(values, prepared.clinical.variables, random.fork(`clinical/${id}`))
          : values,
      ]),
    ),
  };
  return {
    prepared: { ...prepared, ledger, clinical },
    measured: {
      ...measured,
      ledger,
      radiomics: noise(measured.radiomics, 'radiomics'),
      readers:
        measured.readers === null
          ? null
          : [noise(measured.readers[0], 'reader 1')!, noise(measured.readers[1], 'reader 2')!],
      deep: noise(measured.deep, 'deep'),
    },
  };
}

function disturbed(table: FeatureTable, chosen: ReadonlySet<string>, random: Random): FeatureTable {
  const rows = table.ids.flatMap((id, row) => (chosen.has(id) ? [row] : []));
  return {
    ...table,
    columns: table.columns.map((column) => {
      const own = Float64Array.from(column);
      const scale = column.reduce(
        (largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest),
        1,
      );
      for (const row of rows) own[row] = scale * random.normal();
      return own;
    }),
  };
}

function otherValues(
  values: ClinicalValues,
  variables: readonly ClinicalVariable[],
  random: Random,
): ClinicalValues {
  return {
    ...values,
    ...Object.fromEntries(
      variables.map((variable) => [
        variable.name,
        variable.kind === 'continuous'
          ? 100 * random.normal()
          : variable.levels[random.integer(variable.levels.length)]!,
      ]),
    ),
  };
}
