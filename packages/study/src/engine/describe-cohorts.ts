import { type BaselineVariable, baselineTable } from '@sentinode/statistics';
import { type ClinicalData, valuesOf } from '../cohort/clinical-data.ts';
import { deltaPairs } from '../features/delta-columns.ts';
import { included, type Ledger, ofCohort } from '../ledger/ledger.ts';
import type { FittedBlocks } from '../models/fit-blocks.ts';
import { type ColumnAgreement, summariseAgreement } from '../results/agreement.ts';
import type { Cohort, StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** Patients and events of a cohort. */
export function countOf(ledger: Ledger, cohort: Cohort): { n: number; events: number } {
  const rows = ofCohort(ledger, cohort);
  return { n: rows.length, events: rows.filter((row) => row.outcome === 1).length };
}

/** Table 1 of all patients and of each cohort. */
export function baselineOf(ledger: Ledger, clinical: ClinicalData, study: Study): StudyResults['baseline'] {
  const { column, positive } = study.cohort.outcome;
  const groups = [`${column} ≠ ${positive}`, `${column} = ${positive}`] as const;
  const table = (
    rows: readonly { id: string; outcome: 0 | 1 }[],
    of: readonly (0 | 1)[] = rows.map((row) => row.outcome),
    names: readonly [string, string] = groups,
  ) => {
    const ids = rows.map((row) => row.id);
    const variables = clinical.variables.map(
      (variable): BaselineVariable =>
        variable.kind === 'continuous'
          ? {
              name: variable.name,
              kind: 'continuous',
              values: valuesOf(clinical, ids, variable.name).map((value) =>
                value === null ? null : Number(value),
              ),
            }
          : {
              name: variable.name,
              kind: 'categorical',
              levels: variable.levels,
              values: valuesOf(clinical, ids, variable.name).map((value) =>
                value === null ? null : String(value),
              ),
            },
    );
    return baselineTable(variables, of, names);
  };
  const training = ofCohort(ledger, 'training');
  return {
    groups,
    all: table(included(ledger)),
    training: table(ofCohort(ledger, 'training')),
    validation: table(ofCohort(ledger, 'validation')),
    cohorts: table(
      [...training, ...ofCohort(ledger, 'validation')],
      [...training.map(() => 0 as const), ...ofCohort(ledger, 'validation').map(() => 1 as const)],
      ['training', 'validation'],
    ),
  };
}

/** Agreement of the readers by group of features, from the fitted ICC step. */
export function agreementOf(blocks: FittedBlocks, { study }: PreparedStudy): StudyResults['agreement'] {
  const step = blocks.radiomics?.pipeline.steps.find((fitted) => fitted.step === 'icc');
  const details = Object.entries(step?.details ?? {});
  if (step === undefined || details.length === 0) return null;
  const columns = details.map(
    ([name, detail]): ColumnAgreement => ({ name, icc: typeof detail.icc === 'number' ? detail.icc : null }),
  );
  const layout = study.images ?? study.features!;
  const deltas = deltaPairs(layout.visits, layout.delta).map((pair, _, pairs) =>
    pairs.length === 1 ? 'delta' : `delta-${pair[0]}-${pair[1]}`,
  );
  return summariseAgreement(
    columns,
    Number(step.options.min),
    [...layout.visits, ...deltas],
    layout.sequences,
  );
}
